"""All of a button can be clicked, and Enter clicks it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from app.ui.whole_button import WholeButton


class Radio(WholeButton, QRadioButton):
    pass


class Check(WholeButton, QCheckBox):
    pass


@pytest.mark.parametrize("kind", [Radio, Check])
def test_a_click_at_the_far_end_and_enter_choose(qtbot: QtBot, kind: type[Radio | Check]) -> None:
    button = kind("ok")
    qtbot.addWidget(button)
    button.resize(400, 40)
    button.show()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(395, 20))
    assert button.isChecked()
    button = kind("ok")
    qtbot.addWidget(button)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert button.isChecked()


def test_other_keys_are_left_to_qt(qtbot: QtBot) -> None:
    button = Check("ok")
    qtbot.addWidget(button)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()
