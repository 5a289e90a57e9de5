"""A microphone or speaker that follows the person's choice of device while it is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.audio.devices.device import Device
from app.audio.devices.device_choice import SYSTEM_DEFAULT, DeviceChoice
from app.audio.devices.device_follower import DeviceFollower
from app.audio.devices.device_news import DeviceNews
from app.audio.devices.direction import Direction
from app.audio.devices.open_stream import OpenStream


class DeviceStream:
    """One microphone or speaker, mono PCM16 in blocks, opened and closed off the event loop.

    While it is open it moves by itself, within a second: away from a device that was pulled out, back to a
    preferred one that has returned, to the system's new default, to another choice, and onto a sound server
    that was restarted. With no device left it waits for one.

    Args:
        direction: Whether it records or plays.
        rate: Sample rate in Hz that is wanted. It runs at the device's own if that is known to be another,
            or if the device refuses it: see `rate`.
        choice: Which device to use.
        block_ms: Milliseconds of sound in a block.
        latency_s: Seconds of buffer that are suggested to the sound system.
    """

    def __init__(
        self,
        direction: Direction,
        rate: int,
        choice: DeviceChoice = SYSTEM_DEFAULT,
        *,
        block_ms: int,
        latency_s: float,
    ) -> None:
        self._direction = direction
        self._wanted_rate = rate
        self._choice = choice
        self._block_ms = block_ms
        self._wanted_latency_s = latency_s
        self._stream: OpenStream | None = None
        self._follower: DeviceFollower | None = None

    async def open(
        self,
        on_block: Callable[[Any, Any, Any], None],
        on_device: Callable[[int, float], None],
        on_news: Callable[[DeviceNews], None],
    ) -> None:
        """Open the best device and let blocks flow; an open stream is opened anew.

        The opening runs in a thread: it takes milliseconds on a desktop and over a second with Bluetooth.

        Args:
            on_block: Called in PortAudio's thread with the block's buffer, its times and its status flags.
            on_device: Called in the opening thread before the first block of each device the stream opens on,
                with its sample rate in Hz and its latency in seconds; `device` is that device already.
            on_news: Called on the event loop with what becomes of the device.

        Raises:
            AudioError: There is no such device, or none opens.
        """
        await self.close()
        loop = asyncio.get_running_loop()

        def on_end() -> None:
            # The loop may be closed already; then nobody is left to move the stream.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(follower.wake)

        stream = self._stream = OpenStream(
            self._direction,
            self._wanted_rate,
            self._block_ms,
            self._wanted_latency_s,
            on_block=on_block,
            on_device=on_device,
            on_end=on_end,
        )
        follower = self._follower = DeviceFollower(stream, self._direction, self._choice, on_news)
        try:
            await follower.start()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close the device; what it has not played yet is dropped. No callback follows.

        It ends within two seconds even if the sound system stands still. May be called when it is not open.
        """
        follower, self._follower = self._follower, None
        if follower is not None:
            await follower.end()

    @property
    def choice(self) -> DeviceChoice:
        """Which device to use; may be set while the stream is open, which follows at once."""
        return self._choice

    @choice.setter
    def choice(self, choice: DeviceChoice) -> None:
        self._choice = choice
        if self._follower is not None:
            self._follower.choice = choice

    @property
    def is_open(self) -> bool:
        """Whether blocks flow: False before `open`, after `close`, and while no device is left."""
        return self._follower is not None and self._follower.is_following

    @property
    def device(self) -> Device | None:
        """The device it is on or was on last, None before the first."""
        return None if self._stream is None else self._stream.device

    @property
    def rate(self) -> int:
        """Sample rate in Hz at which the device runs; what is wanted, before the first."""
        return self._wanted_rate if self._stream is None else self._stream.rate

    @property
    def latency_s(self) -> float:
        """Seconds that PortAudio reports between a block's call and the device."""
        return 0.0 if self._stream is None else self._stream.latency_s
