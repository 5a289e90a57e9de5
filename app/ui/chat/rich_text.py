"""From a line's Markdown to a document that can be laid out, and to the words alone.

Nothing in a text can reach out of it: HTML is shown as it is written, and pictures, wherever they are said to
be, become their description.
"""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCharFormat, QTextDocument, QTextOption

from app.ui.chat.dress import Dress, clothe, describe_pictures, spread
from app.ui.chat.markdown_source import has_marks, with_breaks
from app.ui.chat.paragraph import words_between

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


def document_of(text: str, dress: Dress, *, is_markdown: bool) -> QTextDocument:
    """Return `text` as a document; every paragraph runs in the direction of its own script."""
    document = _Document()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(dress.font)
    document.setIndentWidth(dress.em)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    document.setDefaultTextOption(option)
    if is_markdown and has_marks(text):
        document.setMarkdown(with_breaks(text), _DIALECT)
        clothe(document, dress)
    else:
        document.setPlainText(text)
        spread(document)
    return document


@lru_cache(maxsize=512)
def plain_text(text: str) -> str:
    """Return the words of a Markdown text as they are read aloud or pasted: no marks, bullets for lists."""
    if not has_marks(text):
        return text
    document = _Document()
    document.setMarkdown(with_breaks(text), _DIALECT)
    describe_pictures(document, QTextCharFormat())
    return words_between(document, 0, document.characterCount() - 1)


class _Document(QTextDocument):
    """A document that never loads anything."""

    def loadResource(self, _kind: int, _address: QUrl | str) -> object:
        return None
