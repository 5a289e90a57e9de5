"""The chords that a person has chosen in the settings, or has written into their file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.core.errors import BadInput
from app.core.settings.hotkeys import GlobalKeys
from app.core.translation import translate
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord

_NONE: Final = ("", "off", "none")
"""What stands for no key, besides its word in the person's language."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen.

    Attributes:
        bindings: The chords.
        mistakes: Why an action has none although something is written, in a sentence.
    """

    bindings: Bindings
    mistakes: dict[Action, str]


def chosen(keys: GlobalKeys) -> Chosen:
    """Return what the settings say; what cannot be understood is no chord."""
    chords, mistakes = {}, {}
    for action in Action:
        try:
            if text := read_hotkey(getattr(keys, action.value)):
                chords[action] = Chord.parse(text)
        except BadInput as error:
            mistakes[action] = str(error)
    return Chosen(Bindings(chords), mistakes)


def read_hotkey(text: str) -> str:
    """Return a chord that a person has written as the settings keep it; empty for none.

    Raises:
        BadInput: It is no chord, or one that would be in the way everywhere.
    """
    if text.strip().lower() in (*_NONE, translate("Setting", "none").lower()):
        return ""
    chord = Chord.parse(text)
    if (why_not := chord.unfit()) is not None:
        raise BadInput(why_not)
    return str(chord)
