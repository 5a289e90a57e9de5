"""What flows between a speaker's start and its stop: blocks to PortAudio's thread, reports to the loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceNews
from app.audio.devices.device_time import DeviceTime
from app.audio.playback.latency_ladder import LatencyLadder
from app.audio.playback.renderer import BLOCK_MS, Renderer
from app.core.translation import translate

REPORT_S: Final = 0.005
"""Shortest time in seconds between two reports of what was heard; usually there is one for each block."""

PAUSE_S: Final = 0.5
"""Seconds of silence after which a message has ended for good, and the speaker may be opened anew."""


class SpeakerFlow:
    """Goes on while the device is another one, or opened anew. It belongs to the event loop it is made on.

    Args:
        renderer: Makes the blocks.
        ladder: Counts the times that the device ran dry.
        on_played: Gets the samples that have been heard each time they have grown.
        on_frame: Gets each frame as it has been heard.
        on_news: Gets what becomes of the device.
        on_pause: Called after each `PAUSE_S` in which nothing was played, until it returns False.
    """

    def __init__(
        self,
        renderer: Renderer,
        ladder: LatencyLadder,
        on_played: Callable[[int], None] | None,
        on_frame: Callable[[bytes], None] | None,
        on_news: Callable[[DeviceNews], None] | None,
        on_pause: Callable[[], bool],
    ) -> None:
        self.renderer = renderer
        self.underruns = 0
        self.is_lost = False
        self._ladder = ladder
        self._loop = asyncio.get_running_loop()
        self._on_played = on_played
        self._on_frame = on_frame
        self._on_news = on_news
        self._on_pause: Callable[[], bool] | None = on_pause
        self._time: DeviceTime | None = None
        self._reported = 0
        self._reporting: asyncio.TimerHandle | None = None
        self._pausing: asyncio.TimerHandle | None = None
        self._ended_at: float | None = None
        self.silent_since = time.monotonic()
        """``time.monotonic()`` at which the last sound had been heard."""

    def write(self, pcm: bytes) -> None:
        """Append audio, on the event loop."""
        self.renderer.queue.write(pcm)
        if self._pausing is not None:
            self._pausing.cancel()
            self._pausing = None
        if self._reporting is None:
            self._reporting = self._loop.call_later(REPORT_S, self._report)

    def end(self) -> None:
        """Drop what waits and call back no more."""
        self.renderer.drop()
        self._on_played = self._on_frame = self._on_news = self._on_pause = None
        for timer in (self._reporting, self._pausing):
            if timer is not None:
                timer.cancel()
        if self._ended_at is None:
            self._ended_at = time.monotonic()

    def tell(self, news: DeviceNews) -> None:
        """Tell, on the event loop, what becomes of the device. What waits does not outlast its loss."""
        if isinstance(news, DeviceLost):
            self.renderer.lose(time.monotonic())
            if self.is_lost:
                return
            self.is_lost = True
        elif isinstance(news, DeviceFound):
            self.is_lost = False
        if self._on_news is not None:
            self._on_news(news)

    def found(self) -> None:
        """Tell that a device that was told to be lost has opened after all."""
        if self.is_lost:
            self.tell(DeviceFound("", translate("Devices", "The speaker is back.")))

    def played(self) -> int:
        """Return the samples that have been heard."""
        return self.renderer.clock.played(time.monotonic() if self._ended_at is None else self._ended_at)

    @property
    def latency_s(self) -> float:
        """Seconds between handing over a sample and hearing it."""
        return 0.0 if self._time is None else self._time.latency_s

    def on_device(self, rate: int, latency_s: float) -> None:
        """Get ready for a device that is about to ask for blocks, in the thread that opens it."""
        self.renderer.begin(rate)
        self._time = DeviceTime(latency_s)

    def on_block(self, block: Any, times: Any, status: Any) -> None:
        """Fill a block in PortAudio's thread.

        It wakes nobody: to do so is to let go of Python's lock and to wait for it again.
        """
        now = time.monotonic()
        if status.output_underflow and self.renderer.is_running:
            self.underruns += 1
            self._ladder.underrun(now)
        assert self._time is not None
        block[:] = self.renderer.block(len(block), self._time.heard_at(times, now))

    def _report(self) -> None:
        """Tell, on the event loop, what has been heard since the last time."""
        self._reporting = None
        renderer, now = self.renderer, time.monotonic()
        is_idle = not (renderer.queue.samples or renderer.is_running)
        for frame in renderer.clock.take_heard(now):
            if self._on_frame is not None:
                self._on_frame(frame)
        played = renderer.clock.played(now)
        if played > self._reported and self._on_played is not None:
            self._reported = played
            self._on_played(played)
        if self._ended_at is not None:
            return
        if is_idle and renderer.clock.is_settled:
            self.silent_since = now
            self._pause()
            return
        if self._reporting is None:
            next_at = renderer.clock.next_at
            delay = REPORT_S if next_at is None else max(next_at - now, REPORT_S)
            self._reporting = self._loop.call_later(min(delay, BLOCK_MS / 1000), self._report)

    def await_pause(self) -> None:
        """Tell of the next pause, also where nothing is played before it."""
        if self._reporting is None and self._pausing is None and self._ended_at is None:
            self._pause()

    def _pause(self) -> None:
        """Wait until nothing has been played for a while, and longer where that was no use."""

        def end() -> None:
            self._pausing = None
            if self._on_pause is not None and self._on_pause():
                self._pause()

        self._pausing = self._loop.call_later(PAUSE_S, end)
