"""The talk button under a finger, and for those who can only click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.hold import Hold
from app.ui.talk_button import TalkButton
from app.ui.theme import TOUCH
from tests.ui.open_window import Opened, opened, settle, until
from tests.ui.touch import Fingers


def turns(window: Opened) -> list[str]:
    return [call for call in window.conversation.calls if call in {"press", "release", "abandon"}]


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


@pytest.mark.asyncio
async def test_a_finger_holds_even_when_it_slips_off_the_button(qtbot: QtBot) -> None:
    async with opened() as window:
        talk = window.window.controls.talk
        fingers = Fingers(talk)
        fingers.press(middle(talk))
        await until(lambda: turns(window) == ["press"])
        fingers.move(middle(talk) - QPoint(0, 200))
        await settle()
        assert talk.text() == "Release to send"
        assert turns(window) == ["press"]
        fingers.release(middle(talk) - QPoint(0, 200))
        await until(lambda: turns(window) == ["press", "release"])


@pytest.mark.asyncio
async def test_a_touch_that_is_taken_away_is_no_turn(qtbot: QtBot) -> None:
    async with opened() as window:
        fingers = Fingers(window.window.controls.talk)
        fingers.press(middle(window.window.controls.talk))
        await until(lambda: turns(window) == ["press"])
        fingers.cancel()
        await until(lambda: turns(window) == ["press", "abandon"])
        again = Fingers(window.window.controls.talk)
        again.press(middle(window.window.controls.talk), finger=5)
        await until(lambda: turns(window) == ["press", "abandon", "press"])
        again.release(middle(window.window.controls.talk), finger=5)
        await until(lambda: turns(window) == ["press", "abandon", "press", "release"])


@pytest.mark.asyncio
async def test_a_second_finger_changes_nothing(qtbot: QtBot) -> None:
    async with opened() as window:
        talk = window.window.controls.talk
        fingers = Fingers(talk)
        fingers.press(middle(talk))
        await until(lambda: turns(window) == ["press"])
        fingers.press(middle(talk) + QPoint(30, 0), finger=1)
        fingers.release(middle(talk) + QPoint(30, 0), finger=1)
        fingers.press(middle(talk) - QPoint(30, 0), finger=2)
        await settle()
        assert turns(window) == ["press"]
        fingers.release(middle(talk))
        await until(lambda: turns(window) == ["press", "release"])
        fingers.release(middle(talk) - QPoint(30, 0), finger=2)
        await settle()
        assert turns(window) == ["press", "release"]


@pytest.mark.asyncio
async def test_a_finger_cannot_talk_where_nobody_can(qtbot: QtBot) -> None:
    async with opened() as window:
        talk = window.window.controls.talk
        fingers = Fingers(talk)
        fingers.press(middle(talk))
        await until(lambda: turns(window) == ["press"])
        window.conversation.change(is_muted=True)
        await until(lambda: turns(window) == ["press", "abandon"])
        fingers.release(middle(talk))
        fingers.tap(middle(talk))
        await settle()
        assert turns(window) == ["press", "abandon"]


@pytest.mark.asyncio
async def test_other_buttons_are_tapped(qtbot: QtBot) -> None:
    async with opened() as window:
        mute = window.window.controls.mute
        Fingers(mute).tap(middle(mute))
        await until(lambda: "mute" in window.conversation.calls)
        assert window.conversation.state.is_muted


@pytest.mark.asyncio
async def test_a_click_holds_and_another_one_lets_go(qtbot: QtBot) -> None:
    async with opened() as window:
        talk = window.window.controls.talk
        talk.click()
        await until(lambda: turns(window) == ["press"])
        assert (talk.text(), talk.accessibleName()) == ("Click to send", "Click to send")
        talk.click()
        await until(lambda: turns(window) == ["press", "release"])
        assert talk.accessibleName() == "Hold to talk"


@pytest.mark.asyncio
async def test_what_is_pressed_while_talking_is_large_enough_for_a_finger(qtbot: QtBot) -> None:
    async with opened() as window:
        window.window.resize(window.window.minimumSize())
        await settle()
        controls = window.window.controls
        for button in (controls.talk, controls.mute, controls.stop):
            assert min(button.width(), button.height()) >= TOUCH, button.accessibleName()


def test_its_name_is_what_it_says(qtbot: QtBot, qapp: QApplication) -> None:
    talk = TalkButton(Appearance(qapp), Hold())
    qtbot.addWidget(talk)
    for state in (State(), State(link=Link.READY), State(link=Link.READY, has_microphone=False)):
        talk.show_state(state)
        assert talk.accessibleName() == talk.text() != ""
