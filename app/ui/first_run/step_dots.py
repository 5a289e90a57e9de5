"""The steps as dots with names: which is done, which one the person is at, and which are still to come."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance
from app.ui.theme import GAP_M, GAP_S, TextSize

_DOT_LINES = 0.62
"""Diameter of a dot, in lines of text."""


class StepDots(QWidget):
    """One dot to a step. Without room for all names, only that of the present step is written, or none.

    Args:
        appearance: Where colours and sizes come from.
        names: What the steps are called.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._names = names
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        appearance.changed.connect(self.updateGeometry)
        self.show_step(0)

    @property
    def words(self) -> str:
        """Where the person is: ``Step 2 of 3: Microphone``."""
        return self.tr("Step {number} of {count}: {name}").format(
            number=self._at + 1, count=len(self._names), name=self._names[self._at]
        )

    def show_step(self, at: int) -> None:
        """Show which step the person is at, counted from 0."""
        self._at = at
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all names."""
        return QSize(round(self._width(self._names)), self._appearance.em(1.5))

    def minimumSizeHint(self) -> QSize:
        """Return room for the dots."""
        return QSize(round(self._width(self._no_names)), self._appearance.em(1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots, each with its name behind it."""
        theme, side = self._appearance.theme, self._appearance.em(_DOT_LINES)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = 0.0
        for number, name in enumerate(self._shown(self.width())):
            ink = theme.accent if number <= self._at else theme.quiet
            self._paint_dot(painter, self._box(x, side, is_mirrored=is_mirrored), number)
            x += side
            if name:
                width = self._text_width(name, number)
                painter.setFont(self._font(number))
                painter.setPen(ink)
                box = self._box(x + GAP_S, width + 1, is_mirrored=is_mirrored)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, name)
                x += GAP_S + width
            x += GAP_M

    def _paint_dot(self, painter: QPainter, box: QRectF, number: int) -> None:
        """Draw a tick for what is done, a disc for the present, a ring for what is to come."""
        theme, side = self._appearance.theme, box.width()
        dot = QRectF(box.x(), (self.height() - side) / 2, side, side).adjusted(1, 1, -1, -1)
        if number > self._at:
            painter.setPen(QPen(theme.quiet, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)
            return
        if number == self._at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawEllipse(dot)
            return
        pen = QPen(theme.accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            [
                QPointF(dot.left(), dot.center().y()),
                QPointF(dot.left() + dot.width() * 0.38, dot.bottom() - dot.height() * 0.12),
                QPointF(dot.right(), dot.top() + dot.height() * 0.12),
            ]
        )

    def _shown(self, width: int) -> tuple[str, ...]:
        """Return the names that there is room for, empty ones for the others."""
        if width >= round(self._width(self._names)):
            return self._names
        present = tuple(name if at == self._at else "" for at, name in enumerate(self._names))
        return present if width >= round(self._width(present)) else self._no_names

    @property
    def _no_names(self) -> tuple[str, ...]:
        return ("",) * len(self._names)

    def _width(self, names: tuple[str, ...]) -> float:
        side = self._appearance.em(_DOT_LINES)
        widths = (GAP_S + self._text_width(name, at) if name else 0 for at, name in enumerate(names))
        return len(names) * side + sum(widths) + (len(names) - 1) * GAP_M + 1

    def _text_width(self, name: str, number: int) -> float:
        return QFontMetricsF(self._font(number)).horizontalAdvance(name)

    def _font(self, number: int) -> QFont:
        return self._appearance.font(TextSize.SMALL, bold=number == self._at)

    def _box(self, x: float, width: float, *, is_mirrored: bool) -> QRectF:
        """Return a part of the row that begins ``x`` from where reading begins."""
        return QRectF(self.width() - x - width if is_mirrored else x, 0, width, self.height())
