"""A microphone and a speaker in memory: small real ones, which a test moves by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.core.audio_format import SAMPLE_BYTES, AudioFormat
from app.core.errors import AudioError


class MemorySource:
    """A `FrameSource` that says what the test says.

    Args:
        rate: Sample rate in Hz.
        problem: Why it cannot be opened, if it cannot.
    """

    def __init__(self, rate: int = 16_000, problem: str | None = None) -> None:
        self.problem = problem
        self.first_frames: list[bytes] = []
        self.openings = 0
        self._rate = rate
        self._on_frame: Callable[[bytes], None] | None = None
        self._on_lost: Callable[[str], None] | None = None

    async def start(self, on_frame: Callable[[bytes], None], on_lost: Callable[[str], None]) -> None:
        if self.problem is not None:
            raise AudioError(self.problem)
        self.openings += 1
        self._on_frame, self._on_lost = on_frame, on_lost
        for frame in self.first_frames:
            on_frame(frame)
            await asyncio.sleep(0)

    async def stop(self) -> None:
        self._on_frame = self._on_lost = None

    @property
    def is_open(self) -> bool:
        return self._on_frame is not None

    @property
    def rate(self) -> int:
        return self._rate

    def speak(self, frame: bytes) -> None:
        """Deliver a frame, if anyone listens."""
        if self._on_frame is not None:
            self._on_frame(frame)

    def break_down(self, sentence: str) -> None:
        """End by itself."""
        on_lost, self._on_frame = self._on_lost, None
        assert on_lost is not None
        on_lost(sentence)


class MemorySink:
    """A `SampleSink` that plays when the test says so, with a device that holds some samples on their way.

    Args:
        rate: Sample rate in Hz.
        problem: Why it cannot be opened, if it cannot.
    """

    def __init__(self, rate: int = 16_000, problem: str | None = None) -> None:
        self.volume = 1.0
        self.problem = problem
        self.heard = b""
        self._rate = rate
        self._is_open = False
        self._queue = b""
        self._on_the_way = b""
        self._fade_bytes = AudioFormat(rate).bytes_of(5)
        self._on_played: Callable[[int], None] | None = None
        self._on_frame: Callable[[bytes], None] | None = None
        self._on_lost: Callable[[str], None] | None = None

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        if self.problem is not None:
            raise AudioError(self.problem)
        self._on_played, self._on_frame, self._on_lost = on_played, on_frame, on_lost
        self.heard = self._queue = self._on_the_way = b""
        self._is_open = True

    async def stop(self) -> None:
        self._is_open = False
        self._queue = self._on_the_way = b""
        self._on_played = self._on_frame = self._on_lost = None

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def rate(self) -> int:
        return self._rate

    @property
    def played_samples(self) -> int:
        return len(self.heard) // SAMPLE_BYTES

    @property
    def queued_samples(self) -> int:
        return len(self._queue) // SAMPLE_BYTES

    def write(self, pcm: bytes) -> None:
        assert len(pcm) % SAMPLE_BYTES == 0
        self._queue += pcm

    def clear(self) -> None:
        self._queue = self._queue[: self._fade_bytes]

    def hand_over(self, samples: int) -> None:
        """Give samples to the device; they are not heard yet."""
        size = samples * SAMPLE_BYTES
        self._on_the_way, self._queue = self._on_the_way + self._queue[:size], self._queue[size:]

    def hear(self) -> None:
        """Let everything the device holds leave the speaker."""
        frame, self._on_the_way = self._on_the_way, b""
        self.heard += frame
        if frame and self._on_frame is not None:
            self._on_frame(frame)
        if frame and self._on_played is not None:
            self._on_played(self.played_samples)

    def play(self, samples: int | None = None) -> None:
        """Hand samples over (by default all) and let them be heard."""
        self.hand_over(self.queued_samples if samples is None else samples)
        self.hear()

    def break_down(self, sentence: str) -> None:
        """End by itself."""
        self._is_open = False
        assert self._on_lost is not None
        self._on_lost(sentence)
