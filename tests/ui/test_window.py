"""The window as a person meets it: captions, replies, keys, notices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link, Notice, Severity
from app.core.errors import UserError
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui import notice_bar
from app.ui.settings.character_picture import picture_of
from tests.ui.open_window import CONTROL, opened, settle, until
from tests.ui.settings.pictures import plain

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.asyncio
async def test_a_caption_appears_changes_and_becomes_final(qtbot: QtBot) -> None:
    async with opened() as window:
        conversation, chat = window.conversation, window.window.chat.list
        for words in ("set", "set a", "set a timer"):
            conversation.say(Author.PERSON, words, is_final=False)
        await until(lambda: chat.texts() == ["set a timer"])
        provisional = chat.grab().toImage()
        conversation.say(Author.PERSON, "set a timer", is_final=True)
        await until(lambda: window.bridge.shown.lines[-1].is_final)
        assert chat.texts() == ["set a timer"]
        assert chat.grab().toImage() != provisional


@pytest.mark.asyncio
async def test_the_button_in_the_header_makes_it_a_strip_and_back(qtbot: QtBot) -> None:
    async with opened() as it:
        assert it.window.header.strip.accessibleName()
        QTest.mouseClick(it.window.header.strip, LEFT)
        assert it.window._strip is not None
        assert (it.window.isVisible(), it.window._strip.isVisible()) == (False, True)
        QTest.mouseClick(it.window._strip.expand, LEFT)
        assert (it.window.isVisible(), it.window._strip.isVisible()) == (True, False)


@pytest.mark.asyncio
async def test_the_header_says_whom_one_talks_to_and_shows_the_picture(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened() as it:
        it.conversation.change(character_name="Ada")
        await settle()
        initial = it.window.header.grab().toImage()
        it.conversation.change(character_picture=picture_of(plain(tmp_path / "a.png")))
        await until(lambda: it.window.header.grab().toImage() != initial)
        assert it.window.header._name.text() == "Ada"


@pytest.mark.asyncio
async def test_a_withdrawn_caption_disappears(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.say(Author.CHARACTER, "Hello.")
        lines = window.conversation.state.lines
        window.conversation.say(Author.PERSON, "uh", is_final=False)
        window.conversation.change(lines=lines)
        assert window.window.chat.list.texts() == ["Hello."]


@pytest.mark.asyncio
async def test_a_reply_streams_in_and_stays_in_sight(qtbot: QtBot) -> None:
    async with opened() as window:
        words = ""
        bar = window.window.chat.list.verticalScrollBar()
        for number in range(120):
            words += f"{number} bottles of water on the wall, "
            window.conversation.say(Author.CHARACTER, words, is_final=False)
            if number % 20 == 0:
                await settle()
        await until(lambda: window.window.chat.list.texts() == [words] and bar.maximum() > 0)
        await until(lambda: bar.value() == bar.maximum())


@pytest.mark.asyncio
async def test_a_narrower_window_breaks_the_lines_anew_and_stays_at_the_end(qtbot: QtBot) -> None:
    async with opened() as window:
        bar = window.window.chat.list.verticalScrollBar()
        window.window.resize(900, 600)
        for _ in range(20):
            window.conversation.say(Author.CHARACTER, "many words that take a line or two " * 4)
        await until(lambda: bar.maximum() > 0)
        wide = bar.maximum()
        window.window.resize(400, 600)
        await until(lambda: bar.maximum() > 1.5 * wide)
        assert bar.value() == bar.maximum()
        window.window.resize(900, 600)
        await until(lambda: bar.maximum() == wide)
        assert bar.value() == bar.maximum()


@pytest.mark.asyncio
async def test_a_reader_who_scrolled_up_is_left_alone(qtbot: QtBot) -> None:
    async with opened() as window:
        chat = window.window.chat.list
        for number in range(60):
            window.conversation.say(Author.CHARACTER, f"Line {number}")
        await until(lambda: chat.verticalScrollBar().maximum() > 500)
        chat.verticalScrollBar().setValue(100)
        window.conversation.say(Author.CHARACTER, "One more")
        await until(lambda: chat.texts()[-1] == "One more")
        await settle()
        assert chat.verticalScrollBar().value() == 100
        button = next(b for b in buttons(window.window) if b.accessibleName() == "Go to the newest message")
        assert button.isVisible()
        QTest.mouseClick(button, LEFT)
        await until(lambda: chat.verticalScrollBar().value() == chat.verticalScrollBar().maximum())
        assert not button.isVisible()


@pytest.mark.asyncio
async def test_the_first_screen_shows_how_to_begin_and_its_questions_are_sent(qtbot: QtBot) -> None:
    async with opened() as window:
        assert window.window.chat.welcome.isVisible()
        question = next(b for b in buttons(window.window) if b.text() == "What time is it?")
        QTest.mouseClick(question, LEFT)
        await until(lambda: "text What time is it?" in window.conversation.calls)
        await until(window.window.chat.list.isVisible)
        assert not window.window.chat.welcome.isVisible()


@pytest.mark.asyncio
async def test_enter_sends_what_was_typed_with_and_without_a_voice(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(has_microphone=False, link=Link.FAILED)
        line = window.window.controls.text.line
        assert line.isEnabled()
        line.setFocus()
        QTest.keyClicks(line, "  hello there ")
        await window.click(Qt.Key.Key_Return)
        await until(lambda: "text hello there" in window.conversation.calls)
        assert not line.text()
        await window.click(Qt.Key.Key_Return)
        await settle()
        assert window.conversation.calls.count("text ") == 0


@pytest.mark.asyncio
async def test_keys_work_all_over_the_window(qtbot: QtBot) -> None:
    async with opened() as window:
        await window.click(Qt.Key.Key_M, CONTROL)
        await until(lambda: window.conversation.state.is_muted)
        await window.click(Qt.Key.Key_T, CONTROL)
        await until(lambda: window.conversation.state.mode is VoiceMode.CONTINUOUS)
        await window.click(Qt.Key.Key_T, CONTROL)
        await until(lambda: window.conversation.state.mode is VoiceMode.PUSH_TO_TALK)
        window.window.controls.mute.setFocus()
        await window.click(Qt.Key.Key_L, CONTROL)
        assert window.window.controls.text.line.hasFocus()


@pytest.mark.asyncio
async def test_the_mode_switch_chooses_and_follows(qtbot: QtBot) -> None:
    async with opened() as window:
        half = next(b for b in buttons(window.window) if b.accessibleName() == "Continuous")
        QTest.mouseClick(half, LEFT)
        await until(lambda: window.conversation.state.mode is VoiceMode.CONTINUOUS)
        assert window.window.controls.talk.text() == "Just speak"
        window.conversation.change(mode=VoiceMode.PUSH_TO_TALK)
        assert not half.isChecked()


@pytest.mark.asyncio
async def test_stop_is_there_while_the_character_speaks(qtbot: QtBot) -> None:
    async with opened() as window:
        stop = window.window.controls.stop
        assert not stop.isEnabled()
        window.conversation.change(voice=VoiceState.SPEAKING)
        assert stop.isEnabled()
        QTest.mouseClick(stop, LEFT)
        await until(lambda: "interrupt" in window.conversation.calls)


@pytest.mark.asyncio
async def test_esc_stops_a_reply_and_does_nothing_without_one(qtbot: QtBot) -> None:
    async with opened() as window:
        conversation = window.conversation
        conversation.say(Author.CHARACTER, "Good evening.")
        await window.click(Qt.Key.Key_Escape)
        await settle()
        assert "interrupt" not in conversation.calls
        for voice in (VoiceState.THINKING, VoiceState.SPEAKING):
            conversation.change(voice=voice)
            await window.click(Qt.Key.Key_Escape)
        await until(lambda: conversation.calls.count("interrupt") == 2)
        conversation.change(voice=VoiceState.IDLE)
        conversation.say(Author.CHARACTER, "Once upon a", is_final=False)
        await window.click(Qt.Key.Key_Escape)
        await until(lambda: conversation.calls.count("interrupt") == 3)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link.OFFLINE, "Waking up… You can type already."),
        (Link.STARTING, "Waking up… You can type already."),
        (Link.RECONNECTING, "Connecting… You can type already."),
        (Link.FAILED, "Not connected. What you type is sent later."),
    ],
)
async def test_without_a_connection_nothing_asks_to_be_spoken_to(
    qtbot: QtBot, link: Link, words: str
) -> None:
    async with opened() as window:
        controls = window.window.controls
        window.conversation.change(link=link)
        labels = [label.text() for label in window.window.chat.welcome.findChildren(QLabel)]
        assert words in labels
        assert not controls.mute.isEnabled()
        assert not controls.talk.isEnabled()
        assert ("sent once connected" in controls.text.line.placeholderText()) is (link is Link.FAILED)
        question = next(b for b in buttons(window.window) if b.text() == "What time is it?")
        QTest.mouseClick(question, LEFT)
        await until(lambda: "text What time is it?" in window.conversation.calls)
        window.conversation.change(link=Link.READY)
        assert controls.mute.isEnabled()
        assert controls.text.line.placeholderText() == "Type a message"


@pytest.mark.asyncio
async def test_a_newer_notice_takes_the_place_of_an_older_one(qtbot: QtBot) -> None:
    async with opened() as window:
        bar, conversation = window.window.notice_bar, window.conversation
        conversation.change(notice=Notice("No speaker was found.", Severity.ERROR))
        window.bridge.report(UserError("The clipboard is gone."))
        assert bar.text == "The clipboard is gone."
        conversation.change(notice=Notice("The microphone was unplugged.", Severity.ERROR))
        assert bar.text == "The microphone was unplugged."
        window.bridge.report(UserError("The clipboard is gone."))
        window.bridge.dismiss_notice()
        assert bar.text == ""
        assert conversation.state.notice is None


@pytest.mark.asyncio
async def test_the_report_of_a_fault_of_ours_is_copied(qtbot: QtBot) -> None:
    async with opened() as window:
        window.bridge.report(UserError("The clipboard is gone."))
        copy = next(b for b in buttons(window.window) if b.text() == "Copy report")
        assert not copy.isVisible()
        window.bridge.report(ZeroDivisionError("by nothing"))
        await until(copy.isVisible)
        QTest.mouseClick(copy, LEFT)
        assert "builtins.ZeroDivisionError: by nothing" in QGuiApplication.clipboard().text()
        assert copy.text() == "Copied"


@pytest.mark.asyncio
async def test_only_notices_that_ask_for_nothing_leave_by_themselves(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_bar, "INFO_MS", 30)
    async with opened() as window:
        bar, conversation = window.window.notice_bar, window.conversation
        conversation.change(notice=Notice("The character is back."))
        assert bar.isVisible()
        await until(lambda: not bar.isVisible())
        assert conversation.state.notice is None
        conversation.change(notice=Notice("The character is back."))
        conversation.change(notice=Notice("No speaker was found.", Severity.ERROR))
        await asyncio.sleep(0.1)
        assert bar.text == "No speaker was found."


@pytest.mark.asyncio
async def test_a_notice_that_leaves_does_not_wait_for_the_conversation_to_be_still(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_bar, "INFO_MS", 200)
    async with opened() as window:
        window.conversation.change(notice=Notice("The character is back."))
        for number in range(40):
            window.conversation.change(is_muted=number % 2 == 0)
            await asyncio.sleep(0.01)
        assert not window.window.notice_bar.isVisible()


@pytest.mark.asyncio
async def test_a_notice_is_shown_retried_and_dismissed(qtbot: QtBot) -> None:
    async with opened() as window:
        bar = window.window.notice_bar
        assert not bar.isVisible()
        window.conversation.change(
            link=Link.FAILED, notice=Notice("The key was refused. Check it.", Severity.ERROR)
        )
        assert bar.isVisible()
        assert bar.text == "The key was refused. Check it."
        named = {button.accessibleName(): button for button in bar.findChildren(QAbstractButton)}
        QTest.mouseClick(named["Try to connect again"], LEFT)
        await until(lambda: "retry" in window.conversation.calls)
        window.conversation.change(link=Link.READY)
        assert not named["Try to connect again"].isVisible()
        QTest.mouseClick(named["Dismiss this notice"], LEFT)
        await until(lambda: not bar.isVisible())
        assert window.conversation.state.notice is None


@pytest.mark.asyncio
async def test_a_failed_link_always_offers_a_way_back(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(link=Link.FAILED)
        assert window.window.notice_bar.isVisible()
        assert window.window.header.status_text == "Not connected"


@pytest.mark.asyncio
async def test_lines_are_copied_by_key(qtbot: QtBot) -> None:
    async with opened() as window:
        chat = window.window.chat.list
        window.conversation.say(Author.PERSON, "where is my bike")
        window.conversation.say(Author.CHARACTER, "Behind the shed.")
        await until(chat.isVisible)
        chat.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == "Behind the shed."
        QTest.keyClick(chat, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == "You: where is my bike\nHeron: Behind the shed."


@pytest.mark.asyncio
async def test_every_control_is_named_explained_and_met_by_tab(qtbot: QtBot) -> None:
    async with opened() as window:
        window.conversation.change(voice=VoiceState.SPEAKING, notice=Notice("Something."))
        QTest.keyClicks(window.window.controls.text.line, "x")
        controls = [*buttons(window.window), *window.window.findChildren(QLineEdit)]
        usable = [control for control in controls if control.isVisible() and control.isEnabled()]
        assert len(usable) >= 10
        for control in usable:
            assert control.accessibleName(), control
            assert control.toolTip(), control.accessibleName()
        met = set()
        for _ in range(40):
            await window.click(Qt.Key.Key_Tab)
            focused = window.window.focusWidget()
            assert focused is not None
            met.add(focused.accessibleName())
        # Arrow keys, not Tab, lead to the other half of the switch: that is how radio buttons work.
        missed = {control.accessibleName() for control in usable} - met - {"Continuous"}
        assert not missed


@pytest.mark.asyncio
async def test_it_fits_into_the_smallest_size_with_large_text(qtbot: QtBot) -> None:
    async with opened() as window:
        window.window.resize(380, 560)
        await settle()
        assert (window.window.width(), window.window.height()) == (380, 560)
        for button in buttons(window.window):
            if button.isVisible():
                corner = button.mapTo(window.window, button.rect().bottomRight())
                assert corner.x() < 380, button.accessibleName()
                assert corner.y() < 560, button.accessibleName()


def buttons(window: object) -> list[QAbstractButton]:
    from app.ui.window import Window

    assert isinstance(window, Window)
    return window.findChildren(QAbstractButton)
