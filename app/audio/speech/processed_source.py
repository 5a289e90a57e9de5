"""A source whose echo and noise are taken out and whose speech is found, off the event loop."""

from __future__ import annotations

import asyncio
import logging
import math
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Final

from app.audio.devices.device_news import DeviceNews
from app.audio.far_end import FarEnd
from app.audio.frame import Frame
from app.audio.frame_source import FrameSource
from app.audio.speech.voice_chain import VoiceChain
from app.core.audio_format import SAMPLE_BYTES

_LOG: Final = logging.getLogger(__name__)

BACKLOG: Final = 1_000
"""Blocks of either side that may wait for the thread: more of the near end are dropped and counted."""


class ProcessedSource:
    """Runs what a source captures through a `VoiceChain`, in a thread of its own. Implements `FrameSource`.

    The sound system's threads only hand blocks over; the event loop only receives. The chain outlives `stop`:
    what its echo canceller has learnt of the room is not learnt again.

    Args:
        source: Where frames come from, at any rate.
        chain: What is done with them; frames leave at its rate.
        far_end: What the loudspeaker plays; without it nothing is known of echo.
    """

    def __init__(self, source: FrameSource, chain: VoiceChain, far_end: FarEnd | None = None) -> None:
        self._source = source
        self._chain = chain
        self._far_end = far_end
        self._work: _Work | None = None
        self._dropped_before = 0

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        """Open the source; a running one is started anew.

        Args:
            on_frame: Gets each frame of 20 ms at `rate`, with what is known of speech in it, in the thread.
            on_news: As in `FrameSource.start`.

        Raises:
            AudioError: The source is missing or does not open.
        """
        await self.stop()
        work = self._work = _Work(self._chain, on_frame)
        if self._far_end is not None:
            self._far_end.listen(work.far)
        try:
            await self._source.start(work.near, on_news)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close the source and end the thread. May be called when it is not open."""
        work, self._work = self._work, None
        if work is None:
            return
        try:
            await self._source.stop()
        finally:
            if self._far_end is not None:
                self._far_end.listen(None)
            await work.end()
            self._dropped_before += work.dropped

    @property
    def is_open(self) -> bool:
        """Whether frames flow."""
        return self._work is not None and self._source.is_open

    @property
    def is_ready(self) -> bool:
        """Whether what flows is sound."""
        return self._work is not None and self._source.is_ready

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames."""
        return self._chain.rate

    @property
    def detects_speech(self) -> bool:
        """True: that is what it is for."""
        return True

    @property
    def chain(self) -> VoiceChain:
        """What is done with the frames."""
        return self._chain

    @property
    def dropped_blocks(self) -> int:
        """Blocks that were dropped because the thread did not keep up, since the source was made."""
        return self._dropped_before + (self._work.dropped if self._work else 0)


class _Work:
    """The thread between one `start` and its `stop`."""

    def __init__(self, chain: VoiceChain, on_frame: Callable[[Frame], None]) -> None:
        self.dropped = 0
        self._chain = chain
        self._on_frame = on_frame
        self._loop = asyncio.get_running_loop()
        self._has_ended = asyncio.Event()
        self._played: deque[tuple[bytes, int]] = deque(maxlen=BACKLOG)
        self._waiting: SimpleQueue[Frame | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="heron-audio", daemon=True)
        self._thread.start()

    def near(self, frame: Frame) -> None:
        """Take what the microphone heard, in the source's thread."""
        if self._waiting.qsize() < BACKLOG:
            self._waiting.put(frame)
        else:
            self.dropped += 1

    def far(self, pcm: bytes, rate: int) -> None:
        """Take what the loudspeaker plays, in the speaker's thread; it waits for the next frame."""
        self._played.append((pcm, rate))

    async def end(self) -> None:
        """End the thread once it has done what it is doing; what waits is forgotten."""
        self._on_frame = _nobody
        self._waiting.put(None)
        await self._has_ended.wait()
        self._thread.join()

    def _run(self) -> None:
        try:
            while (block := self._waiting.get()) is not None:
                if self._on_frame is _nobody:
                    continue
                self._take_played(block)
                for frame in self._chain.near(block):
                    self._on_frame(frame)
        except Exception:
            _LOG.exception("the processing of sound has failed")
        finally:
            with suppress(RuntimeError):  # the loop was closed under a source nobody stopped
                self._loop.call_soon_threadsafe(self._has_ended.set)

    def _take_played(self, block: Frame) -> None:
        """Give the chain what was played before a block was heard, first: the block holds its echo.

        While more blocks wait, the thread was late, and some of what was played goes with those: to be given
        all of it at once would be another way from loudspeaker to microphone, which the chain had to learn.
        """
        seconds = len(block.pcm) / SAMPLE_BYTES / block.rate if self._waiting.qsize() else math.inf
        pieces: list[bytes] = []
        last_rate = 0
        while self._played and seconds > 0:
            pcm, rate = self._played.popleft()
            if rate != last_rate and pieces:
                self._chain.far(b"".join(pieces), last_rate)
                pieces.clear()
            pieces.append(pcm)
            last_rate = rate
            seconds -= len(pcm) / SAMPLE_BYTES / rate
        if pieces:
            self._chain.far(b"".join(pieces), last_rate)


def _nobody(_frame: Frame) -> None:
    """Take a frame that nobody waits for any more."""
