"""What documents are set in: spaces, sizes and colours in the place of those of Qt's Markdown importer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from app.ui.chat.paragraph import QUOTE, RULE, is_bulleted, is_code, is_gap, is_in_table, is_quote, list_of

_LEADING_PERCENT = 112.0
_HEADINGS = {1: 1.3, 2: 1.18}
"""Size of a heading by its level, of the text's; the deeper ones are bold alone."""

CODE_PAD = 0.35
"""Space between code and the edge of its ground, of a line's height."""

_GAP = 0.4
"""Space between two paragraphs, of a line's height."""

_GAP_OF_ITEMS = 0.14
"""The same between two items of a list."""

PICTURE = "\ufffc"
"""Stands for a picture in the text of a document."""

_TRAILING_RULE = QTextFormat.Property.BlockTrailingHorizontalRulerWidth
_SPECIFIED_ONLY = QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly


@dataclass(frozen=True, slots=True)
class Dress:
    """What documents are set in.

    Attributes:
        font: The text.
        code_font: Code.
        link: Ink of links.
        code_ground: Ground of code within a sentence.
        border: Lines of tables.
        em: Height of a line of text in logical pixels.
    """

    font: QFont
    code_font: QFont
    link: QColor
    code_ground: QColor
    border: QColor
    em: float


def clothe(document: QTextDocument, dress: Dress) -> None:
    """Replace the importer's ideas of spaces, sizes and colours by those of `dress`."""
    link = QTextCharFormat()
    link.setForeground(dress.link)
    link.setFontUnderline(True)
    describe_pictures(document, link)
    has_runs = any(
        style.isCharFormat() and (style.toCharFormat().isAnchor() or style.toCharFormat().fontFixedPitch())
        for style in document.allFormats()
    )
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    lists: dict[int, QTextList] = {}
    block = document.begin()
    is_first = True
    while block.isValid():
        _clothe_block(cursor, block, dress, is_first=is_first)
        if has_runs:
            _clothe_runs(cursor, block, dress, link)
        if (items := list_of(block)) is not None:
            lists[items.objectIndex()] = items
        block, is_first = block.next(), False
    cursor.endEditBlock()
    for items in lists.values():
        if is_bulleted(items.item(0)):
            bare = QTextListFormat(items.format())
            bare.setStyle(QTextListFormat.Style.ListStyleUndefined)  # the bubble draws better bullets
            items.setFormat(bare)
    if is_code(document.begin()) or is_code(document.lastBlock()):
        _make_room_for_code(document, dress)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            frame.setFormat(_table_format(frame.format(), dress))


def _make_room_for_code(document: QTextDocument, dress: Dress) -> None:
    """Keep the ground of code off the edge: Qt leaves out the margins of the first and the last paragraph."""
    root = document.rootFrame()
    style = root.frameFormat()
    leading = _LEADING_PERCENT / 100 - 1  # is below the last line already
    style.setTopMargin(dress.em * CODE_PAD if is_code(document.begin()) else 0)
    style.setBottomMargin(dress.em * (CODE_PAD - leading) if is_code(document.lastBlock()) else 0)
    root.setFrameFormat(style)


def _clothe_runs(cursor: QTextCursor, block: QTextBlock, dress: Dress, link: QTextCharFormat) -> None:
    """Give links and code within a paragraph their looks."""
    for start, length, style in _fragments(block):
        if style.isAnchor():
            _merge(cursor, start, length, link)
        elif style.fontFixedPitch() and not is_code(block):
            code = QTextCharFormat()
            code.setFont(dress.code_font, _SPECIFIED_ONLY)
            code.setBackground(dress.code_ground)
            _merge(cursor, start, length, code)


def _clothe_block(cursor: QTextCursor, block: QTextBlock, dress: Dress, *, is_first: bool) -> None:
    style, change = block.blockFormat(), QTextBlockFormat()
    change.setLineHeight(_LEADING_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if is_code(block):
        _clothe_code(cursor, block, dress, change, is_first=is_first)
    else:
        is_next_item = list_of(block) is not None and list_of(block.previous()) is not None
        gap = dress.em * (_GAP_OF_ITEMS if is_next_item else _GAP)
        change.setTopMargin(0 if is_first or is_in_table(block) else gap)
        change.setBottomMargin(0)
        if is_quote(block):
            change.setLeftMargin(dress.em * 0.7 * int(style.property(QUOTE)))
        if style.headingLevel():
            _clothe_head(cursor, block, dress.font.pointSizeF() * _HEADINGS.get(style.headingLevel(), 1.06))
    cursor.setPosition(block.position())
    if is_gap(block):
        _flatten(cursor, change)
    if style.hasProperty(_TRAILING_RULE):  # Qt would draw it as wide as the room, not as the bubble
        bare = QTextBlockFormat(style)
        bare.clearProperty(_TRAILING_RULE)
        bare.setProperty(RULE, True)
        cursor.setBlockFormat(bare)
    cursor.mergeBlockFormat(change)


def _clothe_code(
    cursor: QTextCursor, block: QTextBlock, dress: Dress, change: QTextBlockFormat, *, is_first: bool
) -> None:
    pad, gap = dress.em * 0.5, dress.em * _GAP
    change.setNonBreakableLines(False)
    change.setLeftMargin(pad)
    change.setRightMargin(pad)
    change.setTopMargin(0 if is_code(block.previous()) else pad + (0 if is_first else gap))
    change.setBottomMargin(0 if is_code(block.next()) else pad + gap)
    code = QTextCharFormat()
    code.setFont(dress.code_font, _SPECIFIED_ONLY)
    _merge(cursor, block.position(), block.length() - 1, code)
    cursor.setBlockCharFormat(code)


def _clothe_head(cursor: QTextCursor, block: QTextBlock, points: float) -> None:
    """Set a heading's size; the importer's own, which is relative, would win where it stays."""
    for start, length, style in _fragments(block):
        head = QTextCharFormat(style)
        head.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        head.setFontPointSize(points)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(head)


def _flatten(cursor: QTextCursor, change: QTextBlockFormat) -> None:
    """Take the height from a paragraph that is only there because Qt needs one beside a table."""
    change.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    change.setTopMargin(0)
    small = QTextCharFormat()
    small.setFontPointSize(1)
    cursor.setBlockCharFormat(small)


def _table_format(old: QTextFrameFormat, dress: Dress) -> QTextTableFormat:
    style = QTextTableFormat(old.toTableFormat())
    style.setBorder(1)
    style.setBorderBrush(dress.border)
    style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    style.setBorderCollapse(True)
    style.setCellSpacing(0)
    style.setCellPadding(dress.em * 0.25)
    style.setTopMargin(dress.em * 0.4)
    style.setBottomMargin(dress.em * 0.2)
    return style


def spread(document: QTextDocument) -> None:
    """Give the lines of plain text the leading of all others."""
    change = QTextBlockFormat()
    change.setLineHeight(_LEADING_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(change)


def describe_pictures(document: QTextDocument, link: QTextCharFormat) -> None:
    """Put a picture's description, linked to its address, in the place of each."""
    pictures = []
    block = document.begin()
    while block.isValid():
        if PICTURE in block.text():
            pictures += [found for found in _fragments(block) if found[2].isImageFormat()]
        block = block.next()
    cursor = QTextCursor(document)
    for start, length, style in reversed(pictures):
        address = style.toImageFormat().name()
        words = str(style.property(QTextFormat.Property.ImageAltText) or "") or address or PICTURE
        plain = QTextCharFormat(link)
        plain.setAnchor(True)
        plain.setAnchorHref(address)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words, plain)


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Return position, length and format of each run of a paragraph."""
    found = []
    run = block.begin()
    while not run.atEnd():
        fragment = run.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        run += 1
    return found


def _merge(cursor: QTextCursor, start: int, length: int, style: QTextCharFormat) -> None:
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(style)
