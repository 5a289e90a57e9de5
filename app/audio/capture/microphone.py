"""The microphone: a `FrameSource` over PortAudio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.audio.capture.first_sound import FirstSound, Heard
from app.audio.capture.loss_meter import LossMeter
from app.audio.devices import device_sentences
from app.audio.devices.device import Device
from app.audio.devices.device_choice import SYSTEM_DEFAULT, DeviceChoice
from app.audio.devices.device_news import DeviceNews
from app.audio.devices.device_stream import DeviceStream
from app.audio.devices.direction import Direction
from app.audio.frame import Frame
from app.core.audio_format import DEFAULT_RATE, FRAME_MS

_FRAME_S: Final = FRAME_MS / 1000

_LONGEST_DELAY_S: Final = 1.0
"""Seconds beyond which PortAudio's time of capture is taken for nonsense, which some drivers tell."""


class Microphone:
    """Captures frames of 20 ms (PCM16LE mono) at the device's own rate. Implements `FrameSource`.

    PortAudio's thread copies a block and hands it over; nothing else happens there. The microphone follows
    the choice of device as `DeviceStream` does; frames tell their rate, which may change with the device.

    Args:
        rate: Sample rate in Hz that is wanted, see `rate`.
        choice: Which microphone to use.
    """

    LATENCY_S: Final = 0.06
    """Suggested buffer: three blocks, so that a held-up thread loses nothing for 40 ms."""

    on_ready: Callable[[], None] | None = None
    """Called on the event loop when each device that is opened has begun to hear: see `is_ready`."""

    def __init__(self, rate: int = DEFAULT_RATE, choice: DeviceChoice = SYSTEM_DEFAULT) -> None:
        self._stream = DeviceStream(
            Direction.INPUT, rate, choice, block_ms=FRAME_MS, latency_s=self.LATENCY_S
        )
        self._capture: _Capture | None = None
        self._dropped_before = 0

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        """Open the microphone and let frames flow; a running one is started anew.

        Args:
            on_frame: Gets one frame after the other, in order, in PortAudio's thread.
            on_news: Gets what becomes of the device, on the event loop.

        Raises:
            AudioError: There is no microphone, or none opens. The text says what to do.
        """
        await self.stop()
        capture = self._capture = _Capture(self._stream, on_frame, on_news or _nobody, self._ready)
        await self._stream.open(capture.on_block, capture.on_device, capture.on_news)

    async def stop(self) -> None:
        """Close the microphone. No callback follows. May be called when it is not open."""
        if self._capture is not None:
            self._capture.end()
            self._dropped_before += self._capture.dropped
            self._capture = None
        await self._stream.close()

    @property
    def is_open(self) -> bool:
        """Whether frames flow."""
        return self._stream.is_open

    @property
    def is_ready(self) -> bool:
        """Whether what is said is heard: from the first frame on, with Bluetooth from the first sound on."""
        return self.is_open and self._capture is not None and self._capture.is_ready

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames."""
        return self._stream.rate

    @property
    def choice(self) -> DeviceChoice:
        """Which microphone to use; may be set while it is open."""
        return self._stream.choice

    @choice.setter
    def choice(self, choice: DeviceChoice) -> None:
        self._stream.choice = choice

    @property
    def device(self) -> Device | None:
        """The device it hears with or has heard with last, None before the first."""
        return self._stream.device

    @property
    def detects_speech(self) -> bool:
        """False: it only hears."""
        return False

    @property
    def dropped_frames(self) -> int:
        """Frames that the device has lost since the microphone was made, as far as is known by now."""
        return self._dropped_before + (self._capture.dropped if self._capture else 0)

    def _ready(self) -> None:
        if self.on_ready is not None:
            self.on_ready()


class _Capture:
    """What happens between one `start` and its `stop`; most of it in PortAudio's thread."""

    def __init__(
        self,
        stream: DeviceStream,
        on_frame: Callable[[Frame], None],
        on_news: Callable[[DeviceNews], None],
        on_ready: Callable[[], None],
    ) -> None:
        self.dropped = 0
        self._loop = asyncio.get_running_loop()
        self._stream = stream
        self._on_frame: Callable[[Frame], None] | None = on_frame
        self._on_news = on_news
        self._on_ready = on_ready
        self._rate = 0
        self._losses, self._said = LossMeter(_FRAME_S), 0
        self._first_sound = FirstSound(is_bluetooth=False)

    @property
    def is_ready(self) -> bool:
        """Whether the present device hears."""
        return self._first_sound.is_ready

    def end(self) -> None:
        """Let nothing further through."""
        self._on_frame = None

    def on_device(self, rate: int, _latency_s: float) -> None:
        """Take note of another device, before its first block."""
        device = self._stream.device
        self._rate = rate
        self._losses, self._said = LossMeter(_FRAME_S), 0
        self._first_sound = FirstSound(is_bluetooth=device is not None and device.is_bluetooth)

    def on_block(self, block: Any, times: Any, status: Any) -> None:
        """Take a block: copy it, hand it over, return."""
        on_frame, now = self._on_frame, time.monotonic()
        if on_frame is None:
            return
        self.dropped += self._lost(status, now)
        pcm = bytes(block)
        on_frame(Frame(pcm, self._rate, _captured_at(times, now)))
        match self._first_sound.push(pcm, _FRAME_S):
            case Heard.FIRST_SOUND:
                self._call(self._on_ready)
            case Heard.ONLY_SILENCE if (device := self._stream.device) is not None:
                self._call(lambda: self._on_news(device_sentences.silent(device)))

    def _lost(self, status: Any, now: float) -> int:
        """Return how many blocks the device is now known to have lost: it says so, or time does."""
        said, found = int(bool(status.input_overflow)), self._losses.push(now)
        self._said += said
        if found:
            found, self._said = max(0, found - self._said), 0
        return said + found

    def on_news(self, news: DeviceNews) -> None:
        """Pass on what becomes of the device."""
        if self._on_frame is not None:
            self._on_news(news)

    def _call(self, callback: Callable[[], None]) -> None:
        def call() -> None:
            if self._on_frame is not None:
                callback()

        with suppress(RuntimeError):  # the loop was closed under a microphone nobody stopped
            self._loop.call_soon_threadsafe(call)


def _captured_at(times: Any, now: float) -> float:
    """Return the ``time.monotonic()`` at which a block's last sample was captured.

    PortAudio tells when its first one was, by a clock of its own.
    """
    since_first_s = float(times.currentTime - times.inputBufferAdcTime)
    if not 0.0 <= since_first_s <= _LONGEST_DELAY_S:
        return now
    return now - max(0.0, since_first_s - _FRAME_S)


def _nobody(_news: DeviceNews) -> None:
    """Take news that nobody waits for."""
