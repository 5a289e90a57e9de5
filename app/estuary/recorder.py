"""The microphone as a client uses it: frames from start to stop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.audio.devices.device_news import DeviceNews
from app.audio.frame import Frame
from app.audio.frame_source import FrameSource
from app.core.audio_format import DEFAULT_RATE
from app.estuary.audio_extra import require_audio
from app.estuary.callback import call_safely
from app.estuary.listener import Listener

_SETTLE_S: Final = 1.0
"""Longest wait of `AudioRecorder.stop` for a coroutine that still takes frames."""

BACKLOG_FRAMES: Final = 500
"""Frames (10 s) kept while the event loop is busy; older ones are dropped and counted."""


class AudioRecorder:
    """Captures frames of 20 ms, PCM16LE mono. It belongs to the event loop it is started on.

    Args:
        sample_rate: Rate in Hz the microphone is opened with, when no ``source`` is given.
        on_audio: Gets each frame, in order, on the event loop; it must not block. A coroutine function, such
            as `EstuaryClient.send_audio`, is awaited for one frame after the other.
        source: Where the frames come from; the system's microphone by default.
        on_news: Gets what becomes of the microphone's device.
    """

    def __init__(
        self,
        sample_rate: int = DEFAULT_RATE,
        on_audio: Callable[[bytes], object] | None = None,
        *,
        source: FrameSource | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
    ) -> None:
        self._sample_rate = sample_rate
        self._source = source
        self._listener: Listener | None = None
        self._flow: _Flow | None = None
        self._dropped_before = 0
        self.on_audio = on_audio
        self.on_news = on_news
        self.on_frame: Callable[[Frame], None] | None = None
        """Gets each `Frame` on the event loop, before ``on_audio`` does."""
        self.at_once: Callable[[Frame], None] | None = None
        """Gets each `Frame` in the source's own thread, even while the event loop is busy."""

    @property
    def on_audio(self) -> Callable[[bytes], object] | None:
        """Gets each frame."""
        return None if self._listener is None else self._listener.callback

    @on_audio.setter
    def on_audio(self, on_audio: Callable[[bytes], object] | None) -> None:
        self._listener = None if on_audio is None else Listener("microphone", on_audio, lambda _: None)

    @property
    def is_recording(self) -> bool:
        """Whether frames flow."""
        return self._source is not None and self._source.is_open

    @property
    def is_ready(self) -> bool:
        """Whether what flows is sound: a Bluetooth microphone delivers nothing but zeros at first."""
        return self._source is not None and self._source.is_ready

    @property
    def sample_rate(self) -> int:
        """Rate in Hz of the frames."""
        return self._sample_rate if self._source is None else self._source.rate

    @property
    def detects_speech(self) -> bool:
        """Whether the frames say if somebody speaks in them."""
        return self._source is not None and self._source.detects_speech

    @property
    def dropped_frames(self) -> int:
        """Frames that were dropped because the event loop did not take them, since the recorder was made."""
        return self._dropped_before + (self._flow.dropped if self._flow else 0)

    async def start(self) -> None:
        """Open the microphone; nothing happens if it is open.

        Raises:
            EstuaryError: VOICE_NOT_SUPPORTED without the audio packages.
            AudioError: There is no microphone, or it does not open.
        """
        if self.is_recording:
            return
        if self._source is None:
            require_audio()
            from app.audio.capture.microphone import Microphone

            self._source = Microphone(self._sample_rate)
        self._end_flow()
        self._flow = _Flow(self._frame, self._frame_at_once)
        await self._source.start(self._flow.take, self._news)

    async def stop(self) -> None:
        """Close the microphone. No frame follows. May be called when it is not open."""
        if self._source is not None:
            await self._source.stop()
        if self._flow is not None:
            self._flow.drain()
        self._end_flow()
        if self._listener is not None:
            await self._listener.settle(_SETTLE_S)

    def _end_flow(self) -> None:
        flow, self._flow = self._flow, None
        if flow is not None:
            flow.end()
            self._dropped_before += flow.dropped

    def _frame(self, frame: Frame) -> None:
        if self.on_frame is not None:
            call_safely(self.on_frame, frame)
        if self._listener is not None:
            self._listener.call(frame.pcm)

    def _frame_at_once(self, frame: Frame) -> None:
        if self.at_once is not None:
            call_safely(self.at_once, frame)

    def _news(self, news: DeviceNews) -> None:
        if self.on_news is not None:
            call_safely(self.on_news, news)


class _Flow:
    """Frames on their way from the source's thread to the event loop."""

    def __init__(self, on_frame: Callable[[Frame], None], at_once: Callable[[Frame], None]) -> None:
        self.dropped = 0
        self._on_frame = on_frame
        self._at_once = at_once
        self._loop = asyncio.get_running_loop()
        self._frames: deque[Frame] = deque(maxlen=BACKLOG_FRAMES)
        self._is_woken = False
        self._has_ended = False

    def take(self, frame: Frame) -> None:
        """Take a frame in the source's thread."""
        self._at_once(frame)
        if len(self._frames) == BACKLOG_FRAMES:
            self.dropped += 1
        self._frames.append(frame)
        if not self._is_woken:
            self._is_woken = True
            with suppress(RuntimeError):  # the loop was closed under a microphone nobody stopped
                self._loop.call_soon_threadsafe(self.drain)

    def drain(self) -> None:
        """Hand on, on the event loop, what has come."""
        self._is_woken = False  # before emptying: a frame that comes meanwhile wakes the loop again
        while self._frames and not self._has_ended:
            self._on_frame(self._frames.popleft())

    def end(self) -> None:
        """Hand on no more."""
        self._has_ended = True
