"""What assistive technology is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.conversation.line import Line
from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceState
from app.ui.chat import announcer
from app.ui.chat.announcer import Announcer
from tests.ui.chat.chat_parts import character, person

READY = State(link=Link.READY)


class Reader:
    """Notes what would be read out; what is urgent with an exclamation mark."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        monkeypatch.setattr(announcer, "announce", self._hear)
        monkeypatch.setattr(announcer, "WAIT_MS", 1)
        monkeypatch.setattr(announcer, "SETTLE_MS", 1)
        self.source = QObject()
        self.announcer = Announcer(self.source, lambda line: line.text)

    def show(self, *lines: Line) -> None:
        self.announcer.show_state(State(lines=lines))

    def _hear(self, _source: QObject, words: str, *, is_urgent: bool = False) -> None:
        self.heard.append(f"{words}!" if is_urgent else words)


@pytest.fixture
def reader(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(monkeypatch)


def test_a_reply_is_announced_once_and_when_it_is_whole(reader: Reader, qtbot: QtBot) -> None:
    reader.show(person(1, "hi"))
    reply = character(2, "hello")
    reader.show(person(1, "hi"), replace(reply, is_final=False))
    qtbot.wait(20)
    assert reader.heard == []
    for _ in range(2):
        reader.show(person(1, "hi"), reply)
        qtbot.wait(20)
    assert reader.heard == ["hello"]


def test_a_reply_that_is_spoken_is_not_talked_over(reader: Reader, qtbot: QtBot) -> None:
    reader.show()
    reply = character(1, "hello")
    reader.show(replace(reply, heard_chars=0))
    qtbot.wait(20)
    second = character(2, "again")
    reader.show(reply, second)
    reader.show(reply, replace(second, heard_chars=0))
    qtbot.wait(20)
    assert reader.heard == []


def test_a_history_is_not_read_out_when_it_is_opened(reader: Reader, qtbot: QtBot) -> None:
    reader.show(person(1, "hi"), character(2, "hello"))
    qtbot.wait(20)
    assert reader.heard == []


def test_states_that_matter_are_told_and_those_that_cut_in_are_urgent(reader: Reader, qtbot: QtBot) -> None:
    for state in (
        State(link=Link.STARTING),
        READY,
        replace(READY, voice=VoiceState.LISTENING),
        replace(READY, voice=VoiceState.HEARING),
        replace(READY, voice=VoiceState.LISTENING),  # a pause between two words
        replace(READY, voice=VoiceState.THINKING),
        replace(READY, voice=VoiceState.SPEAKING),
        READY,
        replace(READY, is_muted=True),
        READY,
        State(link=Link.RECONNECTING),
        State(link=Link.FAILED),
        READY,
    ):
        for _ in range(2):
            reader.announcer.show_state(state)
        qtbot.wait(20)
    assert reader.heard == [
        "Waking up…", "Ready", "Listening", "Thinking", "Microphone muted!", "Ready", "Reconnecting…",
        "Not connected!", "Ready",
    ]  # fmt: skip


def test_a_state_that_only_passes_by_is_not_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(monkeypatch)
    monkeypatch.setattr(announcer, "SETTLE_MS", 30)
    slow = Announcer(reader.source, lambda line: line.text)
    for voice in (VoiceState.LISTENING, VoiceState.HEARING, VoiceState.THINKING, VoiceState.SPEAKING):
        slow.show_state(replace(READY, voice=voice))
    qtbot.wait(80)
    assert reader.heard == []


def test_the_event_is_one_that_qt_takes(qtbot: QtBot) -> None:
    source = QObject()
    announcer.announce(source, "hello")
    announcer.announce(source, "help", is_urgent=True)
    assert source.parent() is None
