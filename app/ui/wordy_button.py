"""What buttons have in common that hold whole sentences: the narrower they are, the higher."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance
from app.ui.whole_button import WholeButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Base
else:
    _Base = object

_WIDTH = 20
"""Lines of text that it likes to be wide."""


class WordyButton(WholeButton, _Base):
    """Stands before Qt's own kind of button among the bases; who inherits says its `heightForWidth`.

    Args:
        appearance: Where sizes come from.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        appearance.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for all words."""
        width = self._appearance.em(_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Return that its words go on in another line."""
        return True
