"""The microphone test: record a few seconds, tell how they arrived, and play them back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.audio.capture.recording import Level, Recording
from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.audio.frame import Frame
from app.audio.frame_source import FrameSource
from app.audio.resample import Resampler, resample
from app.audio.sink import SampleSink
from app.core.audio_format import AudioFormat
from app.core.errors import AudioError
from app.core.translation import translate

TEST_S: Final = 3.0
"""Seconds that are recorded."""

READY_S: Final = 2.0
"""Seconds of digital silence that are waited out at first: a Bluetooth headset needs one or two to begin."""

PATIENCE_S: Final = 2.0
"""Seconds without a frame after which nothing arrives, or without a sample played after which none is."""


async def record(
    source: FrameSource,
    *,
    on_ready: Callable[[], None] | None = None,
    on_level: Callable[[Level], None] | None = None,
    on_news: Callable[[DeviceNews], None] | None = None,
) -> Recording:
    """Record `TEST_S` seconds and return them. The source is closed in the end, come what may.

    Args:
        source: A microphone that is not open.
        on_ready: Called when the microphone hears: now is the time to speak.
        on_level: Gets the level of each frame of 20 ms from then on. Both are called on the event loop.
        on_news: Gets what becomes of the device, but for its loss.

    Raises:
        AudioError: There is no microphone, it does not open, or it is lost.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[Frame | DeviceLost] = asyncio.Queue()
    heard = _Heard()

    def frame_came(frame: Frame) -> None:
        with suppress(RuntimeError):  # the loop was closed under a source nobody stopped
            loop.call_soon_threadsafe(arrived.put_nowait, frame)

    def news_came(news: DeviceNews) -> None:
        if isinstance(news, DeviceLost):
            arrived.put_nowait(news)
        elif on_news is not None:
            on_news(news)

    try:
        await source.start(frame_came, news_came)
        while not heard.is_complete:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    frame = await arrived.get()
            except TimeoutError:
                break
            if isinstance(frame, DeviceLost):
                raise AudioError(frame.sentence)
            was_ready = heard.is_ready
            level = heard.take(frame)
            if heard.is_ready and not was_ready and on_ready is not None:
                on_ready()
            if heard.is_ready and on_level is not None:
                on_level(level)
    finally:
        await source.stop()
    return heard.recording(source.rate)


async def play_back(recording: Recording, sink: SampleSink) -> None:
    """Play a recording and return when it was heard. The sink is closed in the end, come what may.

    Args:
        recording: What to play.
        sink: A speaker that is not open.

    Raises:
        AudioError: There is no speaker, it does not open, or it is lost.
    """
    pcm = resample(recording.pcm, recording.rate, sink.rate)
    samples = len(pcm) // 2
    progress: asyncio.Queue[int | DeviceLost] = asyncio.Queue()

    def news_came(news: DeviceNews) -> None:
        if isinstance(news, DeviceLost):
            progress.put_nowait(news)

    try:
        await sink.start(progress.put_nowait, on_news=news_came)
        sink.write(pcm)
        played: int | DeviceLost = 0
        # What a device held that went away is never heard.
        while isinstance(played, int) and played < samples:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    played = await progress.get()
            except TimeoutError:
                if sink.queued_samples == 0:
                    return
                raise AudioError(
                    translate(
                        "Devices",
                        "The speaker does not play. Choose another output in the system's sound settings.",
                    )
                ) from None
        if isinstance(played, DeviceLost):
            raise AudioError(played.sentence)
    finally:
        await sink.stop()


class _Heard:
    """The frames so far, at the rate of the first one."""

    def __init__(self) -> None:
        self.is_ready = False
        self._pcm = bytearray()
        self._rate = 0
        self._silent_s = 0.0
        self._resampler: Resampler | None = None
        self._levels: list[Level] = []

    @property
    def is_complete(self) -> bool:
        return bool(self._rate) and len(self._pcm) >= AudioFormat(self._rate).bytes_of(TEST_S * 1000)

    def take(self, frame: Frame) -> Level:
        """Add a frame, unless it is the silence of a microphone that has not begun yet; return its level."""
        level = Level.of(frame.pcm)
        self._silent_s += AudioFormat(frame.rate).seconds_of(len(frame.pcm))
        self.is_ready |= any(frame.pcm) or self._silent_s > READY_S
        if not self.is_ready:
            return level
        self._rate = self._rate or frame.rate
        if self._resampler is None or self._resampler.source_rate != frame.rate:
            self._resampler = Resampler(frame.rate, self._rate)
        self._pcm += self._resampler.push(frame.pcm)
        self._levels.append(level)
        return level

    def recording(self, rate: int) -> Recording:
        """Return all of it, and nothing at ``rate`` Hz where there was nothing."""
        return Recording(bytes(self._pcm), self._rate or rate, tuple(self._levels))
