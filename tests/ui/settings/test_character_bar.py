from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.conversation.state import Severity
from app.ui.appearance import Appearance
from app.ui.settings.character_bar import CharacterBar


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(window: QWidget, appearance: Appearance) -> CharacterBar:
    bar = CharacterBar(appearance, window)
    window.show()
    return bar


def test_a_failure_can_be_tried_again_or_dismissed(bar: CharacterBar) -> None:
    again: list[str] = []
    assert bar.text == ""
    bar.tell("It did not work.", Severity.ERROR, lambda: again.append("again"))
    assert (bar.text, bar.severity) == ("It did not work.", Severity.ERROR)
    assert (bar.action.text(), bar.dismissal.text()) == ("Try again", "Dismiss")
    bar.action.click()
    assert (again, bar.text) == (["again"], "")
    bar.tell("It did not work.", Severity.ERROR, lambda: again.append("again"))
    bar.dismissal.click()
    assert (again, bar.text) == (["again"], "")


def test_news_offers_nothing_to_do(bar: CharacterBar) -> None:
    bar.tell("It was written.", Severity.INFO)
    assert not bar.action.isVisible()
    assert bar.dismissal.isVisible()


def test_a_question_puts_the_keyboard_on_the_harmless_answer(bar: CharacterBar, window: QWidget) -> None:
    done: list[str] = []
    bar.ask("Delete it?", "Delete", lambda: done.append("deleted"))
    assert window.focusWidget() is bar.dismissal
    assert (bar.action.text(), bar.dismissal.text()) == ("Delete", "Keep")
    QTest.keyClick(bar.dismissal, Qt.Key.Key_Escape)
    assert (bar.text, done) == ("", [])
    bar.ask("Delete it?", "Delete", lambda: done.append("deleted"))
    bar.action.click()
    assert (bar.text, done) == ("", ["deleted"])
