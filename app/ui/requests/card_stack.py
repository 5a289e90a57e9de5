"""Cards above each other, as high as they are up to about half of the window; more are scrolled."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.appearance import Appearance
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_S, scroll_bar

_SHARE: Final = 0.55
"""Of the window's height that all cards take at most."""

_LEAST: Final = 6
"""Height that they always take, in lines of text."""


class CardStack(QScrollArea):
    """Shows cards while there are any.

    Args:
        appearance: Where colours and sizes come from.
        parent: Where it lives.
        before: The widget that Tab leads to after the cards; None for wherever it leads.
    """

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, before: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self._before = before
        self._wanted = 0
        self._cards = _Cards(appearance)
        self._cards.grown.connect(self._fit)
        self.setWidget(self._cards)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        appearance.changed.connect(self._redress)
        self._redress()

    def put_first(self, card: QWidget) -> None:
        """Put a card above the others."""
        self._cards.column.insertWidget(0, card)
        self._order(card)
        self._update()
        self.verticalScrollBar().setValue(0)

    def take_away(self, card: QWidget) -> None:
        """Have a card no more."""
        self._cards.column.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._update()

    def sizeHint(self) -> QSize:
        """Return any width, and the height of the cards in the one there is."""
        return QSize(0, min(self._wanted, round(self.window().height() * _SHARE)))

    def minimumSizeHint(self) -> QSize:
        """Return what is left where there is hardly any room, as with large text."""
        return QSize(0, min(self._wanted, self.appearance.em(_LEAST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the cards are in this width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the cards are."""
        super().showEvent(event)
        self._fit()

    def _order(self, card: QWidget) -> None:
        """Have Tab lead through a new card before all others, in the order in which they are seen."""
        last = self._before
        while last is not None and (
            last is self._before
            or not last.focusPolicy() & Qt.FocusPolicy.TabFocus
            or self.isAncestorOf(last)
        ):
            last = last.previousInFocusChain()
        if last is None:
            return
        for button in card.findChildren(QAbstractButton):
            self.setTabOrder(last, button)
            last = button

    def _update(self) -> None:
        self.setVisible(self._cards.column.count() > 0)
        self._fit()

    def _fit(self) -> None:
        wanted = self._cards.height_in(self.viewport().width())
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()

    def _redress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self.appearance.theme.window)
        self.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(scroll_bar(self.appearance.theme))


class _Cards(QWidget):
    """The cards, as wide as the conversation gets."""

    grown = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        whole = QWidget()
        whole.setMaximumWidth(COLUMN_WIDTH)
        self.column = QVBoxLayout(whole)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._frame = QHBoxLayout(self)
        self._frame.addStretch(1)
        self._frame.addWidget(whole, 10_000)
        self._frame.addStretch(1)
        self.setAutoFillBackground(True)
        appearance.changed.connect(self._redress)
        self._redress()

    def height_in(self, width: int) -> int:
        """Return the height of all cards in a given width."""
        margins = self._frame.contentsMargins()
        inner = min(COLUMN_WIDTH, width - margins.left() - margins.right())
        return self.column.totalHeightForWidth(inner) + margins.top() + margins.bottom()

    def minimumSizeHint(self) -> QSize:
        """Return no height: the one that belongs to the width counts, and is less."""
        return QSize(super().minimumSizeHint().width(), 0)

    def event(self, event: QEvent) -> bool:
        """Say when a card has become larger or smaller."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.grown.emit()
        return done

    def _redress(self) -> None:
        gap = self._appearance.gap
        self.column.setSpacing(gap(GAP_S))
        self._frame.setContentsMargins(GAP_L, gap(GAP_S), GAP_L, gap(GAP_S))
