"""What of a text is Markdown, and which of its line feeds are kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from app.ui.chat.markdown_source import LINE_FEED, has_marks, with_breaks

DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


@pytest.mark.parametrize(
    "text",
    [
        "**a**",
        "_a_",
        "`a`",
        "# a",
        "- a",
        "+ a",
        "1. a",
        "1) a",
        "> a",
        "a | b",
        "[a](b)",
        "www.a.org",
        "a\n---",
        "~~a~~",
        "me@example.org",
    ],
)
def test_marks_are_seen(text: str) -> None:
    assert has_marks(text)


@pytest.mark.parametrize("text", ["It is noon.", "3 - 2 = 1", "well-known, 10.5 (or so)", "a\nb", "🦆 שלום"])
def test_plain_words_have_none(text: str) -> None:
    assert not has_marks(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab1 .,-+=!()'\":/@^{}$%\n"), max_size=30))
def test_what_has_no_marks_is_the_same_as_markdown(text: str) -> None:
    """The quicker way for plain text must not lose anything that Markdown would show."""
    words = "\n".join(line.strip() for line in text.strip().split("\n") if line.strip())
    if has_marks(text) or re.search(r"^ *(?:[-+]|\d+[.)]) *$", text, re.MULTILINE):
        return  # the mark of an item without any words is better shown than not
    document = QTextDocument()
    document.setMarkdown(with_breaks(text), DIALECT)
    shown = document.toPlainText().replace("\xa0", " ")
    assert " ".join(shown.split()) == " ".join(words.split())


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("one line", "one line"),
        ("a\nb", f"a{LINE_FEED}b"),
        ("a\n\nb", "a\n\nb"),
        ("a\n- b\n- c", "a\n- b\n- c"),
        ("- a\n  b", f"- a{LINE_FEED}b"),
        ("# a\nb", "# a\nb"),
        ("> a\n> b", "> a\n> b"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("a\n---\nb", "a\n---\nb"),
        ("```\na\nb\n```\nc\nd", f"```\na\nb\n```\nc{LINE_FEED}d"),
        ("````\n```\na\n````\nb", "````\n```\na\n````\nb"),
        ("    a\n    b", "    a\n    b"),
    ],
)
def test_line_feeds_are_kept_within_paragraphs_alone(text: str, source: str) -> None:
    assert with_breaks(text) == source
