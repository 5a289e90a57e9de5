"""Which keys are words: they belong in the text box, wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_WRITING = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
"""Modifiers that only choose another character; the last one is AltGr."""


def is_typed(event: QKeyEvent) -> bool:
    """Return whether a pressed key writes a character that can be seen, or a space."""
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & ~_WRITING
