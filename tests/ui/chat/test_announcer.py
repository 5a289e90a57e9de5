"""What assistive technology is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.chat import announcer
from app.ui.chat.announcer import Announcer
from tests.ui.chat.chat_parts import character, person, state_of


class Reader:
    """Notes what would be read out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        monkeypatch.setattr(announcer, "announce", lambda _source, words: self.heard.append(words))
        monkeypatch.setattr(announcer, "WAIT_MS", 1)
        self.source = QObject()
        self.announcer = Announcer(self.source, lambda line: line.text)


@pytest.fixture
def reader(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(monkeypatch)


def test_a_reply_is_announced_once_and_when_it_is_whole(reader: Reader, qtbot: QtBot) -> None:
    reader.announcer.show_state(state_of(person(1, "hi")))
    reply = character(2, "hello")
    reader.announcer.show_state(state_of(person(1, "hi"), replace(reply, is_final=False)))
    qtbot.wait(20)
    assert reader.heard == []
    for _ in range(2):
        reader.announcer.show_state(state_of(person(1, "hi"), reply))
        qtbot.wait(20)
    assert reader.heard == ["hello"]


def test_a_reply_that_is_spoken_is_not_talked_over(reader: Reader, qtbot: QtBot) -> None:
    reader.announcer.show_state(state_of())
    reply = character(1, "hello")
    reader.announcer.show_state(state_of(replace(reply, heard_chars=0)))
    qtbot.wait(20)
    second = character(2, "again")
    reader.announcer.show_state(state_of(reply, second))
    reader.announcer.show_state(state_of(reply, replace(second, heard_chars=0)))
    qtbot.wait(20)
    assert reader.heard == []


def test_a_history_is_not_read_out_when_it_is_opened(reader: Reader, qtbot: QtBot) -> None:
    reader.announcer.show_state(state_of(person(1, "hi"), character(2, "hello")))
    qtbot.wait(20)
    assert reader.heard == []


def test_the_event_is_one_that_qt_takes(qtbot: QtBot) -> None:
    source = QObject()
    announcer.announce(source, "hello")
    assert source.parent() is None
