"""A small button with words on it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.appearance import Appearance
from app.ui.theme import GAP_XS, Tone, lifted


class PillButton(QAbstractButton):
    """A pill with a text, in the theme's soft colours unless it is given others."""

    def __init__(self, appearance: Appearance, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._colors: tuple[QColor, QColor] | None = None
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.describe(text)

    def describe(self, name: str) -> None:
        """Name the button for assistive technology and in its tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_colors(self, ink: QColor, ground: QColor) -> None:
        """Draw in these colours."""
        self._colors = ink, ground
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the text."""
        metrics = QFontMetricsF(self._appearance.font())
        height = metrics.height() * 1.75
        return QSize(round(metrics.horizontalAdvance(self.text()) + height * 0.95), round(height))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Enter: Space is the talk key all over the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.animateClick()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        theme = self._appearance.theme
        ink, ground = self._colors or (theme.soft.text, theme.soft.ground)
        if not self.isEnabled():
            ink, ground = theme.quiet, theme.field
        elif self.underMouse() or self.isDown():
            ground = lifted(Tone(ground, ink), 0.2 if self.isDown() else 0.1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.hasFocus():
            painter.setPen(QPen(theme.ring_on(Tone(ground, ink)), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), box.height() / 2, box.height() / 2)
        painter.setPen(ink)
        painter.setFont(self._appearance.font())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the words' own
        painter.drawText(box.adjusted(GAP_XS, 0, -GAP_XS, 0), Qt.AlignmentFlag.AlignCenter, self.text())
