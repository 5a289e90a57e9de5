"""The words of one line, broken to fit into a bubble: laid out once, painted often."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)

from app.ui.chat.dress import CODE_PAD, Dress
from app.ui.chat.ink import Ink
from app.ui.chat.marks import Marks, Range
from app.ui.chat.paragraph import is_bulleted, is_code, is_quote, is_rule, tick_of, words_between
from app.ui.chat.rich_text import document_of
from app.ui.theme import Tone

_CARET_WIDTH = 9.0
_CODE_RADIUS = 6.0
_QUOTE_BAR = 3.0
_BULLET_RADIUS = 0.155
_TICK_BOX = 0.62
"""Of the height of a line."""


class Bubble:
    """Text laid out within a room.

    Args:
        text: The words.
        dress: What they are set in.
        room: Widest a line may get, in logical pixels.
        is_markdown: They may have lists, links and code; otherwise they are shown as they are.
        has_caret: A block follows the last word: more is coming.
    """

    def __init__(
        self, text: str, dress: Dress, room: float, *, is_markdown: bool = False, has_caret: bool = False
    ) -> None:
        self.text = text
        self._dress = dress
        self._has_caret = has_caret
        self._is_markdown = is_markdown
        self._room = 0.0
        self.size = QSizeF()
        self._code_boxes: list[QRectF] = []
        self._quote_bars: list[QRectF] = []
        self._bullets: list[tuple[int, QPointF, bool | None]] = []
        self._rules: list[QRectF] = []
        self._found: tuple[str, list[Range]] = ("", [])
        self._document = document_of(text, dress, is_markdown=is_markdown)
        self.fit(room)

    def is_of(self, text: str, dress: Dress, *, is_markdown: bool, has_caret: bool) -> bool:
        """Return whether these are its words; it may have to be fitted into another room."""
        wanted = (text, is_markdown, has_caret)
        return wanted == (self.text, self._is_markdown, self._has_caret) and dress is self._dress

    def fit(self, room: float) -> None:
        """Break the lines for another room, if that changes anything."""
        if room == self._room or (self._room and self._is_one_line and self.size.width() <= room):
            return
        self._room = room
        caret = _CARET_WIDTH if self._has_caret else 0.0
        self._document.setTextWidth(max(room - caret, 1.0))
        width = math.ceil(min(self._document.idealWidth(), room - caret))
        if self._is_right_to_left:
            self._document.setTextWidth(width)  # such lines begin at the right, which is here now
        self.size = QSizeF(width + caret, math.ceil(self._document.size().height()))
        if self._is_markdown:
            self._place_boxes(self.size.width())

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self._document.characterCount() - 1

    def position_at(self, point: QPointF) -> int:
        """Return the position nearest to a point, seen from the upper left corner."""
        return self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)

    def link_at(self, point: QPointF) -> str:
        """Return the address of the link at a point; empty where there is none."""
        return self._document.documentLayout().anchorAt(point)

    def links(self) -> list[str]:
        """Return the addresses of all links, each once."""
        found = []
        for style in self._document.allFormats():
            address = style.toCharFormat().anchorHref() if style.isCharFormat() else ""
            if address and address not in found:
                found.append(address)
        return found

    def word_at(self, position: int) -> Range:
        """Return where the word at a position begins and ends."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(position, self.end))
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        return cursor.selectionStart(), cursor.selectionEnd()

    def words(self, start: int, end: int) -> str:
        """Return what is written between two positions."""
        return words_between(self._document, start, min(end, self.end))

    def matches(self, searched: str) -> list[Range]:
        """Return where the words that are searched for stand, in either case."""
        if self._found[0] != searched:
            found = []
            for part in searched.split():
                cursor = QTextCursor(self._document)
                while not (cursor := self._document.find(part, cursor)).isNull():
                    found.append((cursor.selectionStart(), cursor.selectionEnd()))
            self._found = searched, found
        return self._found[1]

    def heard_until(self, heard: float) -> int:
        """Return the end of the word that was heard last."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(round(self.end * heard), self.end))
        if heard > 0:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfWord)
        return cursor.position()

    def paint(self, painter: QPainter, origin: QPointF, ink: Ink, marks: Marks, clip: QRectF) -> None:
        """Draw the words with their upper left corner at `origin`, as far as they are within `clip`."""
        painter.save()
        painter.translate(origin)
        self._paint_boxes(painter, ink, marks)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, ink.text)
        context.clip = clip.translated(-origin)
        context.selections = self._selections(ink, marks)
        self._document.documentLayout().draw(painter, context)
        if self._has_caret:
            painter.fillRect(self._caret_box(), ink.link)
        painter.restore()

    def _selections(self, ink: Ink, marks: Marks) -> list[QAbstractTextDocumentLayout.Selection]:
        found = []
        if marks.heard is not None:
            rest = QTextCharFormat()
            rest.setForeground(ink.unheard)
            rest.setFontStrikeOut(marks.is_cut)
            found.append(self._selection((self.heard_until(marks.heard), self.end), rest))
        tone = ink.current_match if marks.is_current else ink.match
        found += [self._selection(match, _on(tone)) for match in self.matches(marks.searched)]
        if marks.selected is not None:
            found.append(self._selection(marks.selected, _on(ink.selection)))
        return found

    def _selection(self, marked: Range, style: QTextCharFormat) -> QAbstractTextDocumentLayout.Selection:
        selection = QAbstractTextDocumentLayout.Selection()
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(marked[0], self.end))
        cursor.setPosition(min(marked[1], self.end), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, style
        return selection

    def _paint_boxes(self, painter: QPainter, ink: Ink, marks: Marks) -> None:
        """Draw the grounds of code, bars beside quotations, lines across the text, bullets of lists."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.code_ground)
        for box in self._code_boxes:
            painter.drawRoundedRect(box, _CODE_RADIUS, _CODE_RADIUS)
        painter.setBrush(ink.unheard)
        for box in self._quote_bars:
            painter.drawRoundedRect(box, _QUOTE_BAR / 2, _QUOTE_BAR / 2)
        heard = self.end if marks.heard is None else self.heard_until(marks.heard)
        for box in self._rules:
            painter.fillRect(box, self._dress.border)
        for position, middle, is_ticked in self._bullets:
            self._paint_bullet(
                painter, middle, ink.text if position < heard else ink.unheard, is_ticked=is_ticked
            )

    def _paint_bullet(
        self, painter: QPainter, middle: QPointF, ink: QColor, *, is_ticked: bool | None
    ) -> None:
        """Draw a disc, or the box of an item that can be ticked."""
        em = self._dress.em
        if is_ticked is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(middle, em * _BULLET_RADIUS, em * _BULLET_RADIUS)
            return
        half = em * _TICK_BOX / 2
        painter.setPen(QPen(ink, em * 0.08, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half), 2, 2)
        if is_ticked:
            tick = [QPointF(-0.5, 0.05), QPointF(-0.12, 0.42), QPointF(0.55, -0.42)]
            painter.drawPolyline([middle + point * half for point in tick])

    def _place_boxes(self, width: float) -> None:
        """Find out where the grounds of code, bars, lines and bullets lie."""
        self._code_boxes, self._quote_bars, self._bullets, self._rules = [], [], [], []
        pad = self._dress.em * CODE_PAD
        block = self._document.begin()
        while block.isValid():
            box = self._box(block)
            if is_code(block):
                ground = QRectF(0, box.top() - pad, width, box.height() + 2 * pad)
                _add(self._code_boxes, ground, is_next=is_code(block.previous()))
            elif is_quote(block):
                bar = QRectF(0, box.top(), _QUOTE_BAR, box.height())
                _add(self._quote_bars, bar, is_next=is_quote(block.previous()))
            elif is_rule(block):
                self._rules.append(QRectF(0, box.center().y(), width, 1))
            elif is_bulleted(block):
                self._bullets.append((block.position(), self._bullet(block), tick_of(block)))
            block = block.next()

    def _bullet(self, block: QTextBlock) -> QPointF:
        """Return the middle of a bullet: beside the first line, on the side where it begins."""
        origin, line = block.layout().position(), block.layout().lineAt(0)
        gap = self._dress.em * (0.5 if tick_of(block) is None else 0.58)
        is_left = block.textDirection() == Qt.LayoutDirection.LeftToRight
        x = line.x() - gap if is_left else line.x() + line.width() + gap
        return origin + QPointF(x, line.y() + line.height() - line.descent() - self._dress.em * 0.26)

    def _box(self, block: QTextBlock) -> QRectF:
        return self._document.documentLayout().blockBoundingRect(block)

    @property
    def _is_one_line(self) -> bool:
        return self._document.blockCount() == 1 and self._document.firstBlock().layout().lineCount() == 1

    @property
    def _is_right_to_left(self) -> bool:
        block = self._document.begin()
        while block.isValid():
            if block.text().isascii():
                block = block.next()
                continue
            if block.textDirection() == Qt.LayoutDirection.RightToLeft:
                return True
            block = block.next()
        return False

    def _caret_box(self) -> QRectF:
        block = self._document.lastBlock()
        box, layout = self._box(block), block.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        is_left = block.textDirection() == Qt.LayoutDirection.RightToLeft
        x = line.x() + (-_CARET_WIDTH if is_left else line.naturalTextWidth() + 3)
        height = line.ascent() + line.descent()
        return QRectF(
            layout.position().x() + x, box.top() + line.y() + height * 0.15, _CARET_WIDTH - 3, height * 0.7
        )


def _on(tone: Tone) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(tone.text)
    style.setBackground(tone.ground)
    return style


def _add(boxes: list[QRectF], box: QRectF, *, is_next: bool) -> None:
    """Add a box, or make the last one longer."""
    if is_next and boxes:
        boxes[-1] = boxes[-1].united(box)
    else:
        boxes.append(box)
