"""The names of the settings' pages, one of which is open."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.appearance import Appearance
from app.ui.theme import GAP_L, GAP_M, GAP_S


class PageList(QListWidget):
    """The names of the pages."""

    def __init__(self, appearance: Appearance, titles: list[str]) -> None:
        super().__init__()
        self._appearance = appearance
        self.setAccessibleName(self.tr("Pages"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_PageDelegate(appearance, self))
        for title in titles:
            QListWidgetItem(title, self)
        appearance.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        metrics = QFontMetricsF(self._appearance.font(bold=True))
        widest = max(metrics.horizontalAdvance(self.item(row).text()) for row in range(self.count()))
        self.setFixedWidth(round(widest) + 2 * (GAP_M + GAP_L))
        self.setViewportMargins(GAP_S, GAP_M, GAP_S, GAP_M)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, self._appearance.theme.surface)
        self.setPalette(palette)
        self.setStyleSheet(f"QListWidget {{ background: {self._appearance.theme.surface.name()}; }}")
        self.scheduleDelayedItemsLayout()


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, parent: QListWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._appearance.em(2.0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._appearance.theme
        state, box = option.state, QRect(option.rect).adjusted(0, 1, 0, -1)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground: QColor | None = theme.soft.ground if is_chosen else None
        if ground is None and state & QStyle.StateFlag.State_MouseOver:
            ground = theme.field
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus and is_chosen:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        painter.setFont(self._appearance.font(bold=is_chosen))
        painter.setPen(theme.soft.text if is_chosen else theme.text)
        sides = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        words = box.adjusted(GAP_M, 0, -GAP_M, 0)
        painter.drawText(words, sides, str(index.data()))
        painter.restore()
