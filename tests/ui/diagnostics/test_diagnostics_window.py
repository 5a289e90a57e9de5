"""The window that says how quick and how sound a conversation is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.conversation.diagnosis import Diagnosis
from app.estuary.turn_times import TurnTimes
from app.ui.appearance import Appearance
from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow
from tests.conversation.test_diagnosis import FULL
from tests.ui.open_window import CONTROL, opened, until


class Patient:
    """Has a diagnosis, and counts who asks for it."""

    def __init__(self, found: Diagnosis) -> None:
        self.found = found
        self.asked = 0

    def diagnose(self) -> Diagnosis:
        self.asked += 1
        return self.found


def test_it_shows_how_things_are_now_while_it_can_be_seen(qapp: QApplication, qtbot: QtBot) -> None:
    patient = Patient(FULL)
    window = DiagnosticsWindow(Appearance(qapp), patient.diagnose)
    qtbot.addWidget(window)
    assert patient.asked == 0
    window.show()
    assert window.values()["Round trip"] == "23 ms"
    assert window.values()["Speaker"] == "Monitor, 48 kHz, 34 ms to the ear, closed"
    assert len(window.chart.rows) == 3
    patient.found = replace(FULL, round_trip_s=0.05, turns=(TurnTimes(1.0, 2.0, 2.1),))
    qtbot.waitUntil(lambda: window.values()["Round trip"] == "50 ms", timeout=3000)
    assert len(window.chart.rows) == 1
    window.close()
    asked = patient.asked
    qtbot.wait(1200)  # a look would come within this time
    assert patient.asked == asked


def test_without_voice_it_says_so(qapp: QApplication, qtbot: QtBot) -> None:
    window = DiagnosticsWindow(Appearance(qapp), lambda: Diagnosis(link="failed"))
    qtbot.addWidget(window)
    window.show()
    assert window.values() == {
        "Server": "– (failed)",
        "Round trip": "not yet known",
        "Event loop late": "not yet known",
        "Microphone": "voice is not open",
        "Speaker": "voice is not open",
        "Lost": "voice is not open",
    }


def test_all_of_it_is_copied_as_text_and_that_is_said(qapp: QApplication, qtbot: QtBot) -> None:
    window = DiagnosticsWindow(Appearance(qapp), lambda: FULL)
    qtbot.addWidget(window)
    window.show()
    QTest.mouseClick(window.copying, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == FULL.as_text()
    assert window.copying.text() == window.copying.accessibleName() == "Copied"
    qtbot.waitUntil(lambda: window.copying.text() == "Copy as text", timeout=5000)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_are_cut_at_any_size_of_text(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    window = DiagnosticsWindow(Appearance(qapp, scale), lambda: FULL)
    qtbot.addWidget(window)
    window.resize(380, 500)
    window.show()
    qapp.processEvents()
    for label in window.findChildren(QLabel):
        assert label.width() >= label.minimumSizeHint().width(), label.text()
        assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap(), label.text()
        right = label.mapTo(window, label.rect().topRight()).x()
        assert right <= window.width(), label.text()


@pytest.mark.asyncio
async def test_a_key_opens_it_on_the_conversation_of_the_window(qtbot: QtBot) -> None:
    async with opened() as it:
        it.conversation.found = FULL
        await it.click(Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: bool(it.window.findChildren(DiagnosticsWindow)))
        (window,) = it.window.findChildren(DiagnosticsWindow)
        assert window.isVisible()
        assert window.values()["Server"] == "estuary.example:8443 (ready)"
        await until(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        await until(lambda: not window.isVisible())
