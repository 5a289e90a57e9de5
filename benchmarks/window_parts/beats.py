"""How long something that happens at any moment would have waited for the event loop."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

PERIOD_MS: Final = 10
"""Milliseconds from one beat to the next."""


class Beats:
    """Notes each beat of a timer between `start` and `stop`, on Qt's loop."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._times: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin anew."""
        self._times = [time.monotonic()]
        self._timer.start()

    def stop(self) -> list[float]:
        """Return the waits in milliseconds; see `waits_ms`."""
        self._timer.stop()
        return waits_ms(self._times, PERIOD_MS / 1000)

    def _beat(self) -> None:
        self._times.append(time.monotonic())


def waits_ms(times: Sequence[float], period_s: float) -> list[float]:
    """Return what events would have waited that came a period apart, the longest stalls not left out.

    A loop that stands still for ten periods misses nine beats: each of them counts, with what was left of the
    stall when it was due.

    Args:
        times: When the beats were, in seconds.
        period_s: How far they should have been apart.
    """
    waits = []
    for before, at in pairwise(times):
        late_s = max(at - before - period_s, 0.0)
        waits += [1000 * (late_s - missed * period_s) for missed in range(int(late_s / period_s) + 1)]
    return waits
