"""An open PortAudio stream: opened and closed off the event loop, its end reported once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from typing import Any, Final

from app.audio import devices, portaudio
from app.audio.devices import Device
from app.core.audio_format import FRAME_MS
from app.core.errors import AudioError


class Direction(Enum):
    """What a stream does; the value is what a person calls such a device."""

    INPUT = "microphone"
    OUTPUT = "speaker"

    @property
    def side(self) -> str:
        """What the system's sound settings call it."""
        return "input" if self is Direction.INPUT else "output"


class DeviceStream:
    """One microphone or speaker, mono PCM16, in blocks of 20 ms.

    Args:
        direction: Whether it records or plays.
        rate: Sample rate in Hz that is wanted. A device that refuses it is opened at its own, see `rate`.
        device: Name (or a part of it) or index; None for the system's default.
        latency_s: Seconds of buffer that are suggested to the sound system.
    """

    def __init__(self, direction: Direction, rate: int, device: str | int | None, latency_s: float) -> None:
        self._direction = direction
        self._wanted_rate = rate
        self._wanted_device = device
        self._latency_s: Final = latency_s
        self._stream: Any = None
        self._name = ""
        self._rate = rate
        self._alive = False
        self._has_ended = False

    async def open(self, on_block: Callable[[Any, Any, Any], None], on_lost: Callable[[str], None]) -> None:
        """Open the device and let blocks flow.

        The opening runs in a thread: it takes milliseconds on a desktop and over a second with Bluetooth.

        Args:
            on_block: Called in PortAudio's thread with the block's buffer, its times and its status flags.
            on_lost: Called on the event loop, once, with a sentence, if the device ends by itself.

        Raises:
            AudioError: There is no such device, or it does not open.
        """
        loop = asyncio.get_running_loop()
        self._has_ended = False

        def ended() -> None:
            # The loop may be closed already; then nobody is left to tell.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(lost)

        def lost() -> None:
            self._has_ended = True
            if self._alive:
                self._alive = False
                on_lost(self._lost_sentence())

        def block(buffer: Any, _frames: int, times: Any, status: Any) -> None:
            on_block(buffer, times, status)

        try:
            await _in_thread(lambda: self._open(block, ended))
        except asyncio.CancelledError:
            await self.close()
            raise
        if self._has_ended:
            await self.close()
            raise AudioError(self._lost_sentence())
        self._alive = True

    async def close(self) -> None:
        """Close the device; what it has not played yet is dropped. May be called when it is not open."""
        self._alive = False
        if self._stream is not None:
            await _in_thread(self._close)

    @property
    def is_open(self) -> bool:
        """Whether blocks flow."""
        return self._alive

    @property
    def rate(self) -> int:
        """Sample rate in Hz at which the device runs."""
        return self._rate

    @property
    def latency_s(self) -> float:
        """Seconds that PortAudio reports between a block's call and the device."""
        return 0.0 if self._stream is None else float(self._stream.latency)

    def _open(self, block: Callable[..., None], ended: Callable[[], None]) -> None:
        import numpy as np  # noqa: F401 - here, so that neither a block nor the loop waits for it later

        with portaudio.exclusive() as sounddevice:
            portaudio.refresh()
            device = self._device()
            self._name = device.name
            try:
                self._rate, self._stream = self._opened(sounddevice, device, block, ended)
            except sounddevice.PortAudioError as error:
                raise AudioError(
                    f"The {self._direction.value} “{device.name}” did not open ({portaudio.reason(error)}). "
                    f"Close other programs that use it, or {self._choose_another()}"
                ) from error
            portaudio.stream_opened()

    def _opened(
        self, sounddevice: Any, device: Device, block: Callable[..., None], ended: Callable[[], None]
    ) -> tuple[int, Any]:
        """Return a running stream, at the wanted rate or else at the device's own."""
        kind = {Direction.INPUT: "RawInputStream", Direction.OUTPUT: "RawOutputStream"}[self._direction]
        rates = list(dict.fromkeys((self._wanted_rate, device.default_rate)))
        for rate in rates:
            try:
                stream = getattr(sounddevice, kind)(
                    samplerate=rate,
                    blocksize=rate * FRAME_MS // 1000,
                    device=device.index,
                    channels=1,
                    dtype="int16",
                    latency=self._latency_s,
                    callback=block,
                    finished_callback=ended,
                )
            except sounddevice.PortAudioError:
                if rate == rates[-1]:
                    raise
                continue
            try:
                stream.start()
            except sounddevice.PortAudioError:
                stream.close()
                raise
            return rate, stream
        raise AssertionError("unreachable")

    def _close(self) -> None:
        with portaudio.exclusive():
            stream, self._stream = self._stream, None
            if stream is not None:
                # Closing alone would wait for a block that a dead device never asks for.
                stream.abort()
                stream.close()
                portaudio.stream_closed()

    def _device(self) -> Device:
        is_input = self._direction is Direction.INPUT
        if self._wanted_device is None:
            device = devices.default_input() if is_input else devices.default_output()
            if device is None:
                raise AudioError(
                    f"No {self._direction.value} was found. Plug one in, or {self._choose_another()}"
                )
            return device
        device = devices.named(devices.inputs() if is_input else devices.outputs(), self._wanted_device)
        if device is None:
            raise AudioError(
                f"The {self._direction.value} “{self._wanted_device}” was not found. "
                f"Plug it in, or {self._choose_another()}"
            )
        return device

    def _lost_sentence(self) -> str:
        what = f"The {self._direction.value} “{self._name}” is gone."
        return f"{what} Plug it in again, or {self._choose_another()}"

    def _choose_another(self) -> str:
        return f"choose another {self._direction.side} in the system's sound settings."


async def _in_thread(work: Callable[[], None]) -> None:
    """Do blocking work in a thread, to its end even if the caller is cancelled meanwhile.

    The thread is its own: Qt's event loop would start ten for the first piece of work.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="heron-sound") as pool:
        working = asyncio.get_running_loop().run_in_executor(pool, work)
        try:
            await asyncio.shield(working)
        except asyncio.CancelledError:
            while not working.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([working])
            if not working.cancelled():
                working.exception()  # looked at, so that the loop does not report it as forgotten
            raise
