"""What the tests of the conversation view share: lines, and a shown list of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from app.conversation.line import Author, Line
from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.chat.list import ChatList
from app.ui.chat.row import Row
from app.ui.face import Face

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def person(number: int, text: str, **more: Any) -> Line:
    more = {"is_final": True, "time": START + timedelta(minutes=number % 1_000_000), **more}
    return Line(number, Author.PERSON, text, **more)


def character(number: int, text: str, **more: Any) -> Line:
    more = {
        "is_final": True,
        "time": START + timedelta(minutes=number % 1_000_000),
        "message_id": f"m{number}",
        **more,
    }
    return Line(number, Author.CHARACTER, text, **more)


def state_of(*lines: Line) -> State:
    return State(link=Link.READY, lines=lines)


def appearance(scale: float = 1.0) -> Appearance:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Appearance(app, scale)


@contextmanager
def shown_list(*lines: Line, width: int = 460, height: int = 600, scale: float = 1.0) -> Iterator[ChatList]:
    """Show a list of lines in a window of its own."""
    chat = ChatList(appearance(scale), Face())
    chat.resize(width, height)
    chat.show()
    chat.activateWindow()
    chat.show_state(state_of(*lines))
    chat.executeDelayedItemsLayout()
    QApplication.processEvents()
    chat.clearFocus()
    try:
        yield chat
    finally:
        chat.close()
        chat.deleteLater()


def row_of(chat: ChatList, number: int) -> tuple[Row, QPoint]:
    """Return a row and where it is in the viewport."""
    at = next(row for row in range(len(chat.texts())) if chat.delegate.row(row).line.number == number)
    return chat.delegate.row(at), chat.visualRect(chat.model().index(at, 0)).topLeft()


def point_at(chat: ChatList, number: int, words: str, *, is_end: bool = False) -> QPoint:
    """Return the place in the viewport where words of a line begin, or end."""
    row, origin = row_of(chat, number)
    found = row.words._document.find(words)
    assert not found.isNull(), words
    position = found.selectionEnd() if is_end else found.selectionStart()
    block = found.document().findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    x = float(line.cursorToX(position - block.position())[0])  # type: ignore[index]
    inner = block.layout().position() + line.position()
    inner.setX(block.layout().position().x() + x)
    inner.setY(inner.y() + line.height() / 2)
    return origin + (row.text_origin + inner).toPoint()
