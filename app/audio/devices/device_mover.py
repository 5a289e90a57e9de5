"""Puts an `OpenStream` on the device it should be on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from app.audio.devices import portaudio, portaudio_devices, pulse_devices
from app.audio.devices.device import Device
from app.audio.devices.device_choice import DeviceChoice, ranked
from app.audio.devices.direction import Direction
from app.audio.devices.open_stream import OpenStream
from app.core.errors import AudioError

STALL_S: Final = 0.5
"""Seconds without a block after which a device that had begun has stopped working."""

FIRST_BLOCK_S: Final = 5.0
"""Seconds within which a device must begin; a Bluetooth headset takes up to three."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt to move.

    Attributes:
        now: The device it is on; None if none is left.
        there: The devices that were there.
        has_server: Whether the sound server answered, where there is one.
        error: Why the first choice did not open.
    """

    now: Device | None
    there: tuple[Device, ...]
    has_server: bool = True
    error: AudioError | None = None


class DeviceMover:
    """Opens the best device that there is, and the next best if it does not open. Its methods block.

    Args:
        stream: What is moved.
        direction: Whether it records or plays.
    """

    def __init__(self, stream: OpenStream, direction: Direction) -> None:
        self._stream = stream
        self._direction = direction
        self._has_server = False

    def move(self, choice: DeviceChoice) -> Outcome:
        """Look which devices there are and move to the best of them; a working best one is left alone.

        Raises:
            AudioError: PortAudio is missing or does not start.
        """
        with portaudio.exclusive():
            try:
                there = pulse_devices.listed()
                self._has_server = True
            except pulse_devices.NoPulse:
                if not self._has_server:
                    return self._move_without_server(choice)
                # It will be back. PortAudio must not take the hardware away from it meanwhile.
                if not self._stream.has_ended:
                    return Outcome(self._stream.device, (), has_server=False)
                there = ()
            return self._open_best(there, choice)

    def is_working(self) -> bool:
        """Return whether blocks flow, or may still begin to."""
        if self._stream.has_ended:
            return False
        last = self._stream.last_block_at
        if last is None:
            return time.monotonic() - self._stream.opened_at < FIRST_BLOCK_S
        return time.monotonic() - last < STALL_S

    def _move_without_server(self, choice: DeviceChoice) -> Outcome:
        if self._stream.device is None:
            # The first opening disturbs nobody unless it must.
            portaudio.refresh()
            outcome = self._open_best(portaudio_devices.listed(), choice)
            if outcome.now is not None and outcome.error is None:
                return outcome
        with portaudio.renewed(self._stream):
            return self._open_best(portaudio_devices.listed(), choice)

    def _open_best(self, there: tuple[Device, ...], choice: DeviceChoice) -> Outcome:
        before, first_error = self._stream.device, None
        for device in ranked(there, choice, self._direction):
            if device.is_same_as(before) and self.is_working():
                return Outcome(before, there, error=first_error)
            try:
                self._stream.open(device)
            except AudioError as error:
                first_error = first_error or error
                continue
            return Outcome(device, there, error=first_error)
        self._stream.close()
        return Outcome(None, there, has_server=bool(there) or not self._has_server, error=first_error)
