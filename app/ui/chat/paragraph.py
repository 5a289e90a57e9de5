"""The paragraphs of a document: what kind they are, and what is written in them."""

from __future__ import annotations

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from app.ui.chat.markdown_source import LINE_FEED

_CODE = QTextFormat.Property.BlockCodeFence
_LANGUAGE = QTextFormat.Property.BlockCodeLanguage
QUOTE = QTextFormat.Property.BlockQuoteLevel
"""How deep a paragraph is quoted."""

RULE = QTextFormat.Property.UserProperty.value + 1
"""Set where a paragraph is a line across the text."""


def words_between(document: QTextDocument, start: int, end: int) -> str:
    """Return the words from one position of a document to another.

    Lists have their bullets, the cells of a row of a table are divided by tabs.
    """
    cursor = QTextCursor(document)
    found = ""
    row: tuple[int, int] | None = None
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        if not is_gap(block):
            first, last = max(start, block.position()), min(end, block.position() + block.length() - 1)
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            last_row, row = row, _row_of(block)
            if block.position() > start and found:
                found += "\t" if row is not None and row == last_row else "\n"
            found += _bullet(block) if first == block.position() else ""
            found += cursor.selectedText().replace(LINE_FEED, "\n")
        block = block.next()
    return found


def is_gap(block: QTextBlock) -> bool:
    """Return whether a paragraph is only there because Qt needs one beside a table."""
    if block.text() or is_in_table(block) or is_rule(block):
        return False
    return any(near.isValid() and is_in_table(near) for near in (block.previous(), block.next()))


def list_of(block: QTextBlock) -> QTextList | None:
    """Return the list a paragraph is an item of; PySide's stubs forget that it may be none."""
    return block.textList()


def is_code(block: QTextBlock) -> bool:
    """Return whether a paragraph is a line of a code block."""
    style = block.blockFormat()
    return style.hasProperty(_CODE) or style.hasProperty(_LANGUAGE)


def is_quote(block: QTextBlock) -> bool:
    """Return whether a paragraph is quoted."""
    return block.blockFormat().hasProperty(QUOTE)


def is_rule(block: QTextBlock) -> bool:
    """Return whether a paragraph is a line across the text."""
    return block.blockFormat().hasProperty(RULE)


def is_bulleted(block: QTextBlock) -> bool:
    """Return whether a paragraph is an item of a list without numbers."""
    items = list_of(block)
    return items is not None and not is_numbered(items)


def tick_of(block: QTextBlock) -> bool | None:
    """Return whether an item that can be ticked is; None for any other."""
    marker = block.blockFormat().marker()
    if marker is QTextBlockFormat.MarkerType.NoMarker:
        return None
    return marker is QTextBlockFormat.MarkerType.Checked


def is_numbered(items: QTextList) -> bool:
    """Return whether the items of a list have numbers or letters."""
    return items.format().style() in {
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    }


def is_in_table(block: QTextBlock) -> bool:
    """Return whether a paragraph is in a cell."""
    # PySide's stubs forget that it may be none.
    return bool(QTextCursor(block).currentTable())


def _row_of(block: QTextBlock) -> tuple[int, int] | None:
    """Return which table and which row of it a paragraph is in."""
    if not is_in_table(block):
        return None
    table = QTextCursor(block).currentTable()
    return table.firstPosition(), table.cellAt(block.position()).row()


def _bullet(block: QTextBlock) -> str:
    items = list_of(block)
    if items is None:
        return ""
    if (is_ticked := tick_of(block)) is not None:
        return "☑ " if is_ticked else "☐ "
    inset = "  " * (items.format().indent() - 1)
    return f"{inset}{items.itemText(block) if is_numbered(items) else '•'} "
