"""A bar with a sentence that goes on in the next line: it is never lower than the sentence is."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class WrappedBar(QWidget):
    """Base of such bars. A layout itself asks for the height of wrapped words, but does without it."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size at the width there is now."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Need another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
