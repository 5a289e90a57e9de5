"""A page of the settings: cards below each other, as high as they are, scrolled where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.settings.binding import bound
from app.ui.settings.card import Card
from app.ui.settings.desk import Desk
from app.ui.settings.setting_row import SettingRow
from app.ui.settings.style import paint_text
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_XL, TextSize, scroll_bar


class Page(QScrollArea):
    """Base of the pages, and a page by itself.

    Args:
        appearance: Where colours and sizes come from.
        desk: What is changed.
        title: What it is called.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.desk = desk
        self.rows: list[SettingRow] = []
        self._title = QLabel(title)
        self._body = QWidget()
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        self._cards = QVBoxLayout(column)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.addWidget(self._title)
        self._cards.addStretch(1)
        frame = self._frame = QHBoxLayout(self._body)
        frame.addStretch(1)
        frame.addWidget(column, 10_000)
        frame.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._body)
        self.setAccessibleName(title)
        desk.changed.connect(self.refresh)
        appearance.changed.connect(self._redress)
        self._redress()

    def add(self, card: Card) -> Card:
        """Put a card below the others, and return it."""
        self.add_widget(card)
        return card

    def add_widget(self, widget: QWidget) -> None:
        """Put something below the others."""
        self._cards.insertWidget(self._cards.count() - 1, widget)

    def add_settings(self, heading: str, *keys: str) -> Card:
        """Put a card with these declared settings below the others, and return it."""
        card = Card(self.appearance, heading)
        for key in keys:
            row = SettingRow(self.appearance, bound(self.desk, key))
            self.rows.append(row)
            card.add(row)
        return self.add(card)

    def refresh(self) -> None:
        """Show all settings as they are now."""
        for row in self.rows:
            row.refresh()

    @property
    def least_width(self) -> int:
        """Width in which nothing is cut."""
        return self._body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def leave(self) -> None:
        """Stop what only makes sense while the page can be seen."""

    def _redress(self) -> None:
        theme, gap = self.appearance.theme, self.appearance.gap
        self._title.setFont(self.appearance.font(TextSize.DISPLAY, bold=True))
        paint_text(self._title, theme.text)
        self._cards.setSpacing(gap(GAP_L))
        self._frame.setContentsMargins(GAP_XL, gap(GAP_XL), GAP_XL, gap(GAP_XL))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.window)
        self.setPalette(palette)
        self._body.setAutoFillBackground(True)
        self.verticalScrollBar().setStyleSheet(scroll_bar(theme))
