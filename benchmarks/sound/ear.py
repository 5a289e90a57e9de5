"""An ear: what a monitor of the sound card carries, with the time of each sample on the machine's clock."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from bisect import bisect_left
from types import TracebackType
from typing import Final, Self

from tests.audio.signals import Samples, samples_of

EAR_RATE: Final = 16_000
"""Sample rate in Hz at which everything is heard."""

_KEPT_S: Final = 900.0
"""Seconds that are remembered."""

_NEAR_S: Final = 10.0
"""Seconds around a sample among whose blocks the promptest tells its time."""

_SAME_S: Final = 0.002
"""Seconds within which what is read is the rest of the block before it. It tells no time: its first sample
comes as early as the block's, and would seem to be that much more prompt."""

_START_S: Final = 5.0


class Ear:
    """Records one source from its start to its end. A context manager.

    The sound server makes a block of 5 ms at the moment at which it begins to play. It comes late by what the
    machine had to do first, but never early: the promptest of many blocks tells the time of each sample, to a
    millisecond or two.

    Args:
        env: Leads to the sound card.
        source: What is listened to, such as ``speaker.monitor``.
    """

    def __init__(self, env: dict[str, str], source: str) -> None:
        self._lock = threading.Lock()
        self._pcm = bytearray()
        self._first = 0
        """Position of the first sample that is remembered."""
        self._counts: list[int] = []
        self._starts: list[float] = []
        """When the first sample of all would have been there, by each block."""
        self._is_there = threading.Event()
        command = ["parec", f"--device={source}", f"--rate={EAR_RATE}", "--channels=1", "--format=s16le"]
        self._process = subprocess.Popen(
            [*command, "--raw", "--latency-msec=5"], env={**os.environ, **env}, stdout=subprocess.PIPE
        )
        self._thread = threading.Thread(target=self._listen, name=f"ear {source}", daemon=True)
        self._thread.start()
        if not self._is_there.wait(_START_S):
            self.close()
            raise RuntimeError(f"{source} cannot be heard")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hear nothing more; what was heard is still remembered."""
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def between(self, begin: float, end: float) -> tuple[Samples, float]:
        """Return what was heard from ``begin`` to ``end`` (``time.monotonic()``), and when its first sample
        was.

        What is not there yet, or no longer, is missing.
        """
        with self._lock:
            first = max(self._position(begin), self._first)
            last = max(self._position(end), first)
            samples = samples_of(bytes(self._pcm[2 * (first - self._first) : 2 * (last - self._first)]))
            return samples, self._time(first)

    def await_time(self, at: float) -> None:
        """Return when everything until ``at`` has been heard."""
        while self.heard_until() < at and self._process.poll() is None:
            time.sleep(min(max(at - time.monotonic(), 0.01), 0.5))

    def heard_until(self) -> float:
        """Return the time of the last sample."""
        with self._lock:
            return self._time(self._first + len(self._pcm) // 2)

    def slip_s(self) -> float:
        """Return by how many seconds the promptest blocks came later at the end than at the beginning.

        More than some milliseconds mean that samples were lost.
        """
        with self._lock:
            starts = list(self._starts)
        part = starts[: min(1_000, len(starts) // 2)], starts[-min(1_000, len(starts) // 2) :]
        return min(part[1]) - min(part[0])

    def _listen(self) -> None:
        assert self._process.stdout is not None
        source = self._process.stdout.fileno()
        rest = b""
        read_at = 0.0
        while piece := os.read(source, 1 << 16):
            now = time.monotonic()
            is_rest, read_at = now - read_at < _SAME_S, now
            piece = rest + piece
            rest = piece[len(piece) // 2 * 2 :]
            with self._lock:
                count = self._first + len(self._pcm) // 2
                self._pcm += piece[: len(piece) // 2 * 2]
                if not is_rest:
                    self._counts.append(count)
                    self._starts.append(now - count / EAR_RATE)
                if len(self._pcm) > 2.2 * _KEPT_S * EAR_RATE:
                    self._forget()
            self._is_there.set()

    def _forget(self) -> None:
        spare = len(self._pcm) // 2 - int(_KEPT_S * EAR_RATE)
        del self._pcm[: 2 * spare]
        self._first += spare
        gone = bisect_left(self._counts, self._first)
        del self._counts[:gone], self._starts[:gone]

    def _start_near(self, position: int) -> float:
        near = _NEAR_S * EAR_RATE
        begin = bisect_left(self._counts, position - near)
        end = bisect_left(self._counts, position + near)
        begin = min(begin, len(self._counts) - 1)
        return min(self._starts[begin : max(end, begin + 1)])

    def _time(self, position: int) -> float:
        return self._start_near(position) + position / EAR_RATE

    def _position(self, at: float) -> int:
        position = int((at - self._starts[-1]) * EAR_RATE)
        return max(0, round((at - self._start_near(position)) * EAR_RATE))
