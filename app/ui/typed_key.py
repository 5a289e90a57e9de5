"""What a pressed key is: words belong in the text box, wherever the focus is, and Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
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


def is_escape(event: QEvent) -> bool:
    """Return whether an event is about the Esc key."""
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
