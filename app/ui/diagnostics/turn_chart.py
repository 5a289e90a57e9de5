"""The latest turns as a picture: what came how long after the person had stopped speaking."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.estuary.turn_times import TurnTimes
from app.ui.appearance import Appearance
from app.ui.theme import GAP_L, GAP_M, GAP_S, GAP_XS, TextSize, Theme, blend

ROWS = 8
"""Turns in the picture."""

_LEAST_S = 0.5
"""Seconds the axis shows at least: short times must not look long."""

_TICKS = 5
_ROW = 1.9
"""Height of a row, in lines of text."""

_MARK = 0.28
"""Radius of a mark, in lines of text."""


_Kinds = tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened ``at`` seconds after the zero of its row."""

    kind: str
    at: float


@dataclass(frozen=True, slots=True)
class Row:
    """A turn, or a barge-in: what happened, in order, and the words for it."""

    name: str
    moments: tuple[Moment, ...]
    words: str


class TurnChart(QWidget):
    """One row for each turn, newest first; zero is the end of the person's speech.

    A barge-in is a row of its own, whose zero is its onset. Each kind of moment has its own shape as well as
    its own colour.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Latest turns"))
        self.setAccessibleDescription(self.tr("No turn was spoken yet."))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        appearance.changed.connect(self.update)

    @property
    def rows(self) -> list[Row]:
        """What is shown, newest first."""
        return list(self._rows)

    def show_turns(self, turns: tuple[TurnTimes, ...]) -> None:
        """Show the newest of the turns, which come oldest first."""
        rows = [row for turn in reversed(turns) for row in self._rows_of(turn)][:ROWS]
        if rows == self._rows:
            return
        self._rows = rows
        words = [f"{row.name}: {row.words}" for row in rows]
        self.setAccessibleDescription(". ".join(words) or self.tr("No turn was spoken yet."))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the rows there are, the axis and the legend."""
        rows = max(len(self._rows), 2)
        return QSize(self._appearance.em(26), round(self._line() * (rows * _ROW + 4)))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and a width at which the words still fit."""
        return QSize(self._appearance.em(11), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, rows and legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._appearance.font(TextSize.SMALL))
        theme = self._appearance.theme
        if not self._rows:
            painter.setPen(theme.quiet)
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.tr("Say something: each spoken turn appears here."),
            )
            return
        left = self._name_width() + GAP_M
        right = self.width() - GAP_L - self._appearance.em(1.5)
        axis = _Axis(left, max(right, left + 1), _end_of(self._rows))
        height = self._line() * _ROW
        self._paint_axis(painter, axis, height * len(self._rows))
        for number, row in enumerate(self._rows):
            self._paint_row(painter, axis, row, QRectF(0, number * height, self.width(), height))
        self._paint_legend(painter, height * len(self._rows) + self._line() * 2)

    def _rows_of(self, turn: TurnTimes) -> Iterator[Row]:
        if turn.speech_ended is not None:
            kinds: _Kinds = (
                ("caption", turn.final_caption),
                ("text", turn.first_text),
                ("audio", turn.first_audio),
            )
            yield self._row(self.tr("Answer"), turn.speech_ended, kinds)
        if turn.barge_in_onset is not None:
            kinds = (("duck", turn.ducked), ("silence", turn.silent))
            yield self._row(self.tr("Interruption"), turn.barge_in_onset, kinds)

    def _row(self, name: str, zero: float, kinds: _Kinds) -> Row:
        moments = tuple(Moment(kind, max(at - zero, 0.0)) for kind, at in kinds if at is not None)
        told = ", ".join(f"{self._label(moment.kind)} {_ms(moment.at)}" for moment in moments)
        return Row(name, moments, told or self.tr("nothing followed"))

    def _label(self, kind: str) -> str:
        return {
            "caption": self.tr("caption"),
            "text": self.tr("first text"),
            "audio": self.tr("first audio"),
            "duck": self.tr("softer"),
            "silence": self.tr("silent"),
        }[kind]

    def _paint_axis(self, painter: QPainter, axis: _Axis, bottom: float) -> None:
        theme = self._appearance.theme
        ticks = axis.ticks()
        widest = QFontMetricsF(painter.font()).horizontalAdvance(_ms(ticks[-1])) + GAP_S
        every = max(1, math.ceil(widest / (axis.x(ticks[1]) - axis.x(ticks[0]))))
        for number, seconds in enumerate(ticks):
            x = axis.x(seconds)
            painter.setPen(QPen(theme.border, 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            if number % every:
                continue  # its words would run into those beside it
            painter.setPen(theme.quiet)
            box = QRectF(x - 60, bottom + GAP_XS, 120, self._line())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _ms(seconds))

    def _paint_row(self, painter: QPainter, axis: _Axis, row: Row, box: QRectF) -> None:
        theme = self._appearance.theme
        painter.setPen(theme.text)
        name = QRectF(0, box.top(), self._name_width(), box.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.name)
        middle, before = box.center().y(), 0.0
        for moment in row.moments:
            pen = QPen(blend(_color(theme, moment.kind), theme.surface, 0.55), self._line() * 0.3)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(axis.x(before), middle), QPointF(axis.x(moment.at), middle))
            before = moment.at
        for moment in row.moments:
            self._paint_mark(painter, moment.kind, QPointF(axis.x(moment.at), middle))
        if row.moments:
            painter.setPen(theme.text)
            last = axis.x(row.moments[-1].at) + self._line() * 0.5
            words = _ms(row.moments[-1].at)
            width = QFontMetricsF(painter.font()).horizontalAdvance(words)
            painter.drawText(QPointF(min(last, self.width() - width), middle + self._line() * 0.3), words)

    def _paint_mark(self, painter: QPainter, kind: str, at: QPointF) -> None:
        radius = self._line() * _MARK
        painter.setPen(QPen(self._appearance.theme.surface, 1.5))
        painter.setBrush(_color(self._appearance.theme, kind))
        if kind == "caption":
            painter.drawEllipse(at, radius, radius)
        elif kind == "text":
            painter.drawPolygon(_polygon(at, radius * 1.25, 4, 0.0))
        elif kind in {"audio", "duck"}:
            painter.drawPolygon(_polygon(at, radius * 1.35, 3, math.pi / 2 if kind == "duck" else 0.0))
        else:
            painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        kinds = dict.fromkeys(moment.kind for row in self._rows for moment in row.moments)
        x, metrics = float(GAP_S), QFontMetricsF(painter.font())
        y = top + self._line() * 0.5
        for kind in kinds:
            label = self._label(kind)
            width = self._line() + metrics.horizontalAdvance(label)
            if x + width > self.width() and x > GAP_S:
                x, y = float(GAP_S), y + self._line()
            self._paint_mark(painter, kind, QPointF(x, y))
            painter.setPen(self._appearance.theme.quiet)
            painter.drawText(QPointF(x + self._line() * 0.6, y + self._line() * 0.3), label)
            x += width + GAP_M

    def _line(self) -> float:
        return QFontMetricsF(self._appearance.font(TextSize.SMALL)).height()

    def _name_width(self) -> float:
        metrics = QFontMetricsF(self._appearance.font(TextSize.SMALL))
        return max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0) + GAP_XS


@dataclass(frozen=True, slots=True)
class _Axis:
    """Seconds from 0 to ``end`` between two places."""

    left: float
    right: float
    end: float

    def x(self, seconds: float) -> float:
        return self.left + (self.right - self.left) * min(seconds / self.end, 1.0)

    def ticks(self) -> list[float]:
        step = self.end / _TICKS
        return [step * number for number in range(_TICKS + 1)]


def _end_of(rows: list[Row]) -> float:
    """Return where the axis ends: a round number of seconds beyond the last moment."""
    last = max((moment.at for row in rows for moment in row.moments), default=0.0)
    steps = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
    return next((step for step in steps if step >= max(last * 1.05, _LEAST_S)), math.ceil(last / 10) * 10.0)


def _color(theme: Theme, kind: str) -> QColor:
    return {
        "caption": theme.accent,
        "text": theme.caution,
        "audio": theme.beak,
        "duck": theme.accent,
        "silence": theme.danger,
    }[kind]


def _polygon(at: QPointF, radius: float, corners: int, turn: float) -> QPolygonF:
    """Return a regular polygon with a corner to the right."""
    angles = [turn + 2 * math.pi * corner / corners for corner in range(corners)]
    return QPolygonF([QPointF(at.x() + radius * math.cos(a), at.y() + radius * math.sin(a)) for a in angles])


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
