"""How late the event loop is: what a press, a frame of the waveform or a word has to wait for."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final

PERIOD_S: Final = 0.05
"""Seconds between two looks."""

KEPT: Final = 1200
"""Looks that are remembered: one minute."""


@dataclass(frozen=True, slots=True)
class LagSummary:
    """The lag over the last minute in which it was measured, in seconds."""

    looks: int = 0
    median_s: float = 0.0
    p99_s: float = 0.0
    most_s: float = 0.0


NOT_MEASURED: Final = LagSummary()
"""Before the first look."""


class LoopLag:
    """Wakes up every `PERIOD_S` and notes how late that is.

    It costs a little, so it runs only between `start` and `stop`; what it has seen stays.
    """

    def __init__(self) -> None:
        self._lags: deque[float] = deque(maxlen=KEPT)
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0

    @property
    def is_running(self) -> bool:
        """Whether it looks."""
        return self._timer is not None

    def start(self) -> None:
        """Begin to look, on the running loop. Nothing happens if it does already."""
        if self._timer is None:
            self._wait()

    def stop(self) -> None:
        """Look no more. May be called when it does not."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def run_while(self, is_needed: bool) -> None:
        """Look, or do not: at rest it would only keep the machine awake."""
        if is_needed:
            self.start()
        else:
            self.stop()

    def summary(self) -> LagSummary:
        """Return what was seen."""
        lags = sorted(self._lags)
        if not lags:
            return NOT_MEASURED
        return LagSummary(len(lags), _at(lags, 0.5), _at(lags, 0.99), lags[-1])

    def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        self._due = loop.time() + PERIOD_S
        self._timer = loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._lags.append(max(asyncio.get_running_loop().time() - self._due, 0.0))
        self._wait()


def _at(lags: list[float], part: float) -> float:
    """Return the nearest-rank quantile of sorted values."""
    return lags[min(int(part * len(lags)), len(lags) - 1)]
