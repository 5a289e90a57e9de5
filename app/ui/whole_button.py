"""What buttons have in common that draw themselves: all of each can be clicked, and Enter clicks it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Base
else:
    _Base = object


class WholeButton(_Base):
    """Stands before Qt's own kind of button among the bases: ``class Toggle(WholeButton, QCheckBox)``."""

    def hitButton(self, position: QPoint) -> bool:
        """Answer to clicks on all of it; Qt's own answer on the mark and the words only."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter too: Space may be the talk key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
