"""How much of a message is kept back before it starts: chunks that come unevenly then leave no gap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

JITTER_S: Final = 0.08
"""Seconds of a message that must be there before it starts. Small chunks come over the Internet some tens of
milliseconds too late; a voice that comes in chunks of 100 ms does not wait: the first one is enough."""

GROWTH_S: Final = 0.06
"""Seconds by which more is kept back each time that was not enough."""

JITTER_CAP_S: Final = 0.3
"""Seconds that are kept back at most: a longer wait is felt, and a worse connection is heard anyway."""

HOLD_S: Final = 0.3
"""Seconds of waiting after which what is there is played, however little it is."""

PAUSE_S: Final = 0.5
"""Seconds without sound in mid-message that are no jitter any more: the next sentence was not ready."""

Item = TypeVar("Item")


class JitterBuffer(Generic[Item]):
    """Keeps audio back while there is too little of it. It only decides; its owner plays, and keeps the time.

    Times are seconds of any one clock.

    Args:
        jitter_s: Seconds that must be there before a message starts; 0 keeps nothing back. It grows by
            `GROWTH_S`, to `JITTER_CAP_S`, each time a message runs dry in its middle.
    """

    def __init__(self, jitter_s: float = JITTER_S) -> None:
        self.jitter_s = jitter_s
        self._held: list[tuple[Item, float]] = []
        self._dry_at = 0.0

    @property
    def is_holding(self) -> bool:
        """Whether audio is kept back."""
        return bool(self._held)

    @property
    def held_s(self) -> float:
        """Seconds of audio that are kept back."""
        return sum(seconds for _, seconds in self._held)

    def push(self, item: Item, seconds: float, now: float, *, is_dry: bool, is_begun: bool) -> list[Item]:
        """Take a piece of audio and return what is to be played now, in order.

        Args:
            item: The piece.
            seconds: How long it is.
            now: The time.
            is_dry: Whether nothing else waits to be played.
            is_begun: Whether the message it belongs to has been played in part.
        """
        if is_dry and is_begun and not self._held and self.jitter_s and now - self._dry_at < PAUSE_S:
            self.jitter_s = min(self.jitter_s + GROWTH_S, max(JITTER_CAP_S, self.jitter_s))
        self._held.append((item, seconds))
        if self.held_s >= self.jitter_s or (not is_dry and len(self._held) == 1):
            return self.release(now)
        return []

    def release(self, now: float) -> list[Item]:
        """Return everything that is kept back; it is played now."""
        items = [item for item, _ in self._held]
        self._dry_at = max(self._dry_at, now) + self.held_s
        self._held.clear()
        return items

    def cut(self, now: float, is_kept: Callable[[Item], bool]) -> None:
        """Drop some of what is kept back, now that what was being played is dropped as well."""
        self._held = [(item, seconds) for item, seconds in self._held if is_kept(item)]
        self._dry_at = min(self._dry_at, now)
