"""Where the parts of a row lie: a day above it, portrait, name, bubble, and what is said below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize

from app.conversation.line import Author, Line
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_M, GAP_S, GAP_XS, RADIUS

if TYPE_CHECKING:
    from app.ui.chat.bubble import Bubble

PAD_X = 14
PAD_Y = 9
"""Space between the words and the edge of their bubble, in logical pixels."""

_PART_OF_COLUMN = 0.8
"""Widest a bubble gets, of the column."""

_PART_OF_NARROW_COLUMN = 0.94
"""The same where the text is large for the window."""

_NARROW = 15
"""Lines of text a column is high on its side that has no room to spare, portraits included."""

_PORTRAIT = 1.55
"""Height of the portrait, and of the button beside a bubble, in lines of text."""

_LEAST_ROOM = 40.0


@dataclass(frozen=True, slots=True)
class Place:
    """What decides how a row looks, besides its line.

    Attributes:
        width: The view's, in logical pixels.
        em: Height of a line of text.
        small: Height of a line of small text.
        is_mirrored: The whole window runs from right to left.
        is_grouped: The row continues the one above.
        begins_day: It is the first of its day.
        is_last: Nothing follows.
        spacing: Factor on the spaces above and in a row: below 1 where the person likes things dense.
    """

    width: int
    em: float
    small: float
    is_mirrored: bool
    is_grouped: bool
    begins_day: bool
    is_last: bool
    spacing: float = 1.0

    @property
    def pad_y(self) -> float:
        """Space above and below the words in a bubble."""
        return round(PAD_Y * self.spacing)

    def gap(self, pixels: float) -> float:
        """Return a space between things."""
        return round(pixels * self.spacing)

    @property
    def column(self) -> float:
        """Width of what is written in."""
        return float(min(self.width - 2 * GAP_L, COLUMN_WIDTH))

    @property
    def is_narrow(self) -> bool:
        """Whether the text is large for the window."""
        return self.column < _NARROW * self.em

    @property
    def gutter(self) -> float:
        """Width of the margin the portraits stand in."""
        return 0.0 if self.is_narrow else round(self.em * _PORTRAIT) + GAP_S

    def room(self, author: Author) -> float:
        """Return the widest a line of text may get."""
        widest = self.column * (_PART_OF_NARROW_COLUMN if self.is_narrow else _PART_OF_COLUMN)
        if author is Author.CHARACTER:
            widest = min(widest, self.column - self.gutter)
        return float(max(round(widest) - 2 * PAD_X, _LEAST_ROOM))


@dataclass(frozen=True, slots=True)
class Row:
    """A measured row; its parts are placed relative to its upper left corner, None for those it has not.

    Attributes:
        line: What it was measured for.
        place: See there.
        words: Its text.
        day: Where the day stands.
        portrait: The character's.
        label: Name and time.
        bubble: The ground of the words.
        replay: A button that plays the voice again.
        footer: What is said below.
        size: Of all of it.
    """

    line: Line
    place: Place
    words: Bubble
    day: QRectF | None
    portrait: QRectF | None
    label: QRectF | None
    bubble: QRectF
    replay: QRectF | None
    footer: QRectF | None
    size: QSize

    @property
    def text_origin(self) -> QPointF:
        """The upper left corner of the words."""
        return self.bubble.topLeft() + QPointF(PAD_X, self.place.pad_y)

    @property
    def is_on_the_right(self) -> bool:
        """Whether the bubble keeps to the right."""
        return (self.line.author is Author.PERSON) is not self.place.is_mirrored


def measured(line: Line, place: Place, words: Bubble) -> Row:
    """Return a row with all its parts in their places."""
    left, column = (place.width - place.column) / 2, place.column
    is_character = line.author is Author.CHARACTER
    gutter = place.gutter if is_character else 0.0
    y = place.gap(GAP_XS if place.is_grouped else GAP_M)
    day = portrait = label = replay = footer = None
    if place.begins_day:
        day = QRectF(left, y, column, place.small + GAP_S)
        y = day.bottom() + place.gap(GAP_S)
    if not place.is_grouped:
        if gutter:
            portrait = QRectF(left, y, gutter - GAP_S, gutter - GAP_S)
        label = QRectF(left + gutter, y, column - gutter, place.small)
        y = label.bottom() + GAP_XS
    width = max(words.size.width() + 2 * PAD_X, 2.0 * RADIUS)
    x = left + gutter if is_character else left + column - width
    bubble = QRectF(x, y, width, words.size.height() + 2 * place.pad_y)
    y = bubble.bottom()
    if is_character and line.message_id and line.is_final:
        side = round(place.em * _PORTRAIT)
        replay = QRectF(bubble.right() + GAP_XS, bubble.bottom() - side, side, side)
        replay.moveRight(min(replay.right(), place.width - 1.0))
    if line.is_interrupted:
        footer = QRectF(left + gutter, y + 3, column - gutter, place.small)
        y = footer.bottom()
    size = QSize(place.width, round(y + place.gap(GAP_XS) + (GAP_S if place.is_last else 0)))
    parts = (day, portrait, label, bubble, replay, footer)
    if place.is_mirrored:
        for part in parts:
            if part is not None:
                part.moveLeft(place.width - part.right())
    return Row(line, place, words, day, portrait, label, bubble, replay, footer, size)
