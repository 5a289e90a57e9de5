"""Draws the rows of the conversation: bubbles, left the character's and right the person's."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemDelegate

from app.conversation.line import Author, Line
from app.ui.appearance import Appearance
from app.ui.bubble import Bubble
from app.ui.chat_model import ROWS, SLACK, ChatModel, time_of
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_M, GAP_S, GAP_XS, RADIUS, RADIUS_TIGHT, TextSize, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    _Index = QModelIndex | QPersistentModelIndex

_PART_OF_COLUMN = 0.8
"""Widest a bubble gets, of the column."""

_PAD_X = 14
_PAD_Y = 9
_KEPT = 4 * (ROWS + SLACK)
"""Measured rows that are kept: enough for a reader some pages up."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A measured row: what it was measured for, and where its parts lie relative to its upper left corner."""

    line: Line
    is_grouped: bool
    is_last: bool
    width: int
    words: Bubble
    label: QRectF | None
    bubble: QRectF
    footer: QRectF | None
    size: QSize


class ChatDelegate(QAbstractItemDelegate):
    """Measures and paints rows; what was measured is kept while it fits.

    Args:
        appearance: Where colours and fonts come from.
        model: Whose rows these are; asked directly, because a view measures all rows at each change.
        parent: Who owns it.
    """

    def __init__(self, appearance: Appearance, model: ChatModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model
        self._rows: dict[int, _Row] = {}
        self._width = 0
        self._plain = appearance.font()
        self._slanted = appearance.font(italic=True)
        self._small = appearance.font(TextSize.SMALL)
        self._small_height = QFontMetricsF(self._small).height()

    def set_width(self, width: int) -> None:
        """Lay out for a view of this width in logical pixels."""
        self._width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a row."""
        return self._row(index.row()).size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        from PySide6.QtWidgets import QStyle  # its many enums take 12 ms: not before the first picture

        row = self._row(index.row())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        self._paint_bubble(painter, row, is_selected=is_selected)
        self._paint_words_around(painter, row)
        painter.restore()

    def _row(self, number: int) -> _Row:
        line = self._model.line(number)
        is_grouped = self._model.is_grouped(number)
        is_last = number == self._model.rowCount() - 1
        row = self._rows.get(line.number)
        if (
            row is None
            or row.line is not line
            or row.width != self._width
            or row.is_last is not is_last
            or row.is_grouped is not is_grouped
        ):
            row = self._measured(line, is_grouped=is_grouped, is_last=is_last)
            self._keep(row)
        return row

    def _keep(self, row: _Row) -> None:
        self._rows.pop(row.line.number, None)
        self._rows[row.line.number] = row
        if len(self._rows) > _KEPT:
            del self._rows[next(iter(self._rows))]

    def _measured(self, line: Line, *, is_grouped: bool, is_last: bool) -> _Row:
        column = min(self._width - 2 * GAP_L, COLUMN_WIDTH)
        left = (self._width - column) / 2
        words = self._words(line, max(column * _PART_OF_COLUMN - 2 * _PAD_X, 40.0))
        width = max(words.size.width() + 2 * _PAD_X, 2 * RADIUS)
        x = left if line.author is Author.CHARACTER else left + column - width
        y: float = GAP_XS if is_grouped else GAP_M
        label = None if is_grouped else QRectF(left, y, column, self._small_height)
        if label is not None:
            y = label.bottom() + GAP_XS
        bubble = QRectF(x, y, width, words.size.height() + 2 * _PAD_Y)
        y = bubble.bottom()
        footer = QRectF(left, y + 2, column, self._small_height) if line.is_interrupted else None
        if footer is not None:
            y = footer.bottom()
        size = QSize(self._width, round(y + GAP_XS + (GAP_S if is_last else 0)))
        return _Row(line, is_grouped, is_last, self._width, words, label, bubble, footer, size)

    def _words(self, line: Line, room: float) -> Bubble:
        has_caret = line.author is Author.CHARACTER and not line.is_final
        font = self._slanted if _is_caption(line) else self._plain
        text = line.text or "…"
        row = self._rows.get(line.number)
        if row is not None and row.words.is_for(text, font, room, has_caret=has_caret):
            return row.words
        return Bubble(text, font, room, has_caret=has_caret)

    def _paint_bubble(self, painter: QPainter, row: _Row, *, is_selected: bool) -> None:
        theme, line = self._appearance.theme, row.line
        if _is_caption(line):
            painter.setPen(QPen(theme.accent, 1.4, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            tone = theme.person if line.author is Author.PERSON else theme.character
            painter.setPen(QPen(theme.border, 1) if line.author is Author.CHARACTER else Qt.PenStyle.NoPen)
            painter.setBrush(tone.ground)
        if is_selected:
            painter.setPen(QPen(theme.text, 2))
        painter.drawPath(_shape(row.bubble, line.author))
        origin = row.bubble.topLeft() + QPointF(_PAD_X, _PAD_Y)
        row.words.paint(painter, origin, _ink(line, theme), theme.accent)

    def _paint_words_around(self, painter: QPainter, row: _Row) -> None:
        is_right = row.line.author is Author.PERSON
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._small)
        painter.setPen(self._appearance.theme.quiet)
        name = self._model.author_name(row.line)
        for box, words in (
            (row.label, f"{name}  ·  {time_of(row.line)}"),
            (row.footer, self.tr("Stopped here")),
        ):
            if box is not None:
                inset = box.adjusted(GAP_XS, 0, -GAP_XS, 0)
                painter.drawText(inset, side | Qt.AlignmentFlag.AlignVCenter, words)


def _is_caption(line: Line) -> bool:
    """Return whether a line is what the person is saying right now: it may still change."""
    return line.author is Author.PERSON and not line.is_final


def _ink(line: Line, theme: Theme) -> QColor:
    if _is_caption(line):
        return theme.quiet
    return (theme.person if line.author is Author.PERSON else theme.character).text


def _shape(box: QRectF, author: Author) -> QPainterPath:
    """Return a rounded box whose upper corner on the speaker's side is tight."""
    right = RADIUS_TIGHT if author is Author.PERSON else RADIUS
    left = RADIUS_TIGHT if author is Author.CHARACTER else RADIUS
    path = QPainterPath()
    path.moveTo(box.left() + left, box.top())
    path.lineTo(box.right() - right, box.top())
    path.arcTo(box.right() - 2 * right, box.top(), 2 * right, 2 * right, 90, -90)
    path.lineTo(box.right(), box.bottom() - RADIUS)
    path.arcTo(box.right() - 2 * RADIUS, box.bottom() - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS, 0, -90)
    path.lineTo(box.left() + RADIUS, box.bottom())
    path.arcTo(box.left(), box.bottom() - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS, 270, -90)
    path.lineTo(box.left(), box.top() + left)
    path.arcTo(box.left(), box.top(), 2 * left, 2 * left, 180, -90)
    path.closeSubpath()
    return path
