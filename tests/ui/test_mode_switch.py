"""The switch between push-to-talk and continuous conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from app.conversation.state import State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.mode_switch import ModeSwitch


def test_tab_comes_to_the_chosen_half_and_arrow_keys_to_the_other(qtbot: QtBot, qapp: QApplication) -> None:
    switch = ModeSwitch(Appearance(qapp))
    qtbot.addWidget(switch)
    chosen: list[object] = []
    switch.chosen.connect(chosen.append)
    halves = {half.text(): half for half in switch.findChildren(QRadioButton)}
    for mode, name in ((VoiceMode.PUSH_TO_TALK, "Push to talk"), (VoiceMode.CONTINUOUS, "Continuous")):
        switch.show_state(State(mode=mode))
        stops = [half.text() for half in halves.values() if half.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert stops == [name]
    switch.show()
    switch.activateWindow()
    halves["Continuous"].setFocus()
    qtbot.waitUntil(halves["Continuous"].hasFocus)
    QTest.keyClick(halves["Continuous"], Qt.Key.Key_Left)
    assert chosen == [VoiceMode.PUSH_TO_TALK]
