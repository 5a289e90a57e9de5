"""Deleting all conversations takes two clicks, and the second stands where nobody clicks by habit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.settings.erase_row import EraseRow

LEFT = Qt.MouseButton.LeftButton


def shown(row: EraseRow) -> tuple[bool, bool, bool]:
    buttons = row.ask, row.question.answered, row.question.refused
    return buttons[0].isVisible(), buttons[1].isVisible(), buttons[2].isVisible()


def test_everything_is_deleted_after_a_question_only(qtbot: QtBot, appearance: Appearance) -> None:
    row = EraseRow(appearance)
    qtbot.addWidget(row)
    row.show()
    confirmed: list[bool] = []
    row.confirmed.connect(lambda: confirmed.append(True))
    assert shown(row) == (
        True,
        False,
        False,
    )
    QTest.mouseClick(row.ask, LEFT)
    assert shown(row) == (
        False,
        True,
        True,
    )
    QTest.mouseClick(row.question.refused, LEFT)
    assert not confirmed
    QTest.mouseClick(row.ask, LEFT)
    QTest.mouseClick(row.question.answered, LEFT)
    assert confirmed == [True]
    assert shown(row) == (True, False, False)


def test_enter_twice_deletes_nothing(qtbot: QtBot, appearance: Appearance) -> None:
    row = EraseRow(appearance)
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitActive(row):
        row.activateWindow()
    row.ask.setFocus()
    QTest.keyClick(row.ask, Qt.Key.Key_Return)
    qtbot.waitUntil(row.question.refused.hasFocus)
    with qtbot.assertNotEmitted(row.confirmed, wait=300):
        QTest.keyClick(row.question.refused, Qt.Key.Key_Return)
    assert row.ask.isVisible()
