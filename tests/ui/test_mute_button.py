"""The button that mutes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.mute_button import MuteButton

READY = State(link=Link.READY)


def test_it_says_what_it_does_and_how_the_microphone_is(qapp: QApplication, qtbot: QtBot) -> None:
    button = MuteButton(Appearance(qapp), height=2.6)
    qtbot.addWidget(button)
    assert not button.isEnabled()
    pictures = []
    for state, name, told in (
        (READY, "Mute", "closed"),
        (State(link=Link.READY, is_microphone_open=True), "Mute", "open"),
        (State(link=Link.READY, is_muted=True), "Unmute", "closed"),
    ):
        button.show_state(state)
        assert button.isEnabled()
        assert (button.accessibleName(), button.accessibleDescription()) == (
            name,
            f"The microphone is {told}",
        )
        pictures.append(button.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_without_a_microphone_or_a_server_nothing_can_be_muted(qapp: QApplication, qtbot: QtBot) -> None:
    button = MuteButton(Appearance(qapp), height=2.6)
    qtbot.addWidget(button)
    button.show_state(READY)
    button.show_state(State(link=Link.READY, has_microphone=False))
    assert not button.isEnabled()
    button.show_state(READY)
    button.show_state(State(link=Link.FAILED))
    assert not button.isEnabled()
