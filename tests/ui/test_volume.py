"""How loud the character speaks: a button, its slider, the wheel and two keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore, Sound
from app.desktop.key_ring import KeyRing
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.settings.desk import Desk
from app.ui.volume import VolumeButton
from app.ui.window import Window
from tests.ui.open_window import CONTROL

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qapp: QApplication, heron_home: Path) -> Desk:
    return Desk(SettingsStore(), KeyRing(), Bridge())


@pytest.fixture
def button(qtbot: QtBot, qapp: QApplication, desk: Desk) -> VolumeButton:
    button = VolumeButton(Appearance(qapp))
    qtbot.addWidget(button)
    button.follow(desk)
    button.show()
    return button


def turn(button: VolumeButton, angle: int) -> None:
    place = QPointF(button.rect().center())
    event = QWheelEvent(
        place,
        button.mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(button, event)


def test_it_shows_the_setting_and_whether_anything_is_heard(button: VolumeButton, desk: Desk) -> None:
    assert (button.accessibleName(), button.accessibleDescription()) == ("Volume", "100 %")
    loud = button.grab().toImage()
    desk.store.update(Sound, volume=0.35)
    assert button.accessibleDescription() == "35 %"
    assert button.grab().toImage() == loud
    desk.store.update(Sound, volume=0.0)
    assert button.accessibleDescription() == "0 %"
    assert button.grab().toImage() != loud


def test_the_wheel_changes_it_a_step_for_each_notch(button: VolumeButton, desk: Desk) -> None:
    for angle in (-120, -60, -60):
        turn(button, angle)
    assert desk.settings.sound.volume == pytest.approx(0.9)
    turn(button, 1200)
    assert desk.settings.sound.volume == 1.0


def test_a_click_opens_a_slider_that_changes_it(button: VolumeButton, desk: Desk) -> None:
    QTest.mouseClick(button, LEFT)
    panel = button._panel
    assert panel is not None
    assert panel.isVisible()
    assert panel.slider.focused.accessibleName() == "Volume"
    QTest.keyClick(panel.slider.focused, Qt.Key.Key_Left)
    assert desk.settings.sound.volume == pytest.approx(0.95)
    desk.store.update(Sound, volume=0.2)
    assert panel.slider.number.text() == "20 %"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    QTest.mouseClick(button, LEFT)
    assert button._panel is panel
    panel.hide()


def test_keys_change_it_all_over_the_window(qtbot: QtBot, qapp: QApplication, desk: Desk) -> None:
    window = Window(Appearance(qapp), desk.bridge, desk=desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    assert window.controls.volume.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Up, CONTROL)
    assert desk.settings.sound.volume == pytest.approx(0.95)


def test_without_settings_there_is_no_volume(qtbot: QtBot, qapp: QApplication) -> None:
    window = Window(Appearance(qapp), Bridge())
    qtbot.addWidget(window)
    window.show()
    assert not window.controls.volume.isVisible()
