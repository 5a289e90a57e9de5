"""What is down now: one press and one release of each action, whatever the system makes of a held key."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Pressed, Released


class Presses:
    """Turns what happens to keys, by their codes, into what happens to actions.

    Args:
        emit: Takes the events.
    """

    def __init__(self, emit: Callable[[HotkeyEvent], None]) -> None:
        self._emit = emit
        self._numbers = itertools.count()
        self._held: dict[Action, tuple[int, int]] = {}
        """The code and the number of the press."""
        self._tapped: dict[Action, tuple[int, int]] = {}

    @property
    def waiting(self) -> dict[int, int]:
        """What somebody is waiting to see go up: the code by the number of the press, which no other has."""
        return {number: code for code, number in (*self._held.values(), *self._tapped.values())}

    def press(self, action: Action, code: int, at: float) -> None:
        """The key ``code`` went down, or is said to again, and means ``action``."""
        if action not in self._held:
            self._held[action] = (code, next(self._numbers))
            self._emit(Pressed(action, at))

    def tap(self, action: Action, code: int) -> None:
        """The modifier ``code`` went down; it means ``action`` if it goes up before any other key is used."""
        self._tapped[action] = (code, next(self._numbers))

    def use(self, code: int) -> None:
        """Another key went down: a modifier that is held for it is no tap."""
        self._tapped = {action: own for action, own in self._tapped.items() if own[0] == code}

    def release(self, code: int, at: float, cause: Cause = Cause.RELEASED) -> None:
        """The key ``code`` went up."""
        for action in [each for each, own in self._held.items() if own[0] == code]:
            del self._held[action]
            self._emit(Released(action, at, cause))
        for action in [each for each, own in self._tapped.items() if own[0] == code]:
            del self._tapped[action]
            if cause is Cause.RELEASED and action not in self._held:
                self._emit(Pressed(action, at))
                self._emit(Released(action, at))

    def settle(self, before: dict[int, int], down: frozenset[int], at: float) -> None:
        """Release what is up although nobody saw it go up.

        Args:
            before: What was `waiting` before the keys were looked at; what was pressed since is left alone.
            down: The codes that were really down.
            at: When, in seconds of `time.monotonic`.
        """
        for number, code in self.waiting.items():
            if number in before and code not in down:
                self.release(code, at, Cause.NOT_SEEN)

    def release_all(self, at: float, cause: Cause) -> None:
        """Release everything."""
        for code in self.waiting.values():
            self.release(code, at, cause)
