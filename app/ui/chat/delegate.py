"""Draws the rows of the conversation: bubbles, left the character's and right the person's."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemDelegate

from app.conversation.line import Author, Line
from app.ui.appearance import Appearance
from app.ui.avatar import paint_avatar
from app.ui.chat.ink import Ink, ink_of
from app.ui.chat.marks import Marks
from app.ui.chat.model import PAGE, ROWS, SLACK, ChatModel, day_of, time_of
from app.ui.chat.row import PAD_Y, Place, Row, measured
from app.ui.chat.selection import Selection
from app.ui.face import Face
from app.ui.icons import Icon, paint_icon
from app.ui.theme import GAP_M, GAP_S, GAP_XS, RADIUS, RADIUS_TIGHT, TextSize

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.ui.chat.bubble import Bubble
    from app.ui.chat.dress import Dress

    _Index = QModelIndex | QPersistentModelIndex

_KEPT = 2 * (ROWS + SLACK) + 2 * PAGE
"""Measured rows that are kept: enough for a reader some pages up."""

_MIDDLE_LEFT = (
    Qt.AlignmentFlag.AlignVCenter
    | Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignAbsolute
    | Qt.TextFlag.TextDontClip
)
"""Where words stand in their box; the box itself is on the other side in a mirrored window."""

_CODE_SIZE = 0.94
"""Size of code, of the text's: fixed letters are wide."""


class ChatDelegate(QAbstractItemDelegate):
    """Measures and paints rows; what was measured is kept while it fits.

    Args:
        appearance: Where colours and fonts come from.
        model: Whose rows these are; asked directly, because a view measures all rows at each change.
        face: What characters look like.
        parent: Who owns it.
    """

    def __init__(
        self, appearance: Appearance, model: ChatModel, face: Face, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model
        self._face = face
        self._rows: dict[int, Row] = {}
        self._places: dict[tuple[bool, bool, bool], Place] = {}
        self._width = 0
        self._is_mirrored = False
        self.selection: Selection | None = None
        """What is selected with the mouse."""
        self.searched = ""
        """Words to be marked where they stand."""
        self.arrived_at: int | None = None
        """Number of the line the search has arrived at."""
        self.voices: frozenset[str] = frozenset()
        """Ids of the messages whose voice can be played again."""
        self.replaying: str | None = None
        """Id of the message whose voice is played again now."""
        self.redress()

    def redress(self) -> None:
        """Take fonts and colours anew."""
        appearance = self._appearance
        self._small = appearance.font(TextSize.SMALL)
        self._small_bold = appearance.font(TextSize.SMALL, bold=True)
        self._small_height = QFontMetricsF(self._small).height()
        self._em = QFontMetricsF(appearance.font()).height()
        self._spacing = appearance.gap(100) / 100
        self._inks = {
            (author, is_caption): ink_of(appearance.theme, author, is_caption=is_caption)
            for author in Author
            for is_caption in (False, True)
        }
        self._dresses: dict[bool, Dress] = {}
        self._rows.clear()
        self._places.clear()

    def set_width(self, width: int, *, is_mirrored: bool = False) -> None:
        """Lay out for a view of this width in logical pixels; a mirrored one runs from right to left."""
        if (width, is_mirrored) != (self._width, self._is_mirrored):
            self._width, self._is_mirrored = width, is_mirrored
            self._places.clear()

    @property
    def least_height(self) -> float:
        """Height of a row of one line that goes on, in logical pixels."""
        return self._em + 2 * self._appearance.gap(PAD_Y + GAP_XS)

    def row(self, number: int) -> Row:
        """Return a row as it is laid out."""
        model = self._model
        line = model.line(number)
        place = self._place(
            model.is_grouped(number), model.begins_day(number), number == model.rowCount() - 1
        )
        row = self._rows.get(line.number)
        if row is None or row.line is not line or row.place is not place:
            row = measured(line, place, self._words(line, place))
            self._keep(row)
        return row

    def bubble(self, line: Line) -> Bubble:
        """Return the words of any line, whether it is shown or not."""
        row = self._rows.get(line.number)
        if row is not None and row.line is line:
            return row.words
        return self._words(line, self._place(False, False, False))

    def can_replay(self, line: Line) -> bool:
        """Return whether a line's voice can be played again, or is being played again."""
        return line.is_final and (line.message_id in self.voices or self.is_replaying(line))

    def is_replaying(self, line: Line) -> bool:
        """Return whether a line's voice is being played again."""
        return self.replaying is not None and line.message_id == self.replaying

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a row."""
        return self.row(index.row()).size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        from PySide6.QtWidgets import QStyle  # its many enums take 12 ms: not before the first picture

        row = self.row(index.row())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        origin = QPointF(option.rect.topLeft())
        clip = painter.clipBoundingRect() if painter.hasClipping() else QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin)
        self._paint_bubble(painter, row, clip.translated(-origin), is_selected=is_selected)
        self._paint_words_around(painter, row)
        painter.restore()

    def _place(self, is_grouped: bool, begins_day: bool, is_last: bool) -> Place:
        key = is_grouped, begins_day, is_last
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = Place(
                self._width, self._em, self._small_height, self._is_mirrored, *key, self._spacing
            )
        return place

    def _keep(self, row: Row) -> None:
        self._rows.pop(row.line.number, None)
        self._rows[row.line.number] = row
        if len(self._rows) > _KEPT:
            del self._rows[next(iter(self._rows))]

    def _words(self, line: Line, place: Place) -> Bubble:
        is_markdown = line.author is Author.CHARACTER
        has_caret = is_markdown and not line.is_final
        dress = self._dress(is_caption=_is_caption(line))
        text = line.text or "…"
        room = place.room(line.author)
        row = self._rows.get(line.number)
        if row is not None and row.words.is_of(text, dress, is_markdown=is_markdown, has_caret=has_caret):
            row.words.fit(room)
            return row.words
        from app.ui.chat.bubble import Bubble  # with all that documents need 20 ms: not before the first line

        return Bubble(text, dress, room, is_markdown=is_markdown, has_caret=has_caret)

    def _dress(self, *, is_caption: bool) -> Dress:
        if is_caption not in self._dresses:
            from app.ui.chat.dress import Dress

            font = self._appearance.font(italic=is_caption)
            code_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            code_font.setPointSizeF(font.pointSizeF() * _CODE_SIZE)
            ink = self._inks[Author.CHARACTER, False]
            border = self._appearance.theme.faint
            self._dresses[is_caption] = Dress(font, code_font, ink.link, ink.code_ground, border, self._em)
        return self._dresses[is_caption]

    def _marks(self, row: Row) -> Marks:
        line, selection = row.line, self.selection
        heard = None if line.heard_chars is None else line.heard_chars / max(len(line.text), 1)
        selected = None if selection is None else selection.range_in(line.number, row.words.end)
        is_current = line.number == self.arrived_at
        return Marks(heard, line.is_interrupted, selected, self.searched, is_current)

    def _paint_bubble(self, painter: QPainter, row: Row, clip: QRectF, *, is_selected: bool) -> None:
        theme, line = self._appearance.theme, row.line
        ink: Ink = self._inks[line.author, _is_caption(line)]
        if _is_caption(line):
            painter.setPen(QPen(theme.accent, 1.4, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(QPen(theme.border, 1) if line.author is Author.CHARACTER else Qt.PenStyle.NoPen)
            painter.setBrush(ink.ground)
        if is_selected:
            painter.setPen(QPen(theme.text, 2))
        painter.drawPath(_shape(row.bubble, is_right=row.is_on_the_right))
        row.words.paint(painter, row.text_origin, ink, self._marks(row), clip)

    def _paint_words_around(self, painter: QPainter, row: Row) -> None:
        line = row.line
        if row.day is not None:
            self._paint_day(painter, row.day, day_of(line))
        if row.portrait is not None:
            name = self._model.author_name(line)
            paint_avatar(painter, row.portrait, self._appearance, self._face.of(name), name)
        if row.label is not None:
            self._paint_label(painter, row, row.label)
        if row.footer is not None:
            self._paint_footer(painter, row, row.footer)
        if row.replay is not None and self.can_replay(line):
            self._paint_replay(painter, row.replay, is_replaying=self.is_replaying(line))

    def _paint_replay(self, painter: QPainter, box: QRectF, *, is_replaying: bool) -> None:
        """Draw the button: a voice that can be heard again, or one that is heard and can be stopped."""
        theme, inset = self._appearance.theme, box.width() * 0.22
        icon, color = Icon.PLAY, theme.accent
        if is_replaying:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft.ground)
            around = box.width() * 0.1  # in a narrow window the bubble comes as near as that
            painter.drawEllipse(box.adjusted(around, around, -around, -around))
            icon, color, inset = Icon.STOP, theme.soft.text, box.width() * 0.15
        paint_icon(painter, icon, box.adjusted(inset, inset, -inset, -inset), color)

    def _paint_label(self, painter: QPainter, row: Row, box: QRectF) -> None:
        theme = self._appearance.theme
        name, time = self._model.author_name(row.line), time_of(row.line)
        name_width = QFontMetricsF(self._small_bold).horizontalAdvance(name)
        time_width = QFontMetricsF(self._small).horizontalAdvance(time)
        box = box.adjusted(GAP_XS, 0, -GAP_XS, 0)
        name_width = min(name_width, box.width() - time_width - GAP_S)
        name = QFontMetricsF(self._small_bold).elidedText(name, Qt.TextElideMode.ElideRight, name_width + 1)
        width = name_width + GAP_S + time_width
        left = box.right() - width if row.is_on_the_right else box.left()
        at_name, at_time = left, left + name_width + GAP_S
        if self._is_mirrored:
            at_name, at_time = left + time_width + GAP_S, left
        painter.setFont(self._small_bold)
        painter.setPen(theme.text)
        painter.drawText(QRectF(at_name, box.top(), name_width, box.height()), _MIDDLE_LEFT, name)
        painter.setFont(self._small)
        painter.setPen(theme.quiet)
        painter.drawText(QRectF(at_time, box.top(), time_width, box.height()), _MIDDLE_LEFT, time)

    def _paint_footer(self, painter: QPainter, row: Row, box: QRectF) -> None:
        """Say that a reply was cut: a stop sign and a word."""
        theme, words = self._appearance.theme, self.tr("Interrupted")
        side = self._small_height * 0.95
        width = side + GAP_XS + QFontMetricsF(self._small).horizontalAdvance(words)
        left = box.right() - width - GAP_XS if row.is_on_the_right else box.left() + GAP_XS
        at_sign = left + width - side if self._is_mirrored else left
        at_words = left if self._is_mirrored else left + side + GAP_XS
        paint_icon(painter, Icon.STOP, QRectF(at_sign, box.center().y() - side / 2, side, side), theme.danger)
        painter.setFont(self._small)
        painter.setPen(theme.quiet)
        painter.drawText(QRectF(at_words, box.top(), width, box.height()), _MIDDLE_LEFT, words)

    def _paint_day(self, painter: QPainter, box: QRectF, day: str) -> None:
        theme = self._appearance.theme
        half = QFontMetricsF(self._small).horizontalAdvance(day) / 2 + GAP_M
        y, middle = box.center().y(), box.center().x()
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(QLineF(box.left(), y, middle - half, y))
        painter.drawLine(QLineF(middle + half, y, box.right(), y))
        painter.setFont(self._small)
        painter.setPen(theme.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, day)


def _is_caption(line: Line) -> bool:
    """Return whether a line is what the person is saying right now: it may still change."""
    return line.author is Author.PERSON and not line.is_final


def _shape(box: QRectF, *, is_right: bool) -> QPainterPath:
    """Return a rounded box whose upper corner on the speaker's side is tight."""
    wide = min(RADIUS, box.height() / 2)
    right = RADIUS_TIGHT if is_right else wide
    left = wide if is_right else RADIUS_TIGHT
    path = QPainterPath()
    path.moveTo(box.left() + left, box.top())
    path.lineTo(box.right() - right, box.top())
    path.arcTo(box.right() - 2 * right, box.top(), 2 * right, 2 * right, 90, -90)
    path.lineTo(box.right(), box.bottom() - wide)
    path.arcTo(box.right() - 2 * wide, box.bottom() - 2 * wide, 2 * wide, 2 * wide, 0, -90)
    path.lineTo(box.left() + wide, box.bottom())
    path.arcTo(box.left(), box.bottom() - 2 * wide, 2 * wide, 2 * wide, 270, -90)
    path.lineTo(box.left(), box.top() + left)
    path.arcTo(box.left(), box.top(), 2 * left, 2 * left, 180, -90)
    path.closeSubpath()
    return path
