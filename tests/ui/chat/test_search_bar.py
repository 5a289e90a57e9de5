"""The bar to search with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.ui.chat.search_bar import SearchBar
from tests.ui.chat.chat_parts import appearance


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[SearchBar]:
    bar = SearchBar(appearance())
    bar.resize(400, 50)
    bar.open()
    bar.activateWindow()
    bar.line.setFocus()
    yield bar
    bar.close()


def test_words_are_told_as_they_are_written(bar: SearchBar) -> None:
    told: list[str] = []
    bar.searched.connect(told.append)
    QTest.keyClicks(bar.line, "a b")
    assert told == ["a", "a ", "a b"]
    assert bar.is_typing


def test_keys_and_buttons_go_from_place_to_place(bar: SearchBar) -> None:
    steps: list[int] = []
    bar.stepped.connect(steps.append)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    QTest.keyClick(bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bar.line, Qt.Key.Key_Up)
    QTest.keyClick(bar.line, Qt.Key.Key_Down)
    bar.show_count(2, 1)
    for name in ("Next older place", "Next newer place"):
        button = next(found for found in bar.findChildren(QAbstractButton) if found.accessibleName() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert steps == [1, -1, 1, -1, 1, -1]


@pytest.mark.parametrize(
    ("count", "at", "words"), [(None, 0, ""), (0, 0, "Not found"), (1, 1, "1 of 1"), (17, 3, "3 of 17")]
)
def test_it_says_how_many_there_are(bar: SearchBar, count: int | None, at: int, words: str) -> None:
    bar.show_count(count, at)
    assert bar.count_text == words
    usable = [button.isEnabled() for button in bar.findChildren(QAbstractButton)]
    assert usable == [bool(count), bool(count), True]


def test_esc_closes_it_from_anywhere_in_it_and_forgets_the_words(bar: SearchBar) -> None:
    told: list[str] = []
    closed: list[bool] = []
    bar.searched.connect(told.append)
    bar.closed.connect(lambda: closed.append(True))
    QTest.keyClicks(bar.line, "a")
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert (told, closed, bar.isVisible()) == (["a", ""], [True], False)
    bar.open()
    bar.show_count(2, 1)
    button = bar.findChildren(QAbstractButton)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert not bar.isVisible()
