"""Ids that are known at once, rise with time, and do not collide between two windows."""

from __future__ import annotations

import secrets
import time
from typing import Final

_RANDOM_BITS: Final = 20
"""Two windows would have to add a message in the same millisecond, and then meet by one in a million."""


class Numbers:
    """Gives ids of 63 bits: milliseconds since 1970, then random bits. For use in one thread."""

    def __init__(self) -> None:
        self._last = 0

    def follow(self, number: int) -> None:
        """Give only larger ones from now on, though the clock may have been put back."""
        self._last = max(self._last, number)

    def next(self) -> int:
        """Return an id that is larger than all before."""
        chance = secrets.randbits(_RANDOM_BITS)
        now = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | chance
        # Not just the next one: another window may follow the same number in the same millisecond.
        self._last = now if now > self._last else self._last + 1 + chance
        return self._last
