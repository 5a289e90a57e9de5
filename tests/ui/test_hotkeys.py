"""What a key does to the window that is pressed while another program has the focus."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link
from app.core.settings import GlobalKeys, Talk
from app.desktop.hotkeys.action import Action
from app.estuary.voice_mode import VoiceMode, VoiceState
from tests.ui.keyboard import WAY, keyed
from tests.ui.open_window import settle, until

pytestmark = pytest.mark.asyncio

HOLD = Action.HOLD_TO_TALK


async def test_a_held_key_is_a_turn_in_a_window_that_is_hidden_or_a_strip(qtbot: QtBot) -> None:
    async with keyed() as it:
        window = it.opened.window
        for away in (window.showMinimized, window.show_strip, window.hide):
            it.opened.conversation.calls.clear()
            away()
            await settle()
            it.keyboard.down(HOLD)
            await until(lambda: it.calls == ["press"])
            await settle()
            assert it.calls == ["press"]
            it.keyboard.up(HOLD)
            await until(lambda: it.calls == ["press", "release"])


async def test_other_keys_do_what_the_commands_do(qtbot: QtBot) -> None:
    async with keyed() as it:
        it.keyboard.down(Action.TOGGLE_TO_TALK)
        await until(lambda: it.calls == ["press"])
        it.keyboard.down(Action.TOGGLE_TO_TALK)
        await until(lambda: it.calls == ["press", "release"])
        it.keyboard.down(Action.MUTE)
        assert it.opened.conversation.state.is_muted
        it.opened.conversation.say(Author.CHARACTER, "Well,", is_final=False)
        it.opened.conversation.change(voice=VoiceState.SPEAKING)
        it.keyboard.down(Action.STOP_SPEAKING)
        await until(lambda: "interrupt" in it.calls)
        it.opened.window.hide()
        it.keyboard.down(Action.SHOW_WINDOW)
        await until(it.opened.window.isVisible)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"link": Link.RECONNECTING}, "still connecting"),
        ({"mode": VoiceMode.CONTINUOUS}, "always open"),
        ({"is_muted": True}, "muted"),
    ],
)
async def test_where_no_turn_can_be_begun_a_notice_says_why(
    qtbot: QtBot, changes: dict[str, object], words: str
) -> None:
    async with keyed() as it:
        it.opened.conversation.change(**changes)
        await settle()
        it.keyboard.down(HOLD)
        it.keyboard.up(HOLD)
        await until(lambda: any(words in notice for notice in it.notices))
        assert it.calls == []


async def test_a_turn_ends_with_the_keys_and_leaves_no_microphone_open(qtbot: QtBot) -> None:
    async with keyed() as it:
        it.keyboard.down(HOLD)
        await until(lambda: it.calls == ["press"])
        it.keyboard.lose("The screen has gone.")
        await until(lambda: it.calls == ["press", "abandon"])
        await until(lambda: it.hotkeys.describe() == "The screen has gone.")
        assert it.hotkeys.triggers() == {}
        await until(lambda: "The screen has gone." in it.notices)
        await settle()
        assert it.notices.count("The screen has gone.") == 1


async def test_a_turn_ends_with_the_hotkeys(qtbot: QtBot) -> None:
    async with keyed() as it:
        it.keyboard.down(HOLD)
        await until(lambda: it.calls == ["press"])
        await it.hotkeys.close()
        await until(lambda: it.calls == ["press", "abandon"])


async def test_the_settings_are_followed(qtbot: QtBot) -> None:
    async with keyed() as it:
        it.store.update(GlobalKeys, mute="Ctrl+Alt+F5", show_window="")
        await until(lambda: str(it.keyboard.chords.get(Action.MUTE)) == "Ctrl+Alt+F5")
        assert Action.SHOW_WINDOW not in it.keyboard.chords
        it.store.update(GlobalKeys, mute="Strg+F5")
        await until(lambda: Action.MUTE not in it.keyboard.chords)
        assert "Strg+F5" in it.hotkeys.refusals()[Action.MUTE]
        it.store.update(Talk, longest_hold_s=5)
        assert it.hotkeys.describe() == WAY


async def test_keys_of_another_program_are_told_once(qtbot: QtBot) -> None:
    sentence = "Ctrl+Alt+F5 belongs to another program."
    async with keyed("Ctrl+Alt+F5") as it:
        assert it.notices == []
        it.store.update(GlobalKeys, mute="Ctrl+Alt+F5")
        await until(lambda: sentence in it.notices)
        it.store.update(GlobalKeys, show_window="")
        await until(lambda: Action.SHOW_WINDOW not in it.keyboard.chords)
        await settle()
        assert it.notices.count(sentence) == 1
        assert it.hotkeys.refusals() == {Action.MUTE: sentence}
