"""What a speaker of the virtual sound card plays, with the time of each sample to some milliseconds."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from types import TracebackType
from typing import Self

import numpy as np

from tests.audio.signals import Samples
from tests.integration.sound_card import SoundCard

_DEADLINE_S = 10.0


class Monitor:
    """Records from a virtual speaker and notes when each piece arrived. A context manager.

    A sample arrives some milliseconds after it was heard, never before: times are a little late.

    Args:
        card: The sound card.
        rate: Sample rate in Hz to record at.
        speaker: Which speaker.
    """

    def __init__(self, card: SoundCard, rate: int, speaker: str = "speaker") -> None:
        self.rate = rate
        command = ["parec", f"--device={speaker}.monitor", f"--rate={rate}", "--channels=1", "--format=s16le"]
        self._process = subprocess.Popen(
            [*command, "--raw", "--latency-msec=5"], env={**os.environ, **card.env}, stdout=subprocess.PIPE
        )
        self._pieces: list[bytes] = []
        self._origins: list[float] = []
        self._has_begun = threading.Event()
        self._reader = threading.Thread(target=self._read, name="monitor")
        self._reader.start()
        assert self._has_begun.wait(_DEADLINE_S), "parec records nothing"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the recording."""
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    @property
    def samples(self) -> Samples:
        """What was heard so far."""
        pcm = b"".join(self._pieces)
        return np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float64)

    @property
    def origin(self) -> float:
        """``time.monotonic()`` at which the first sample was heard: none arrives before it is played."""
        return min(self._origins)

    def index(self, moment: float) -> int:
        """Return which sample was heard at a ``time.monotonic()``."""
        return max(0, int((moment - self.origin) * self.rate))

    def last_loud(self, begin: float, end: float, threshold: float = 50.0) -> float:
        """Return when a sample above a threshold was last heard between two times; ``begin`` if none was."""
        first = self.index(begin)
        loud = np.flatnonzero(abs(self.samples[first : self.index(end)]) > threshold)
        return self.origin + (first + int(loud[-1]) + 1) / self.rate if loud.size else begin

    def first_loud(self, begin: float, threshold: float = 50.0) -> float:
        """Return when the first sample above a threshold was heard after a time."""
        first = self.index(begin)
        return self.origin + (first + int((abs(self.samples[first:]) > threshold).argmax())) / self.rate

    def _read(self) -> None:
        assert self._process.stdout is not None
        size = 0
        while piece := os.read(self._process.stdout.fileno(), 1 << 16):
            now = time.monotonic()
            self._pieces.append(piece)
            size += len(piece)
            self._origins.append(now - size / 2 / self.rate)
            self._has_begun.set()
