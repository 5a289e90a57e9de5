"""Holding to talk, through the real window and the real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.conversation.state import Link
from app.estuary.voice_mode import VoiceMode
from app.ui.hold import Hold, Holder
from tests.ui.open_window import SPACE, Opened, opened, settle, until

LEFT = Qt.MouseButton.LeftButton


def turns(window: Opened) -> list[str]:
    return [call for call in window.conversation.calls if call in {"press", "release", "abandon"}]


@pytest.mark.asyncio
async def test_space_held_under_auto_repeat_is_one_press_and_one_release(qtbot: QtBot) -> None:
    async with opened() as window:
        await window.press(SPACE)
        for _ in range(30):
            window.repeat(SPACE)
        await settle()
        assert turns(window) == ["press"]
        await window.release(SPACE)
        await until(lambda: turns(window) == ["press", "release"])


@pytest.mark.asyncio
async def test_repeats_that_are_not_marked_are_known_by_their_time(qtbot: QtBot) -> None:
    async with opened() as window:
        window.send(QEvent.Type.KeyPress, SPACE, at=1000)
        for time in range(1500, 2500, 33):
            window.send(QEvent.Type.KeyRelease, SPACE, at=time)
            window.send(QEvent.Type.KeyPress, SPACE, at=time)
        await settle()
        assert turns(window) == ["press"]
        window.send(QEvent.Type.KeyRelease, SPACE, at=2600)
        await until(lambda: turns(window) == ["press", "release"])


@pytest.mark.asyncio
async def test_two_quick_presses_are_two(qtbot: QtBot) -> None:
    async with opened() as window:
        for time in (1000, 1080):
            window.send(QEvent.Type.KeyPress, SPACE, at=time)
            window.send(QEvent.Type.KeyRelease, SPACE, at=time + 60)
        await until(lambda: turns(window) == ["press", "release"] * 2)


@pytest.mark.asyncio
async def test_space_talks_whatever_button_has_the_focus(qtbot: QtBot) -> None:
    async with opened() as window:
        mute = window.window.controls.mute
        mute.setFocus()
        await window.click(SPACE)
        await until(lambda: turns(window) == ["press", "release"])
        assert "mute" not in window.conversation.calls
        await window.click(Qt.Key.Key_Return)
        await until(lambda: "mute" in window.conversation.calls)


@pytest.mark.asyncio
async def test_a_space_in_a_message_does_not_talk(qtbot: QtBot) -> None:
    async with opened() as window:
        line = window.window.controls.text.line
        line.setFocus()
        for key in (Qt.Key.Key_A, SPACE, Qt.Key.Key_B):
            await window.click(key)
        await settle()
        assert line.text().lower() == "a b"
        assert turns(window) == []


@pytest.mark.asyncio
async def test_space_in_the_empty_text_box_talks(qtbot: QtBot) -> None:
    async with opened() as window:
        window.window.controls.text.line.setFocus()
        await window.click(SPACE)
        await until(lambda: turns(window) == ["press", "release"])
        assert not window.window.controls.text.line.text()


@pytest.mark.asyncio
async def test_losing_the_focus_lets_go(qtbot: QtBot) -> None:
    async with opened() as window:
        await window.press(SPACE)
        await until(lambda: turns(window) == ["press"])
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        await until(lambda: turns(window) == ["press", "abandon"])
        await window.release(SPACE)
        await settle()
        assert turns(window) == ["press", "abandon"]


@pytest.mark.asyncio
async def test_the_mouse_holds_even_when_it_slips_off_the_button(qtbot: QtBot) -> None:
    async with opened() as window:
        button = window.window.controls.talk
        QTest.mousePress(button, LEFT)
        QTest.mouseMove(button, QPoint(button.width() // 2, -200))
        await until(lambda: turns(window) == ["press"])
        QTest.mouseRelease(button, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(5, -200))
        await until(lambda: turns(window) == ["press", "release"])


@pytest.mark.asyncio
async def test_a_lost_connection_lets_go(qtbot: QtBot) -> None:
    async with opened() as window:
        QTest.mousePress(window.window.controls.talk, LEFT)
        await until(lambda: turns(window) == ["press"])
        window.conversation.change(link=Link.RECONNECTING)
        await until(lambda: turns(window) == ["press", "abandon"])
        assert window.window.controls.talk.text() == "Connecting…"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "change", [{"mode": VoiceMode.CONTINUOUS}, {"is_muted": True}, {"has_microphone": False}]
)
async def test_space_does_not_talk_when_talking_is_impossible(
    qtbot: QtBot, change: dict[str, object]
) -> None:
    async with opened() as window:
        window.conversation.change(**change)
        await until(lambda: not window.window.controls.talk.isEnabled())
        await window.click(SPACE)
        await settle()
        assert turns(window) == []


@pytest.mark.asyncio
async def test_enter_holds_the_focused_talk_button(qtbot: QtBot) -> None:
    async with opened() as window:
        window.window.controls.talk.setFocus()
        await window.press(Qt.Key.Key_Return)
        await until(lambda: turns(window) == ["press"])
        assert window.window.controls.talk.text() == "Release to send"
        await window.release(Qt.Key.Key_Return)
        await until(lambda: turns(window) == ["press", "release"])


@pytest.mark.asyncio
async def test_closing_the_window_lets_go(qtbot: QtBot) -> None:
    async with opened() as window:
        await window.press(SPACE)
        await until(lambda: turns(window) == ["press"])
        window.window.close()
        await until(lambda: turns(window) == ["press", "abandon"])


def test_two_holders_are_one_hold(qtbot: QtBot) -> None:
    hold, events = Hold(), []
    hold.began.connect(lambda: events.append("began"))
    hold.ended.connect(lambda: events.append("ended"))
    hold.begin(Holder.MOUSE)
    hold.begin(Holder.SPACE)
    hold.end(Holder.MOUSE)
    assert hold.is_held
    hold.end(Holder.SPACE)
    hold.end(Holder.SPACE)
    hold.end_all()
    assert events == ["began", "ended"]


def test_letting_go_of_everything_is_told_apart_from_letting_go(qtbot: QtBot) -> None:
    hold, events = Hold(), []
    hold.abandoned.connect(lambda: events.append("abandoned"))
    hold.ended.connect(lambda: events.append("ended"))
    hold.begin(Holder.SPACE)
    hold.end_all()
    assert events == ["abandoned", "ended"]
    assert not hold.is_held


def test_a_hold_from_outside_outlasts_the_window_losing_the_keyboard(qtbot: QtBot) -> None:
    hold, events = Hold(), []
    hold.ended.connect(lambda: events.append("ended"))
    hold.begin(Holder.COMMAND)
    hold.begin(Holder.SPACE)
    hold.end_near()
    assert hold.is_held_by(Holder.COMMAND)
    assert not hold.is_held_by(Holder.SPACE)
    hold.end(Holder.COMMAND)
    hold.begin(Holder.SPACE)
    hold.end_near()
    assert events == ["ended", "ended"]
