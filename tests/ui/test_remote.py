from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link
from app.desktop.control_message import COMMANDS, Answer, Request
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui.hold import Holder
from app.ui.remote import Remote
from tests.ui.open_window import Opened, opened, settle, until

pytestmark = pytest.mark.asyncio

DONE = Answer(True)


@dataclass
class Commanded:
    """A window that takes commands."""

    opened: Opened
    remote: Remote

    def do(self, command: str) -> Answer:
        return self.remote.do(Request(command, ""))

    @property
    def calls(self) -> list[str]:
        return [call for call in self.opened.conversation.calls if call != "start"]


@asynccontextmanager
async def commanded(longest_s: float = 60) -> AsyncIterator[Commanded]:
    async with opened() as window:
        yield Commanded(window, Remote(lambda: window.window, window.bridge, lambda: longest_s))


async def test_press_begins_a_turn_and_release_sends_it(qtbot: QtBot) -> None:
    async with commanded() as heron:
        assert heron.do("press") == DONE
        assert heron.do("press") == DONE
        await until(lambda: heron.calls == ["press"])
        assert heron.opened.window.controls.talk.is_on
        assert heron.do("release") == DONE
        assert heron.do("release") == DONE
        await until(lambda: heron.calls == ["press", "release"])


async def test_toggle_begins_and_sends(qtbot: QtBot) -> None:
    async with commanded() as heron:
        for expected in ("press", "release", "press", "release"):
            assert heron.do("toggle") == DONE
            await until(lambda expected=expected: heron.calls[-1:] == [expected])  # type: ignore[misc]


async def test_toggle_sends_what_a_click_has_begun(qtbot: QtBot) -> None:
    async with commanded() as heron:
        heron.opened.window.hold.begin(Holder.CLICK)
        assert heron.do("toggle") == DONE
        await until(lambda: heron.calls == ["press", "release"])


async def test_a_turn_goes_on_while_another_window_has_the_keyboard(qtbot: QtBot) -> None:
    async with commanded() as heron:
        other = QWidget()
        qtbot.addWidget(other)
        heron.do("press")
        other.show()
        other.activateWindow()
        await until(lambda: not heron.opened.window.isActiveWindow())
        await settle()
        assert heron.opened.window.hold.is_held
        heron.do("release")
        await until(lambda: heron.calls == ["press", "release"])


async def test_it_works_while_the_window_is_hidden(qtbot: QtBot) -> None:
    async with commanded() as heron:
        heron.opened.window.hide()
        heron.do("press")
        await until(lambda: heron.calls == ["press"])
        heron.do("release")
        await until(lambda: heron.calls == ["press", "release"])


async def test_a_turn_goes_on_while_the_window_is_hidden_and_becomes_a_strip(qtbot: QtBot) -> None:
    async with commanded() as heron:
        heron.do("press")
        heron.opened.window.show_strip()
        heron.opened.window.show_whole()
        heron.opened.window.hide()
        await settle()
        assert heron.calls == ["press"]
        heron.do("release")
        await until(lambda: heron.calls == ["press", "release"])


async def test_a_turn_that_nobody_ends_is_sent_in_the_end(qtbot: QtBot) -> None:
    async with commanded(longest_s=0.05) as heron:
        heron.do("press")
        await until(lambda: heron.calls == ["press", "abandon"])
        assert heron.do("release") == DONE


async def test_a_turn_ends_with_the_connection(qtbot: QtBot) -> None:
    async with commanded() as heron:
        heron.do("press")
        await until(lambda: heron.calls == ["press"])
        heron.opened.conversation.change(link=Link.RECONNECTING)
        await until(lambda: not heron.opened.window.hold.is_held)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"link": Link.STARTING}, "still connecting"),
        ({"link": Link.RECONNECTING}, "still connecting"),
        ({"link": Link.FAILED}, "not connected"),
        ({"has_microphone": False}, "No microphone"),
        ({"mode": VoiceMode.CONTINUOUS}, "always open"),
        ({"is_muted": True}, "muted"),
    ],
)
@pytest.mark.parametrize("command", ["press", "toggle"])
async def test_where_no_turn_can_be_begun_it_says_why(
    qtbot: QtBot, command: str, changes: dict[str, object], words: str
) -> None:
    async with commanded() as heron:
        heron.opened.conversation.change(**changes)
        answer = heron.do(command)
        assert not answer.is_done
        assert words in answer.text
        await settle()
        assert heron.calls == []


async def test_mute_mutes_and_unmutes(qtbot: QtBot) -> None:
    async with commanded() as heron:
        for is_muted in (True, False):
            assert heron.do("mute") == DONE
            assert heron.opened.conversation.state.is_muted == is_muted
        heron.opened.conversation.change(link=Link.CONNECTING)
        assert not heron.do("mute").is_done


async def test_stop_stops_a_reply_and_is_content_without_one(qtbot: QtBot) -> None:
    async with commanded() as heron:
        assert heron.do("stop") == DONE
        heron.opened.conversation.say(Author.CHARACTER, "Well,", is_final=False)
        heron.opened.conversation.change(voice=VoiceState.SPEAKING)
        assert heron.do("stop") == DONE
        await until(lambda: heron.calls == ["interrupt"])


async def test_show_shows_a_window_that_is_hidden_minimised_or_a_strip(qtbot: QtBot) -> None:
    async with commanded() as heron:
        window = heron.opened.window
        for away in (window.hide, window.showMinimized, window.show_strip):
            away()
            await settle()
            assert heron.do("show") == DONE
            await until(window.isVisible)
            assert not window.windowState() & Qt.WindowState.WindowMinimized


async def test_every_command_is_known(qtbot: QtBot) -> None:
    async with commanded() as heron:
        for command in COMMANDS:
            assert heron.do(command) == DONE
