"""What is taken out of the conversation with the clipboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QClipboard, QGuiApplication

from app.conversation.line import Line
from app.ui.chat.delegate import ChatDelegate
from app.ui.chat.model import ChatModel


def selected_text(model: ChatModel, delegate: ChatDelegate) -> str:
    """Return the words selected with the mouse; those of several lines are signed."""
    selection = delegate.selection
    if selection is None:
        return ""
    pieces = []
    for line in model.lines_between(selection.first.number, selection.last.number):
        bubble = delegate.bubble(line)
        chosen = selection.range_in(line.number, bubble.end)
        if chosen is not None:
            pieces.append((line, bubble.words(*chosen)))
    return _signed(model, pieces)


def text_of(model: ChatModel, lines: Iterable[Line]) -> str:
    """Return whole lines as they were written; several are signed."""
    return _signed(model, [(line, line.text) for line in lines])


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def offer(text: str) -> None:
    """Let the middle button paste a text, where the system has that."""
    clipboard = QGuiApplication.clipboard()
    if text and clipboard.supportsSelection():
        clipboard.setText(text, QClipboard.Mode.Selection)


def _signed(model: ChatModel, pieces: list[tuple[Line, str]]) -> str:
    if len(pieces) == 1:
        return pieces[0][1]
    return "\n".join(f"{model.author_name(line)}: {words}" for line, words in pieces)
