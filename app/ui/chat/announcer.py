"""Tells assistive technology of a reply that nobody speaks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.conversation.line import Author, Line
from app.conversation.state import State

WAIT_MS = 700
"""Milliseconds after its last word in which a reply may still get a voice."""


_RECENT = 8
"""Lines at the end that may get a voice."""


class Announcer:
    """Announces each new reply once it is whole.

    A reply with a voice is not announced: it speaks for itself, and a screen reader would talk over it.

    Args:
        source: The widget the announcements come from.
        spoken: Returns a line as it is read aloud.
    """

    def __init__(self, source: QObject, spoken: Callable[[Line], str]) -> None:
        self._source = source
        self._spoken = spoken
        self._known: int | None = None
        self._voiced: set[int] = set()
        self._waiting: Line | None = None
        self._clock = QTimer(source)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self._announce)

    def show_state(self, state: State) -> None:
        """Look for a reply that is new and whole; what was there at the beginning is old."""
        if self._known is None:
            self._known = state.lines[-1].number if state.lines else 0
        self._voiced |= {line.number for line in state.lines[-_RECENT:] if line.heard_chars is not None}
        newest = state.lines[-1] if state.lines else None
        if newest is None or newest.number <= self._known:
            return
        if newest.author is Author.CHARACTER and newest.is_final:
            self._known, self._waiting = newest.number, newest
            self._clock.start()

    def _announce(self) -> None:
        line, self._waiting = self._waiting, None
        if line is None or line.number in self._voiced:
            return
        self._voiced.clear()
        announce(self._source, self._spoken(line))


def announce(source: QObject, words: str) -> None:
    """Have words read out when the reader has finished what it is saying."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # its many enums take 2 ms

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, words))
