"""The question before something is deleted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.ui.chat.confirm_bar import ConfirmBar
from tests.ui.chat.chat_parts import appearance


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[ConfirmBar]:
    bar = ConfirmBar(appearance())
    bar.resize(400, 80)
    yield bar
    bar.close()


def button(bar: ConfirmBar, text: str) -> QAbstractButton:
    return next(found for found in bar.findChildren(QAbstractButton) if found.text() == text)


def test_it_names_what_is_deleted_shortly(bar: ConfirmBar) -> None:
    bar.ask(7, "It  is\nnoon.")
    assert bar.isVisible()
    assert bar.question == "Delete “It is noon.” for good?"
    bar.ask(7, "word " * 50)
    assert len(bar.question) < 85
    assert bar.question.endswith("…” for good?")


def test_a_whole_conversation_is_another_question_and_another_answer(bar: ConfirmBar) -> None:
    lines: list[int] = []
    conversations: list[int] = []
    bar.confirmed.connect(lines.append)
    bar.conversation_confirmed.connect(conversations.append)
    bar.ask_about_conversation(7)
    assert bar.question == "Delete all of this conversation for good?"
    assert button(bar, "Delete").toolTip() == "Delete all of this conversation for good? (Enter)"
    QTest.mouseClick(button(bar, "Delete"), Qt.MouseButton.LeftButton)
    bar.ask(8, "It is one.")
    QTest.mouseClick(button(bar, "Delete"), Qt.MouseButton.LeftButton)
    assert (conversations, lines) == ([7], [8])


def test_yes_deletes_and_no_does_not(bar: ConfirmBar) -> None:
    confirmed: list[int] = []
    dismissed: list[bool] = []
    bar.confirmed.connect(confirmed.append)
    bar.dismissed.connect(lambda: dismissed.append(True))
    bar.ask(7, "It is noon.")
    QTest.mouseClick(button(bar, "Keep"), Qt.MouseButton.LeftButton)
    assert (confirmed, len(dismissed), bar.isVisible()) == ([], 1, False)
    bar.ask(7, "It is noon.")
    QTest.keyClick(button(bar, "Delete"), Qt.Key.Key_Escape)
    assert (confirmed, len(dismissed), bar.isVisible()) == ([], 2, False)
    bar.ask(8, "It is one.")
    QTest.mouseClick(button(bar, "Delete"), Qt.MouseButton.LeftButton)
    assert (confirmed, len(dismissed), bar.isVisible()) == ([8], 3, False)
