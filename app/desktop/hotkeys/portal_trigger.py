"""A chord as the desktop's portal wants it: ``CTRL+ALT+space`` (the XDG specification of shortcuts)."""

from __future__ import annotations

from typing import Final

from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.keysyms import keysym_name

_NAMES: Final = {
    Modifier.CTRL: "CTRL",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
    Modifier.SUPER: "LOGO",
}


def trigger(chord: Chord) -> str | None:
    """Return what to ask the desktop for; None for what no desktop gives: a lone modifier, a mouse button."""
    name = None if chord.is_lone_modifier else keysym_name(chord.key)
    if name is None:
        return None
    return "+".join([*(_NAMES[each] for each in Modifier if each in chord.modifiers), name])
