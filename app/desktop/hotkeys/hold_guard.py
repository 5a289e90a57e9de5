"""A hold that cannot stick: it ends with the key, and with whatever keeps us from seeing the key go up."""

from __future__ import annotations

from enum import Enum
from typing import Final

LONGEST_S: Final = 60.0
"""Seconds after which a hold ends by itself, unless somebody sets another time."""


class Ending(Enum):
    """Why a hold has ended."""

    RELEASED = "released"
    NOT_SEEN = "not seen"
    """The key is up, and nobody saw it go up."""
    LOCKED = "locked"
    ASLEEP = "asleep"
    LOST = "lost"
    """Nobody tells of the key any more: the desktop's service or our own thread has ended."""
    REBOUND = "rebound"
    TOO_LONG = "too long"
    STOPPED = "stopped"


class HoldGuard:
    """Whether a key anywhere holds. It has no clock: it is told the time.

    Args:
        longest_s: Seconds after which a hold ends by itself.
    """

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self.longest_s = longest_s
        self._began_at: float | None = None
        self._blocks: set[Ending] = set()

    @property
    def is_held(self) -> bool:
        """Whether a hold has begun and not ended."""
        return self._began_at is not None

    @property
    def is_blocked(self) -> bool:
        """Whether nothing can hold: the screen is locked, or the computer sleeps."""
        return bool(self._blocks)

    @property
    def ends_at(self) -> float | None:
        """When the hold will have lasted too long; None without one."""
        return None if self._began_at is None else self._began_at + self.longest_s

    def begin(self, at: float) -> bool:
        """The key went down; return whether a hold has begun with it."""
        if self.is_held or self.is_blocked:
            return False
        self._began_at = at
        return True

    def end(self) -> bool:
        """The key is up, or nobody can tell; return whether a hold has ended with it."""
        was_held = self.is_held
        self._began_at = None
        return was_held

    def expire(self, at: float) -> bool:
        """Return whether a hold has ended since it has lasted too long; the key may still be down."""
        return self.ends_at is not None and at >= self.ends_at and self.end()

    def block(self, why: Ending) -> bool:
        """Let nothing hold until `unblock`; return whether a hold has ended with it."""
        self._blocks.add(why)
        return self.end()

    def unblock(self, why: Ending) -> None:
        """`why` is over."""
        self._blocks.discard(why)
