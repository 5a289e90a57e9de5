"""What the bars around a conversation have in common: Esc leaves them, and does nothing else then."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent

from app.ui.typed_key import is_escape
from app.ui.wrapped_bar import WrappedBar


class EscapeBar(WrappedBar):
    """A bar that is left with Esc."""

    def escape(self) -> None:
        """Leave it, whatever that means here."""
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from what it means in the window."""
        if is_escape(event) and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if is_escape(event):
            self.escape()
        else:
            super().keyPressEvent(event)
