"""A chord in the making: what is pressed, one key after the other, until it is one."""

from __future__ import annotations

from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.key_names import EXTRA_BUTTONS, LONE_MODIFIERS


class Recording:
    """Takes keys as they go down and up, and finds the chord in them.

    Attributes:
        chord: What was recorded; None until then.
        is_cancelled: Escape was pressed, which is no hotkey.
    """

    def __init__(self) -> None:
        self.chord: Chord | None = None
        self.is_cancelled = False
        self._held: set[str] = set()
        self._alone = ""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to wait for."""
        return self.chord is not None or self.is_cancelled

    def down(self, name: str) -> None:
        """The key or button ``name`` went down."""
        if self.is_done or name in self._held:
            return
        if name in LONE_MODIFIERS:
            self._alone = "" if self._held else name
            self._held.add(name)
        elif name in EXTRA_BUTTONS:
            self.chord = Chord(name)
        elif name == "Escape" and not self._held:
            self.is_cancelled = True
        else:
            self.chord = Chord(name, frozenset(Modifier(each.partition(" ")[2]) for each in self._held))

    def up(self, name: str) -> None:
        """The key or button ``name`` went up: a modifier that was alone is a chord."""
        if not self.is_done and name in self._held and name == self._alone:
            self.chord = Chord(name)
        self._held.discard(name)
        if not self._held:
            self._alone = ""
