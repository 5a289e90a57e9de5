"""Chords as the desktop's portal wants them."""

from __future__ import annotations

import pytest

from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.portal_trigger import trigger


@pytest.mark.parametrize(
    ("chord", "text"),
    [
        ("Ctrl+Alt+Space", "CTRL+ALT+space"),
        ("Super+Shift+A", "SHIFT+LOGO+a"),
        ("Ctrl+Alt+Period", "CTRL+ALT+period"),
        ("F13", "F13"),
        ("Ctrl+Page Up", "CTRL+Prior"),
        ("Right Ctrl", None),
        ("Mouse 8", None),
        ("Key 94", None),
    ],
)
def test_a_chord_becomes_a_trigger(chord: str, text: str | None) -> None:
    assert trigger(Chord.parse(chord)) == text
