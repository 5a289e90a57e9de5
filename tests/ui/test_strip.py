"""The window as a strip that stays on top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.conversation.audio_tap import AudioTap
from app.conversation.line import Author
from app.conversation.state import Link
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui.strip import Strip
from tests.audio.signals import tone
from tests.ui.open_window import CONTROL, Opened, opened, settle, until

LEFT = Qt.MouseButton.LeftButton
COMPACT = CONTROL | Qt.KeyboardModifier.ShiftModifier


async def shrunk(window: Opened) -> Strip:
    await window.click(Qt.Key.Key_M, COMPACT)
    strip = window.window._strip
    assert strip is not None
    await until(strip.isActiveWindow)
    return strip


@pytest.mark.asyncio
async def test_the_window_becomes_a_strip_and_a_window_again(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        assert (strip.isVisible(), window.window.isVisible()) == (True, False)
        assert strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
        QTest.keyClick(strip, Qt.Key.Key_M, COMPACT)
        await until(window.window.isVisible)
        assert not strip.isVisible()
        again = await shrunk(window)
        assert again is strip
        QTest.mouseClick(strip.expand, LEFT)
        await until(window.window.isVisible)
        await shrunk(window)
        strip.close()
        await until(window.window.isVisible)
        assert window.conversation.calls == ["start"]


@pytest.mark.asyncio
async def test_the_newest_words_are_its_caption(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        assert strip.caption.words == "Ready"
        window.conversation.say(Author.PERSON, "set a timer", is_final=False)
        await until(lambda: strip.caption.words == "set a timer")
        provisional = strip.caption.grab().toImage()
        window.conversation.say(Author.PERSON, "set a timer", is_final=True)
        await until(lambda: strip.caption.grab().toImage() != provisional)
        window.conversation.say(Author.CHARACTER, "For how long?")
        await until(lambda: strip.caption.accessibleName() == "For how long?")
        window.conversation.say(Author.CHARACTER, "It is **noon**, `exactly`.")
        await until(lambda: strip.caption.words == "It is noon, exactly.")
        window.conversation.change(link=Link.RECONNECTING)
        await until(lambda: strip.caption.words == "Reconnecting…")


@pytest.mark.asyncio
async def test_of_long_words_the_end_is_seen(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        begin = "the beginning of it " * 20
        window.conversation.say(Author.CHARACTER, begin + "and its end")
        await until(lambda: strip.caption.words.endswith("and its end"))
        seen = strip.caption.grab().toImage()
        window.conversation.say(Author.CHARACTER, "something else " + begin + "and its end")
        await until(lambda: strip.caption.words.startswith("something"))
        assert strip.caption.grab().toImage() == seen


@pytest.mark.asyncio
async def test_space_talks_escape_stops_and_a_key_mutes(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        await window.press(Qt.Key.Key_Space, on=strip)
        await until(lambda: window.conversation.state.is_recording)
        await window.release(Qt.Key.Key_Space, on=strip)
        await until(lambda: not window.conversation.state.is_recording)
        window.conversation.change(voice=VoiceState.SPEAKING)
        QTest.keyClick(strip, Qt.Key.Key_Escape)
        await until(lambda: "interrupt" in window.conversation.calls)
        QTest.keyClick(strip, Qt.Key.Key_M, CONTROL)
        await until(lambda: window.conversation.state.is_muted)
        assert strip.mute.accessibleName() == "Unmute"
        QTest.mouseClick(strip.mute, LEFT)
        await until(lambda: not window.conversation.state.is_muted)


@pytest.mark.asyncio
async def test_space_does_nothing_where_there_is_nothing_to_hold(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        for changes in ({"mode": VoiceMode.CONTINUOUS}, {"mode": VoiceMode.PUSH_TO_TALK, "is_muted": True}):
            window.conversation.change(**changes)
            await window.press(Qt.Key.Key_Space, on=strip)
            await window.release(Qt.Key.Key_Space, on=strip)
        window.conversation.change(is_muted=False)
        await settle()
        assert "press" not in window.conversation.calls
        await window.press(Qt.Key.Key_Space, on=strip)
        await until(lambda: window.conversation.calls.count("press") == 1)
        strip.hide()


@pytest.mark.asyncio
async def test_sound_moves_in_it_and_it_is_dragged(qtbot: QtBot) -> None:
    async with opened() as window:
        strip = await shrunk(window)
        window.conversation.change(mode=VoiceMode.CONTINUOUS, voice=VoiceState.HEARING)
        window.conversation.hear(AudioTap.MICROPHONE, tone(200, 16_000, 0.02))
        await until(lambda: strip.waveform.is_moving)
        assert not window.window.controls.waveform.is_moving
        before, inside = strip.pos(), QPoint(8, 8)
        QTest.mousePress(strip, LEFT, pos=inside)
        QTest.mouseMove(strip, inside + QPoint(-30, -20))
        QTest.mouseRelease(strip, LEFT, pos=inside)
        assert strip.pos() - before == QPoint(-30, -20)
        QTest.mouseDClick(strip, LEFT, pos=inside)
        await until(window.window.isVisible)
