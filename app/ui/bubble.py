"""The words of one line, broken to fit into a bubble: measured once, painted often."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

_CARET_WIDTH = 9.0
_LEADING = 0.12
"""Space between two lines, of a line's height."""


class Bubble:
    """Text laid out within a room.

    Args:
        text: The words; line feeds are kept.
        font: What they are set in.
        room: Widest a line may get, in logical pixels.
        has_caret: A block follows the last word: more is coming.
    """

    def __init__(self, text: str, font: QFont, room: float, *, has_caret: bool = False) -> None:
        self.text = text
        self._font = font
        self._room = room
        self._has_caret = has_caret
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self._layout.setTextOption(_option())
        self._layout.setCacheEnabled(True)
        self.size = self._broken(room - (_CARET_WIDTH if has_caret else 0))

    def is_for(self, text: str, font: QFont, room: float, *, has_caret: bool) -> bool:
        """Return whether this layout is the right one; a single line fits every wider room."""
        if (text, has_caret) != (self.text, self._has_caret) or font != self._font:
            return False
        return room == self._room or (self._layout.lineCount() == 1 and self.size.width() <= room)

    def paint(self, painter: QPainter, origin: QPointF, ink: QColor, caret: QColor) -> None:
        """Draw the words with their upper left corner at `origin`."""
        painter.setPen(ink)
        self._layout.draw(painter, origin)
        if self._has_caret:
            painter.fillRect(self._caret_box().translated(origin), caret)

    def _broken(self, room: float) -> QSizeF:
        """Break the text into lines no wider than `room` and return the size they take."""
        width = height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(room)
            height += line.height() * _LEADING if height else 0
            line.setPosition(QPointF(0, height))
            height += line.height()
            width = max(width, line.naturalTextWidth())
        self._layout.endLayout()
        return QSizeF(math.ceil(width) + (_CARET_WIDTH if self._has_caret else 0), math.ceil(height))

    def _caret_box(self) -> QRectF:
        line = self._layout.lineAt(self._layout.lineCount() - 1)
        right = line.x() + line.naturalTextWidth()
        return QRectF(right + 3, line.y() + line.height() * 0.18, _CARET_WIDTH - 3, line.height() * 0.66)


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option
