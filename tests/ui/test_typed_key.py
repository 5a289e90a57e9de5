"""Typing without having put the focus into the text box first, and Space where nobody can talk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link, Notice
from app.estuary.voice_mode import VoiceMode
from tests.ui.open_window import CONTROL, SPACE, Opened, opened, settle, until

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def button(window: Opened, name: str) -> QAbstractButton:
    return next(b for b in window.window.findChildren(QAbstractButton) if b.accessibleName() == name)


async def type_ab(window: Opened) -> str:
    for key in (Qt.Key.Key_A, SPACE, Qt.Key.Key_B):
        await window.click(key)
    await settle()
    assert window.window.controls.text.line.hasFocus()
    return window.window.controls.text.line.text().lower()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["What time is it?", "Continuous", "Push to talk", "Mute", "Hold to talk"])
async def test_what_is_typed_after_a_click_lands_in_the_text_box(qtbot: QtBot, name: str) -> None:
    async with opened() as window:
        clicked = button(window, name)
        QTest.mouseClick(clicked, LEFT)
        await settle()
        if clicked.isVisible():
            clicked.setFocus()
        assert await type_ab(window) == "a b"


@pytest.mark.asyncio
async def test_what_is_typed_after_a_click_on_the_conversation_lands_in_the_text_box(qtbot: QtBot) -> None:
    async with opened() as window:
        chat = window.window.chat.list
        window.conversation.say(Author.CHARACTER, "Behind the shed.")
        await until(chat.isVisible)
        QTest.mouseClick(chat.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(40, 20))
        chat.setFocus()
        chat.selectAll()
        await window.click(Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == "Behind the shed."
        assert chat.hasFocus()
        assert await type_ab(window) == "a b"


@pytest.mark.asyncio
async def test_what_is_typed_after_a_click_on_a_notice_lands_in_the_text_box(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(notice=Notice("No speaker was found."))
        sentence = window.window.notice_bar.findChild(QLabel)
        assert sentence is not None
        QTest.mouseClick(sentence, LEFT)
        sentence.setFocus()
        assert await type_ab(window) == "a b"


@pytest.mark.asyncio
async def test_only_shift_belongs_to_a_word(qtbot: QtBot) -> None:
    async with opened() as window:
        line = window.window.controls.text.line
        window.window.controls.talk.setFocus()
        await window.click(Qt.Key.Key_B, CONTROL)
        await window.click(Qt.Key.Key_B, ALT)
        assert not line.text()
        assert not line.hasFocus()
        await window.click(Qt.Key.Key_B, SHIFT)
        assert line.text().lower() == "b"


@pytest.mark.asyncio
async def test_a_click_with_the_mouse_leaves_the_focus_with_what_is_being_typed(qtbot: QtBot) -> None:
    async with opened() as window:
        line = window.window.controls.text.line
        line.setText("a")
        line.setFocus()
        for name in ("Continuous", "Push to talk"):
            QTest.mouseClick(button(window, name), LEFT)
            await window.click(SPACE)
        await settle()
        assert line.text() == "a  "
        assert "press" not in window.conversation.calls


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "change", [{"is_muted": True}, {"link": Link.FAILED}, {"mode": VoiceMode.CONTINUOUS}]
)
@pytest.mark.parametrize("text", ["", "   "])
async def test_space_is_not_typed_into_a_blank_box_while_nobody_can_talk(
    qtbot: QtBot, change: dict[str, object], text: str
) -> None:
    async with opened() as window:
        controls = window.window.controls
        window.conversation.change(**change)
        controls.text.line.setText(text)
        controls.text.line.setFocus()
        window.send(QEvent.Type.KeyPress, SPACE, at=1000)
        for time in range(1500, 2000, 33):
            window.send(QEvent.Type.KeyPress, SPACE, at=time, is_repeat=True)
        window.send(QEvent.Type.KeyRelease, SPACE, at=2000)
        await settle()
        assert controls.text.line.text() == text
        window.conversation.change(is_muted=False, link=Link.READY, mode=VoiceMode.PUSH_TO_TALK)
        await window.click(SPACE)
        await until(lambda: "release" in window.conversation.calls)
        assert controls.text.line.text() == text


@pytest.mark.asyncio
async def test_space_on_the_mute_button_does_not_unmute_in_place_of_talking(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(is_muted=True)
        window.window.controls.mute.setFocus()
        await window.click(SPACE)
        await settle()
        assert window.conversation.state.is_muted


@pytest.mark.asyncio
async def test_space_in_a_message_is_a_letter_while_nobody_can_talk(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(is_muted=True)
        window.window.controls.text.line.setFocus()
        assert await type_ab(window) == "a b"


@pytest.mark.asyncio
async def test_no_message_begins_with_a_space_from_elsewhere(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(mode=VoiceMode.CONTINUOUS)
        window.conversation.say(Author.CHARACTER, "Behind the shed.")
        chat = window.window.chat.list
        await until(chat.isVisible)
        chat.setFocus()
        await window.click(SPACE)
        await settle()
        assert window.window.controls.text.line.text() == ""
