"""How far a part is, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable


class Steps:
    """Counts up to what a part was asked for.

    Args:
        tell: Gets every new step.
    """

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._done = 0.0

    def reach(self, done: float) -> None:
        """Say that ``done`` of the part's repetitions or seconds are done."""
        if done > self._done:
            self._tell(done - self._done)
            self._done = done
