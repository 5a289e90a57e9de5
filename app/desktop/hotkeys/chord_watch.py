"""Chords among keys that are merely watched: Windows and macOS tell of every key, and keep none for us."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.key_names import LONE_MODIFIERS
from app.desktop.hotkeys.presses import Presses


class ChordWatch:
    """Finds chords in keys that go down and up, by their codes.

    Args:
        presses: Takes what is found.
        codes: The code of each key, by name.
        is_down: Whether a key is really down.
    """

    def __init__(self, presses: Presses, codes: Mapping[str, int], is_down: Callable[[int], bool]) -> None:
        self._presses = presses
        self._codes = codes
        self._is_down = is_down
        self._modifiers = {
            codes[name]: Modifier(name.partition(" ")[2]) for name in LONE_MODIFIERS if name in codes
        }
        self._chords: dict[int, list[tuple[Action, Chord]]] = {}
        self._down: set[int] = set()

    def bind(self, chords: Mapping[Action, Chord]) -> list[Action]:
        """Watch for these chords instead; return the actions whose keys are not known here."""
        self._chords = {}
        unknown = []
        for action, chord in chords.items():
            if (code := self._codes.get(chord.key)) is None:
                unknown.append(action)
            else:
                self._chords.setdefault(code, []).append((action, chord))
        return unknown

    def down(self, code: int, at: float) -> None:
        """The key ``code`` went down, or repeats."""
        if code in self._down:
            return
        # What went up while nobody could see it, as at a locked screen, would spoil every chord from now on.
        self._down = {each for each in self._down if self._is_down(each)}
        self._presses.use(code)
        held = frozenset(self._modifiers[each] for each in self._down if each in self._modifiers)
        self._down.add(code)
        for action, chord in self._chords.get(code, []):
            if chord.is_lone_modifier and not action.is_held:
                self._presses.tap(action, code)
            elif chord.is_lone_modifier or chord.is_mouse_button or chord.modifiers == held:
                self._presses.press(action, code, at)

    def up(self, code: int, at: float) -> None:
        """The key ``code`` went up."""
        self._down.discard(code)
        self._presses.release(code, at)

    def look(self, at: float) -> None:
        """Release what is up although nobody saw it go up."""
        before = self._presses.waiting
        down = frozenset(code for code in before.values() if self._is_down(code))
        self._down -= set(before.values()) - down
        self._presses.settle(before, down, at)
