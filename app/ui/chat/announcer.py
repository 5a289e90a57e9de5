"""Tells assistive technology what nobody speaks: a silent reply, and what the conversation is doing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.conversation.line import Author, Line
from app.conversation.state import State
from app.ui.status import Activity, status_of

WAIT_MS = 700
"""Milliseconds after its last word in which a reply may still get a voice."""

SETTLE_MS = 150
"""Milliseconds a state lasts before it is told: one that only passes by is not worth a word."""

_RECENT = 8
"""Lines at the end that may get a voice."""

_TOLD = {Activity.CONNECTING, Activity.FAILED, Activity.MUTED, Activity.LISTENING, Activity.THINKING}
"""What is told of; a character that speaks and a person who is heard need no words."""

_TROUBLE = {Activity.OFFLINE, Activity.CONNECTING, Activity.FAILED, Activity.MUTED}
"""States whose end is told of too."""

_URGENT = {Activity.FAILED, Activity.MUTED}
"""What cuts short what is being read."""


class Announcer:
    """Announces each new reply once it is whole, and each state of the conversation that matters.

    A reply with a voice is not announced: it speaks for itself, and a screen reader would talk over it.

    Args:
        source: The widget the announcements come from.
        spoken: Returns a line as it is read aloud.
    """

    def __init__(self, source: QObject, spoken: Callable[[Line], str]) -> None:
        self._source = source
        self._spoken = spoken
        self._states = StateAnnouncer(source)
        self._known: int | None = None
        self._voiced: set[int] = set()
        self._waiting: Line | None = None
        self._clock = QTimer(source)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self._announce)

    def show_state(self, state: State) -> None:
        """Look for a reply that is new and whole; what was there at the beginning is old."""
        self._states.show_state(state)
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


class StateAnnouncer:
    """Announces that the conversation listens, thinks, is muted, or has lost its server and got it back.

    Args:
        source: The widget the announcements come from.
    """

    def __init__(self, source: QObject) -> None:
        self._source = source
        self._shown = status_of(State())
        self._last_told = self._shown
        self._clock = QTimer(source)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SETTLE_MS)
        self._clock.timeout.connect(self._announce)

    def show_state(self, state: State) -> None:
        """Look for another state that is worth a word, and tell of it if it lasts."""
        before, self._shown = self._shown, status_of(state)
        if self._shown == before:
            return
        is_pause = before.activity is Activity.HEARING and self._shown.activity is Activity.LISTENING
        is_back = self._shown.activity is Activity.IDLE and self._last_told.activity in _TROUBLE
        if is_back or (self._shown.activity in _TOLD and not is_pause):
            self._clock.start()
        else:
            self._clock.stop()

    def _announce(self) -> None:
        self._last_told = self._shown
        announce(self._source, self._shown.text, is_urgent=self._shown.activity in _URGENT)


def announce(source: QObject, words: str, *, is_urgent: bool = False) -> None:
    """Have words read out when the reader has finished what it is saying, or at once if they are urgent."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # its many enums take 2 ms

    event = QAccessibleAnnouncementEvent(source, words)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
