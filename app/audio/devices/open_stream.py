"""A PortAudio stream on one device after the other: what `DeviceStream` moves about."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from app.audio.devices import device_sentences, portaudio, portaudio_devices, pulse_devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from app.core.errors import AudioError

_COMMON_RATES: Final = (48_000, 44_100)

_ROUTES: Final = {
    # What libpulse reads as a stream is made. PipeWire's own ALSA plugin reads the other one: untried.
    Direction.INPUT: ("PULSE_SOURCE", "PIPEWIRE_NODE"),
    Direction.OUTPUT: ("PULSE_SINK", "PIPEWIRE_NODE"),
}


class OpenStream:
    """A stream of mono PCM16 blocks. `open` and `close` may take long and belong under `in_sound_thread`.

    Args:
        direction: Whether it records or plays.
        rate: Sample rate in Hz that is wanted.
        block_ms: Milliseconds of sound in a block.
        latency_s: Seconds of buffer that are suggested to the sound system.
        on_block: Called in PortAudio's thread with the block's buffer, its times and its status flags.
        on_device: Called before the first block of a device with its rate in Hz and its latency in seconds.
        on_end: Called in any thread when the device has ended by itself.
    """

    def __init__(
        self,
        direction: Direction,
        rate: int,
        block_ms: int,
        latency_s: float,
        on_block: Callable[[Any, Any, Any], None],
        on_device: Callable[[int, float], None],
        on_end: Callable[[], None],
    ) -> None:
        self._direction = direction
        self._wanted_rate = rate
        self._block_ms = block_ms
        self._wanted_latency_s = latency_s
        self._on_block = on_block
        self._on_device = on_device
        self._on_end = on_end
        self._raw: Any = None
        self._token: object = None
        self._silenced = threading.Event()
        self.device: Device | None = None
        """The device it is on, or was on last."""
        self.rate = rate
        """Sample rate in Hz of the device."""
        self.latency_s = 0.0
        """Seconds that PortAudio reports between a block's call and the device."""
        self.has_ended = True
        """Whether no block will come: nothing is open, or the device has ended by itself."""
        self.last_block_at: float | None = None
        """``time.monotonic()`` of the last block of this device, None before the first."""
        self.opened_at = 0.0
        """``time.monotonic()`` at which the device was opened."""

    def open(self, device: Device) -> None:
        """Open a device in place of the present one and let blocks flow.

        Raises:
            AudioError: It does not open; nothing is open then.
        """
        with portaudio.exclusive() as sounddevice:
            self.close()
            if self._silenced.is_set():
                return
            before, self.device = self.device, device
            try:
                self._start(sounddevice, device)
            except (
                sounddevice.PortAudioError,
                ValueError,
            ) as error:  # ValueError: PortAudio's list has changed
                self.device = before
                sentence = device_sentences.did_not_open(device, portaudio.reason(error))
                raise AudioError(sentence) from error
            if self._silenced.is_set():
                self.close()

    def close(self) -> None:
        """Close the device; what it has not played yet is dropped. May be called when nothing is open."""
        with portaudio.exclusive():
            raw, self._raw, self._token = self._raw, None, None
            self.has_ended = True
            if raw is not None:
                # Closing alone would wait for a block that a dead device never asks for.
                raw.abort()
                raw.close()
                portaudio.stream_closed(self)

    def silence(self) -> None:
        """Let no further block through and no further device be opened. May be called from any thread."""
        self._silenced.set()
        self._token = None

    def suspend(self) -> None:
        """Close the device so that PortAudio can look for devices; see `portaudio.renewed`."""
        self.close()

    def resume(self) -> None:
        """Open the device again after `suspend`; one that is gone ends as if it had been pulled out."""
        assert self.device is not None
        try:
            self.open(self.device)
        except AudioError:
            self._on_end()

    def _start(self, sounddevice: Any, device: Device) -> None:
        if (index := portaudio_devices.index_of(device)) < 0:
            portaudio.refresh()
            index = portaudio_devices.index_of(device)
        if index < 0:
            raise ValueError("Device unavailable")
        kind = {Direction.INPUT: "RawInputStream", Direction.OUTPUT: "RawOutputStream"}[self._direction]
        token = object()
        rates = _rates(device, self._wanted_rate)
        with _route(device):
            for rate in rates:
                try:
                    raw = getattr(sounddevice, kind)(
                        samplerate=rate,
                        blocksize=rate * self._block_ms // 1000,
                        device=index,
                        channels=1,
                        dtype="int16",
                        latency=self._wanted_latency_s,
                        callback=self._callback(token),
                        finished_callback=lambda: self._ended(token),
                    )
                except sounddevice.PortAudioError:
                    if rate == rates[-1]:
                        raise
                    continue
                break
            self._token, self.rate, self.latency_s = token, rate, float(raw.latency)
            self.has_ended, self.last_block_at, self.opened_at = False, None, time.monotonic()
            self._on_device(self.rate, self.latency_s)
            try:
                raw.start()
            except sounddevice.PortAudioError:
                self._token, self.has_ended = None, True
                raw.close()
                raise
        self._raw = raw
        portaudio.stream_opened(self)

    def _callback(self, token: object) -> Callable[[Any, int, Any, Any], None]:
        on_block, is_output = self._on_block, self._direction is Direction.OUTPUT

        def callback(buffer: Any, _frames: int, times: Any, status: Any) -> None:
            if self._token is token and not self._silenced.is_set():
                self.last_block_at = time.monotonic()
                on_block(buffer, times, status)
            elif is_output:
                buffer[:] = bytes(len(buffer))

        return callback

    def _ended(self, token: object) -> None:
        if self._token is token:
            self.has_ended = True
            self._on_end()


def _rates(device: Device, wanted: int) -> list[int]:
    """Return the rates to try in turn.

    PulseAudio takes any rate, but lets aliases of -43 dB through where it resamples (measured with its usual
    method): there the device's own rate is the first.
    """
    first = (device.rate, wanted) if device.system == pulse_devices.SYSTEM else (wanted, device.rate)
    return list(dict.fromkeys((*first, *_COMMON_RATES)))


@contextmanager
def _route(device: Device) -> Iterator[None]:
    """Lead what is opened in the block to one of PulseAudio's devices; under `portaudio.exclusive`."""
    if device.system != pulse_devices.SYSTEM:
        yield
        return
    names = _ROUTES[device.direction]
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, device.handle))
    try:
        yield
    finally:
        for name, value in before.items():
            with suppress(KeyError):
                del os.environ[name]
            if value is not None:
                os.environ[name] = value
