"""The first steps can be seen again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.settings.first_steps_row import FirstStepsRow

LEFT = Qt.MouseButton.LeftButton


def test_its_button_asks_for_them(qtbot: QtBot, appearance: Appearance) -> None:
    row = FirstStepsRow(appearance)
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.asked):
        QTest.mouseClick(row.show_again, LEFT)
