"""A microphone and a speaker in memory: small real ones, which a test moves by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceNews
from app.audio.frame import Frame, Speech
from app.core.audio_format import SAMPLE_BYTES, AudioFormat
from app.core.errors import AudioError


class MemorySource:
    """A `FrameSource` that says what the test says.

    Args:
        rate: Sample rate in Hz.
        problem: Why it cannot be opened, if it cannot.
        detects_speech: Whether its frames say if somebody speaks in them.
    """

    def __init__(
        self, rate: int = 16_000, problem: str | None = None, *, detects_speech: bool = False
    ) -> None:
        self.problem = problem
        self.detects_speech = detects_speech
        self.is_ready = True
        self.first_frames: list[bytes] = []
        self.openings = 0
        self._rate = rate
        self._has_device = True
        self._on_frame: Callable[[Frame], None] | None = None
        self._on_news: Callable[[DeviceNews], None] | None = None

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        if self.problem is not None:
            raise AudioError(self.problem)
        self.openings += 1
        self._has_device = True
        self._on_frame, self._on_news = on_frame, on_news
        for pcm in self.first_frames:
            self.speak(pcm)
            await asyncio.sleep(0)

    async def stop(self) -> None:
        self._on_frame = self._on_news = None

    @property
    def is_open(self) -> bool:
        return self._on_frame is not None and self._has_device

    @property
    def rate(self) -> int:
        return self._rate

    def speak(self, pcm: bytes, speech: Speech = Speech.NONE, *, captured_at: float | None = None) -> None:
        """Deliver a frame that was captured just now, if anyone listens."""
        if self._on_frame is not None and self._has_device:
            moment = time.monotonic() if captured_at is None else captured_at
            self._on_frame(Frame(pcm, self._rate, moment, speech))

    def tell(self, news: DeviceNews) -> None:
        """Tell what becomes of the device, if anyone wants to know."""
        if self._on_news is not None:
            self._on_news(news)

    def break_down(self, sentence: str) -> None:
        """Lose the device."""
        self._has_device = False
        self.tell(DeviceLost(sentence))

    def come_back(self, sentence: str = "It is back.") -> None:
        """Have a device again."""
        self._has_device = True
        self.tell(DeviceFound("memory", sentence))


class MemorySink:
    """A `SampleSink` that plays when the test says so, with a device that holds some samples on their way.

    Args:
        rate: Sample rate in Hz.
        problem: Why it cannot be opened, if it cannot.
    """

    latency_s = 0.03

    def __init__(self, rate: int = 16_000, problem: str | None = None) -> None:
        self.volume = 1.0
        self.is_ducked = False
        self.problem = problem
        self.heard = b""
        self.cues: list[bytes] = []
        self._rate = rate
        self._is_started = False
        self._has_device = False
        self._queue = b""
        self._on_the_way = b""
        self._left: list[tuple[int, float]] = []
        self._fade_bytes = AudioFormat(rate).bytes_of(5)
        self._on_played: Callable[[int], None] | None = None
        self._on_frame: Callable[[bytes], None] | None = None
        self._on_news: Callable[[DeviceNews], None] | None = None

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
    ) -> None:
        if self.problem is not None:
            raise AudioError(self.problem)
        self._on_played, self._on_frame, self._on_news = on_played, on_frame, on_news
        self.heard = self._queue = self._on_the_way = b""
        self._left.clear()
        self._is_started = self._has_device = True

    async def stop(self) -> None:
        self._is_started = False
        self._queue = self._on_the_way = b""
        self._on_played = self._on_frame = self._on_news = None

    @property
    def is_open(self) -> bool:
        return self._is_started and self._has_device

    @property
    def rate(self) -> int:
        return self._rate

    @property
    def played_samples(self) -> int:
        return len(self.heard) // SAMPLE_BYTES

    @property
    def queued_samples(self) -> int:
        return len(self._queue) // SAMPLE_BYTES

    @property
    def written_samples(self) -> int:
        return self.played_samples + (len(self._on_the_way) + len(self._queue)) // SAMPLE_BYTES

    def left_at(self, sample: int) -> float | None:
        return next((at for played, at in self._left if played > sample), None)

    def write(self, pcm: bytes) -> None:
        assert len(pcm) % SAMPLE_BYTES == 0
        if self.is_open:
            self._queue += pcm

    def play_over(self, pcm: bytes) -> None:
        if self.is_open:
            self.cues.append(pcm)

    def clear(self, after: int | None = None) -> None:
        handed = self.written_samples - self.queued_samples
        kept = 0 if after is None else (after - handed) * SAMPLE_BYTES
        self._queue = self._queue[: kept if kept > 0 else self._fade_bytes]

    def hand_over(self, samples: int) -> None:
        """Give samples to the device; they are not heard yet."""
        size = samples * SAMPLE_BYTES
        self._on_the_way, self._queue = self._on_the_way + self._queue[:size], self._queue[size:]

    def hear(self) -> None:
        """Let everything the device holds leave the speaker."""
        frame, self._on_the_way = self._on_the_way, b""
        self.heard += frame
        if not frame:
            return
        self._left.append((self.played_samples, time.monotonic()))
        if self._on_frame is not None:
            self._on_frame(frame)
        if self._on_played is not None:
            self._on_played(self.played_samples)

    def play(self, samples: int | None = None) -> None:
        """Hand samples over (by default all) and let them be heard."""
        self.hand_over(self.queued_samples if samples is None else samples)
        self.hear()

    def tell(self, news: DeviceNews) -> None:
        """Tell what becomes of the device, if anyone wants to know."""
        if self._on_news is not None:
            self._on_news(news)

    def break_down(self, sentence: str) -> None:
        """Lose the device, and with it what waits."""
        self._has_device = False
        self._queue = b""
        self.tell(DeviceLost(sentence))

    def come_back(self, sentence: str = "It is back.") -> None:
        """Have a device again."""
        self._has_device = True
        self.tell(DeviceFound("memory", sentence))
