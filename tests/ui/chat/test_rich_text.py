"""Markdown as documents: what it looks like, and that nothing reaches out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QTextDocument, QTextFormat, QTextListFormat
from pytestqt.qtbot import QtBot

from app.ui.chat.dress import PICTURE, Dress
from app.ui.chat.paragraph import is_code, list_of, words_between
from app.ui.chat.rich_text import document_of, plain_text

LINK = QColor("#24687a")


@pytest.fixture
def dress(qtbot: QtBot) -> Dress:
    font, code = QFont(), QFont("DejaVu Sans Mono")
    font.setPointSizeF(10)
    return Dress(font, code, LINK, QColor("#eeeeee"), QColor("#cccccc"), 16.0)


def formats(document: QTextDocument, words: str) -> QTextFormat:
    cursor = document.find(words)
    assert not cursor.isNull(), words
    return cursor.charFormat()


def test_html_is_shown_as_it_is_written(dress: Dress) -> None:
    text = "a <b>bold</b> move <script>alert(1)</script> *now*"
    document = document_of(text, dress, is_markdown=True)
    assert document.toPlainText() == "a <b>bold</b> move <script>alert(1)</script> now"
    assert not formats(document, "bold").toCharFormat().font().bold()


def test_pictures_become_their_description(dress: Dress, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(picture))
    text = f"see ![a cat]({picture}), ![](https://example.org/t.png) and ![dog](file://{picture})"
    document = document_of(text, dress, is_markdown=True)
    assert PICTURE not in document.toPlainText()
    assert document.toPlainText() == "see a cat,  and dog"
    assert not any(style.isImageFormat() for style in used_formats(document))
    assert formats(document, "a cat").toCharFormat().anchorHref() == str(picture)


def test_a_document_loads_nothing(dress: Dress, tmp_path: Path) -> None:
    page = tmp_path / "page.css"
    page.write_text("b { color: red }", encoding="utf-8")
    document = document_of("*a*", dress, is_markdown=True)
    for kind in QTextDocument.ResourceType:
        assert document.resource(kind.value, page.as_uri()) is None


def test_marks_become_looks(dress: Dress) -> None:
    text = "# Title\n\nSome **bold**, *slanted*, `code` and [a link](https://example.org).\n\n- one\n- two"
    document = document_of(text, dress, is_markdown=True)
    assert document.toPlainText() == "Title\nSome bold, slanted, code and a link.\none\ntwo"
    assert formats(document, "bold").toCharFormat().font().bold()
    assert formats(document, "slanted").toCharFormat().font().italic()
    assert formats(document, "code").toCharFormat().font().family() == "DejaVu Sans Mono"
    link = formats(document, "a link").toCharFormat()
    assert (link.anchorHref(), link.foreground().color()) == ("https://example.org", LINK)
    title = formats(document, "Title").toCharFormat()
    assert 10 < title.font().pointSizeF() < 14
    assert not title.hasProperty(QTextFormat.Property.FontSizeAdjustment)
    items = list_of(document.lastBlock())
    assert items is not None
    assert items.format().style() is QTextListFormat.Style.ListStyleUndefined


def test_code_keeps_its_lines_and_is_broken_where_it_is_too_wide(dress: Dress) -> None:
    document = document_of("```python\ndef f():\n\n    return 1\n```", dress, is_markdown=True)
    assert document.toPlainText() == "def f():\n\n    return 1"
    block = document.begin()
    assert is_code(block)
    assert not block.blockFormat().nonBreakableLines()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("roses are red\n*violets* are blue", "roses are red\u2028violets are blue"),
        ("one\n\n*two*", "one\ntwo"),
        ("```\na\nb\n```\nafter\n*it*", "a\nb\nafter\u2028it"),
        ("- a\n  b\n- *c*", "a\u2028b\nc"),
    ],
)
def test_line_feeds_are_kept(dress: Dress, text: str, shown: str) -> None:
    document = document_of(text, dress, is_markdown=True)
    assert document.toRawText().replace("\u2029", "\n") == shown


def test_the_person_s_words_are_not_markdown(dress: Dress) -> None:
    text = "2 * 3 * 4 = <24>\n# not a title"
    assert document_of(text, dress, is_markdown=False).toPlainText() == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is noon.", "It is noon."),
        ("It is **noon**, `now`.", "It is noon, now."),
        ("- a\n- b\n  - c", "• a\n• b\n  • c"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("- [ ] a\n- [x] b", "☐ a\n☑ b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a\tb\n1\t2"),
        ("![a cat](https://example.org/cat.png)", "a cat"),
        ("<i>x</i> &amp; *y*", "<i>x</i> & y"),
        ("> said", "said"),
        ("a *b*\n\n---\n\nc", "a b\n\nc"),
    ],
)
def test_the_words_alone(text: str, words: str) -> None:
    assert plain_text(text) == words


def test_words_between_two_positions_have_their_bullets(dress: Dress) -> None:
    document = document_of("see:\n\n- one\n- two 🦆 ducks", dress, is_markdown=True)
    text = document.toPlainText()
    first, last = text.index("ne"), text.index("ducks")
    assert words_between(document, first, last + 1) == "ne\n• two 🦆 "
    assert words_between(document, 0, document.characterCount() - 1) == "see:\n• one\n• two 🦆 ducks"


def used_formats(document: QTextDocument) -> list[QTextFormat]:
    found: list[QTextFormat] = []
    block = document.begin()
    while block.isValid():
        run = block.begin()
        while not run.atEnd():
            found.append(run.fragment().charFormat())
            run += 1
        block = block.next()
    return found
