"""A chord: what is pressed for one thing, such as ``Ctrl+Alt+Space``, ``Right Ctrl`` or ``Mouse 8``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Self

from app.core.errors import BadInput
from app.core.translation import translate
from app.desktop.hotkeys.key_names import EXTRA_BUTTONS, LONE_MODIFIERS, NEEDED_BY_ALL, key_named


class Modifier(Enum):
    """A key that is held with another one, in the order in which they are written."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    SUPER = "Super"
    """The key with the logo: Windows, Command."""


_MODIFIERS: Final = {each.value.lower(): each for each in Modifier} | {
    "control": Modifier.CTRL,
    "option": Modifier.ALT,
    "opt": Modifier.ALT,
    "win": Modifier.SUPER,
    "windows": Modifier.SUPER,
    "meta": Modifier.SUPER,
    "logo": Modifier.SUPER,
    "cmd": Modifier.SUPER,
    "command": Modifier.SUPER,
}

_SPOKEN: Final = {
    "win32": {"Super": "Win"},
    "darwin": {"Super": "Cmd", "Alt": "Option"},
}
"""What a platform's own people call a modifier."""


@dataclass(frozen=True, slots=True)
class Chord:
    """Keys that are pressed together. Its text is `str`, and `parse` reads it again.

    Attributes:
        key: Name of the key that makes it happen; see `key_names`.
        modifiers: What is held meanwhile, and nothing else; none with a lone modifier or a mouse button.

    Raises:
        BadInput: There is no such key, or nothing can be held with it.
    """

    key: str
    modifiers: frozenset[Modifier] = frozenset()

    def __post_init__(self) -> None:
        if key_named(self.key) != self.key:
            raise BadInput(
                translate("Hotkeys", "There is no key called “{key}”. Record it by pressing it.").format(
                    key=self.key
                )
            )
        if self.modifiers and (self.is_lone_modifier or self.is_mouse_button):
            raise BadInput(
                translate("Hotkeys", "{key} works alone only. Leave the other keys out.").format(key=self.key)
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the chord that a person has written, in whatever case and order: ``alt + CTRL + space``.

        Raises:
            BadInput: It is none.
        """
        *held, last = (part.strip() for part in text.split("+"))
        modifiers = set()
        for part in held:
            if (modifier := _MODIFIERS.get(part.lower())) is None:
                raise _not_understood(text)
            modifiers.add(modifier)
        key = key_named(last)
        if key is None:
            raise _not_understood(text)
        return cls(key, frozenset(modifiers))

    def __str__(self) -> str:
        return "+".join([*(each.value for each in Modifier if each in self.modifiers), self.key])

    def spoken(self, platform: str) -> str:
        """Return it as people of ``platform`` (of `sys.platform`) call the keys."""
        words = _SPOKEN.get(platform, {})
        held = [words.get(each.value, each.value) for each in Modifier if each in self.modifiers]
        key = self.key
        if self.is_lone_modifier:
            side, _, name = key.partition(" ")
            key = f"{side} {words.get(name, name)}"
        return "+".join([*held, key])

    @property
    def is_lone_modifier(self) -> bool:
        """Whether it is a modifier without another key: it is watched, and never taken from anybody."""
        return self.key in LONE_MODIFIERS

    @property
    def is_mouse_button(self) -> bool:
        """Whether it is an extra button of the mouse: it is watched, and never taken from anybody."""
        return self.key in EXTRA_BUTTONS

    def unfit(self) -> str | None:
        """Return why it would be in the way everywhere, in a sentence; None when it will do."""
        if self.modifiers - {Modifier.SHIFT} or not (self.key in NEEDED_BY_ALL or len(self.key) == 1):
            return None
        return translate(
            "Hotkeys",
            "{chord} would be taken from every other program. Hold Ctrl, Alt or the logo key with it.",
        ).format(chord=self)


def _not_understood(text: str) -> BadInput:
    said = translate(
        "Hotkeys", "“{text}” is no hotkey. Write it as Ctrl+Alt+Space, Right Ctrl or Mouse 8, or press it."
    )
    return BadInput(said.format(text=text.strip()))
