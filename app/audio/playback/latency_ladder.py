"""How much sound a device is given ahead: little, until the machine turns out too slow for that."""

from __future__ import annotations

from collections import deque
from typing import Final

STEPS_S: Final = (0.03, 0.04, 0.06, 0.1)
"""Latencies in seconds to suggest, in order. The first is heard 33-35 ms later on PulseAudio, and holds while
another thread is busy for 100 ms at a time; the last held under several busy threads."""

UNDERRUNS: Final = 3
"""Underruns within `WINDOW_S` that are no accident any more."""

WINDOW_S: Final = 30.0
"""Seconds in which they count together."""


class LatencyLadder:
    """Climbs to the next larger latency when the device ran dry repeatedly. It never comes down.

    `underrun` may be called in any one thread, the rest in another.
    """

    def __init__(self) -> None:
        self._step = 0
        self._underruns: deque[float] = deque(maxlen=UNDERRUNS)

    @property
    def latency_s(self) -> float:
        """Seconds to suggest to the sound system."""
        return STEPS_S[self._step]

    @property
    def is_due(self) -> bool:
        """Whether the next larger latency is needed, and there is one."""
        if self._step == len(STEPS_S) - 1:
            return False
        times = tuple(self._underruns)
        return len(times) == UNDERRUNS and times[-1] - times[0] <= WINDOW_S

    def underrun(self, now: float) -> None:
        """Note that the device ran dry while it was to play, ``now`` in seconds of any one clock."""
        self._underruns.append(now)

    def climb(self) -> float:
        """Take the next larger latency, if there is one, and return it."""
        self._underruns.clear()
        self._step = min(self._step + 1, len(STEPS_S) - 1)
        return self.latency_s
