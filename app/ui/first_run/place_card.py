"""A place to talk, as one large button that says what it is."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.appearance import Appearance
from app.ui.icons import Icon, paint_icon
from app.ui.theme import GAP_L, GAP_M, GAP_XS, TextSize, blend
from app.ui.wordy_button import WordyButton

_ROUNDING = 14

_ICON_LINES = 1.7
"""Side of the icon, in lines of text."""

_TALL = 10_000


class PlaceCard(WordyButton, QAbstractButton):
    """An icon, a name and what it means to talk there; one click chooses it.

    Args:
        appearance: Where colours and sizes come from.
        icon: What stands for it.
        name: What it is called.
        words: What it means, in a sentence or two.
        praise: A word above the name; empty for none.
        parent: Where it lives.
    """

    def __init__(
        self,
        appearance: Appearance,
        icon: Icon,
        name: str,
        words: str,
        praise: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._icon = icon
        self._words = words
        self._praise = praise
        self.setText(name)
        self.setAccessibleName(f"{name}, {praise}" if praise else name)
        self.setAccessibleDescription(words)

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow, and higher then."""
        return QSize(self._appearance.em(9), self._appearance.em(4))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a given width."""
        lines = sum(height for _, _, _, height in self._lines(self._room(width).width()))
        return round(lines) + 2 * self._appearance.gap(GAP_L)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = theme.surface
        if self.underMouse() or self.isDown():
            ground = blend(theme.soft.ground, ground, 0.8 if self.isDown() else 0.4)
        has_focus = self.hasFocus()
        painter.setPen(QPen(theme.accent, 2) if has_focus else QPen(theme.border, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, _ROUNDING, _ROUNDING)
        room = self._room(self.width())
        lines = self._lines(room.width())
        top = (self.height() - sum(height for _, _, _, height in lines)) / 2
        side = self._appearance.em(_ICON_LINES)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        icon_x = self.width() - GAP_L - side if is_mirrored else GAP_L
        paint_icon(painter, self._icon, QRectF(icon_x, (self.height() - side) / 2, side, side), theme.accent)
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading
        for text, font, ink, height in lines:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QRectF(room.x(), top, room.width(), height), wrapped, text)
            top += height

    def _room(self, width: float) -> QRectF:
        """Return where the words stand, beside the icon."""
        beside = self._appearance.em(_ICON_LINES) + GAP_L + GAP_M + GAP_XS
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRectF(GAP_L if is_mirrored else beside, 0, max(width - beside - GAP_L, 1), 0)

    def _lines(self, width: float) -> list[tuple[str, QFont, QColor, float]]:
        """Return what is written in it from above: text, font, ink and height."""
        theme, font = self._appearance.theme, self._appearance.font
        lines = [
            (self._praise, font(TextSize.SMALL, bold=True), theme.accent),
            (self.text(), font(TextSize.TITLE, bold=True), theme.text),
            (self._words, font(), theme.quiet),
        ]
        room, wrapped = QRectF(0, 0, width, _TALL), Qt.TextFlag.TextWordWrap
        return [
            (text, font, ink, QFontMetricsF(font).boundingRect(room, wrapped, text).height() + GAP_XS)
            for text, font, ink in lines
            if text
        ]
