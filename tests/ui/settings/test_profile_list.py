from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Profile, Profiles
from app.ui.appearance import Appearance
from app.ui.settings.profile_list import ProfileList

HOME = Profile("home-1", "Home", "server", "https://voice.a-rather-long-name.example.org:8443")
TWO = Profiles((Profile("local"), HOME), "home-1")


def test_it_shows_what_each_is_and_which_is_in_use(qtbot: QtBot, appearance: Appearance) -> None:
    shown = ProfileList(appearance)
    qtbot.addWidget(shown)
    shown.show_profiles(TWO, "local")
    assert [button.accessibleName() for button in shown.buttons.values()] == [
        "This computer, The character that lives on this computer",
        "Home, Own server · voice.a-rather-long-name.example.org:8443, In use",
    ]
    assert shown.buttons["local"].isChecked()
    shown.show_profiles(Profiles(), "local")
    assert list(shown.buttons) == ["local"]


def test_one_is_chosen_with_the_mouse_and_with_keys(qtbot: QtBot, appearance: Appearance) -> None:
    shown = ProfileList(appearance)
    qtbot.addWidget(shown)
    chosen: list[str] = []
    shown.chosen.connect(chosen.append)
    shown.show_profiles(TWO, "local")
    shown.show()
    QTest.mouseClick(shown.buttons["home-1"], Qt.MouseButton.LeftButton)
    shown.activateWindow()
    shown.buttons["local"].setFocus()
    qtbot.waitUntil(shown.buttons["local"].hasFocus)
    QTest.keyClick(shown.buttons["local"], Qt.Key.Key_Return)
    QTest.keyClick(shown.buttons["local"], Qt.Key.Key_Down)
    assert chosen == ["home-1", "local", "home-1"]


def test_a_long_address_goes_on_in_the_next_line(qtbot: QtBot, appearance: Appearance) -> None:
    shown = ProfileList(appearance)
    qtbot.addWidget(shown)
    shown.show_profiles(TWO, "local")
    shown.resize(600, 200)
    shown.show()
    QApplication.processEvents()
    button = shown.buttons["home-1"]
    wide = button.heightForWidth(600)
    assert button.heightForWidth(180) > wide
    assert button.height() >= wide
