"""A card: rows that belong together, on one ground with hairlines between them."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_S, TextSize

_ROUNDING = 12


class Card(QWidget):
    """Rows below a heading.

    Args:
        appearance: Where colours and sizes come from.
        heading: What they have in common; empty for no heading.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.heading = QLabel(heading, self)
        self.heading.setVisible(bool(heading))
        self._ground = _Ground(appearance, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self.heading)
        column.addWidget(self._ground)
        appearance.changed.connect(self._redress)
        self._redress()

    def add(self, row: QWidget) -> None:
        """Put a row below the others."""
        self._ground.column.addWidget(row)

    def _redress(self) -> None:
        self.heading.setFont(self._appearance.font(TextSize.SMALL, bold=True))
        self.heading.setContentsMargins(GAP_L, 0, GAP_L, 0)
        paint_text(self.heading, self._appearance.theme.quiet)


class _Ground(QWidget):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2, 0, 2)
        self.column.setSpacing(1)
        appearance.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUNDING, _ROUNDING)
        items = (self.column.itemAt(at) for at in range(self.column.count()))
        rows = [row for item in items if item is not None and (row := item.widget()) is not None]
        for row in [row for row in rows if row.isVisibleTo(self)][1:]:
            painter.fillRect(QRectF(GAP_L, row.y() - 1, self.width() - 2 * GAP_L, 1), theme.border)
