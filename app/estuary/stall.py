"""Whether what waits to be heard is heard: a count that must grow."""

from __future__ import annotations

import time


class Stall:
    """Measures for how long a count of samples has not grown, in seconds of ``time.monotonic()``."""

    def __init__(self) -> None:
        self._played = 0
        self._since = time.monotonic()

    def begin(self) -> None:
        """Note that something waits from now on; it cannot have been heard yet."""
        self._since = time.monotonic()

    def age_s(self, played: int) -> float:
        """Return the seconds since ``played``, the samples that have been heard, has changed."""
        if played != self._played:
            self._played, self._since = played, time.monotonic()
        return time.monotonic() - self._since
