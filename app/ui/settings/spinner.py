"""A sign that something is being waited for."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance

_TURN_MS = 60
_STEP = 24
"""Degrees between two pictures."""


class Spinner(QWidget):
    """An arc that turns while it can be seen, and stands still where motion is not wanted."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._angle = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_TURN_MS)
        self._clock.timeout.connect(self._turn)
        self.setAccessibleName(self.tr("Please wait"))
        appearance.changed.connect(self._start)

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        side = self._appearance.em(1.0)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to turn."""
        super().showEvent(event)
        self._start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Turn no more."""
        self._clock.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 4
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        theme = self._appearance.theme
        painter.setPen(QPen(theme.border, 2.4))
        painter.drawEllipse(box)
        painter.setPen(QPen(theme.accent, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, -self._angle * 16, 90 * 16)

    def _start(self) -> None:
        if self._appearance.is_still or not self.isVisible():
            self._clock.stop()
        else:
            self._clock.start()
        self.update()

    def _turn(self) -> None:
        self._angle = (self._angle + _STEP) % 360
        self.update()
