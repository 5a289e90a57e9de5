"""Text broken to fit into a bubble."""

from __future__ import annotations

from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from app.ui.bubble import Bubble

WORDS = "one two three four five six seven eight nine ten eleven twelve"


def test_long_text_is_wrapped_and_never_wider_than_its_room(qtbot: QtBot) -> None:
    wide, narrow = Bubble(WORDS, QFont(), 2000), Bubble(WORDS, QFont(), 120)
    assert narrow.size.width() <= 121
    assert narrow.size.height() >= 3 * wide.size.height()


def test_a_word_without_end_is_broken(qtbot: QtBot) -> None:
    assert Bubble("w" * 500, QFont(), 120).size.width() <= 121


def test_line_feeds_are_kept(qtbot: QtBot) -> None:
    assert Bubble("a\nb\nc", QFont(), 500).size.height() > 2.5 * Bubble("a", QFont(), 500).size.height()


def test_a_caret_has_room(qtbot: QtBot) -> None:
    for room in range(60, 300, 7):
        assert Bubble(WORDS, QFont(), room, has_caret=True).size.width() <= room + 1


def test_a_layout_is_kept_while_it_fits(qtbot: QtBot) -> None:
    font = QFont()
    short, long = Bubble("hello", font, 300), Bubble(WORDS, font, 100)
    assert short.is_for("hello", font, 900, has_caret=False)
    assert not short.is_for("hello!", font, 300, has_caret=False)
    assert not short.is_for("hello", font, 300, has_caret=True)
    assert long.is_for(WORDS, font, 100, has_caret=False)
    assert not long.is_for(WORDS, font, 140, has_caret=False)
