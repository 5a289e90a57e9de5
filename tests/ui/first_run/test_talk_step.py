"""The step that proves the talk key: a real turn, its words, and what is said about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui.appearance import Appearance
from app.ui.face import Face
from app.ui.first_run import talk_step
from app.ui.first_run.talk_step import TalkStep
from app.ui.hold import Hold, Holder, SpaceUse
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone
from tests.ui.stand_in import StandIn

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.asyncio


class AtStep:
    """The step, with everything around it."""

    def __init__(self, appearance: Appearance, it: AtDesk) -> None:
        self.conversation: StandIn = it.conversation
        self.hold = Hold()
        self.step = TalkStep(appearance, it.desk, self.hold, Face())
        self.passed: list[bool] = []
        self.step.passed.connect(lambda: self.passed.append(True))
        bridge = it.desk.bridge
        bridge.state_changed.connect(self.step.show_state)
        self.hold.began.connect(bridge.press)
        self.hold.ended.connect(bridge.release)
        self.step.show_state(it.conversation.state)


@asynccontextmanager
async def at_step(appearance: Appearance) -> AsyncIterator[AtStep]:
    async with at_desk() as it:
        found = AtStep(appearance, it)
        found.step.resize(460, 600)
        found.step.show()
        found.step.activateWindow()
        await until(found.step.isActiveWindow)
        found.step.enter()
        try:
            yield found
        finally:
            await gone(found.step)


async def test_a_held_button_is_a_turn_whose_caption_and_answer_are_shown(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_step(appearance) as it:
        step, conversation = it.step, it.conversation
        changes: list[bool] = []
        step.changed.connect(lambda: changes.append(True))
        assert step.title.text() == "Hold Space and say hello"
        assert step.talk.hasFocus()
        QTest.mousePress(step.talk, LEFT)
        await until(lambda: conversation.calls[-1] == "press")
        await until(lambda: step.words.text() == "Speak now, and let go when you are done.")
        conversation.say(Author.PERSON, "hel", is_final=False)
        await until(lambda: step.said.texts() == ["hel"])
        QTest.mouseRelease(step.talk, LEFT)
        await until(lambda: conversation.calls[-1] == "release")
        conversation.say(Author.PERSON, "hello")
        assert (step.has_answered, step.next_words) == (False, "")
        conversation.change(voice=VoiceState.SPEAKING)
        conversation.say(Author.CHARACTER, "Hi,", is_final=False)
        await until(lambda: step.said.texts() == ["hello", "Hi,"])
        assert (step.has_answered, step.next_words, changes) == (True, "Done", [True])
        assert step.title.text() == "It works"


async def test_a_moment_of_rest_after_the_answer_goes_on_by_itself(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_step, "REST_MS", 60)
    async with at_step(appearance) as it:
        it.conversation.say(Author.PERSON, "hello")
        it.conversation.change(voice=VoiceState.SPEAKING)
        it.conversation.say(Author.CHARACTER, "Hello.")
        await settle()
        await settle()
        assert it.passed == []  # it is still being spoken
        it.conversation.change(voice=VoiceState.IDLE)
        await until(lambda: it.passed == [True])


@pytest.mark.parametrize("interest", ["typing", "holding", "leaving"])
async def test_it_does_not_go_on_while_the_person_does_something(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch, interest: str
) -> None:
    monkeypatch.setattr(talk_step, "REST_MS", 60)
    async with at_step(appearance) as it:
        it.conversation.say(Author.PERSON, "hello")
        it.conversation.say(Author.CHARACTER, "Hello.")
        if interest == "typing":
            it.step.text.line.setFocus()
            QTest.keyClicks(it.step.text.line, "and")
        elif interest == "holding":
            it.hold.begin(Holder.SPACE)
        else:
            it.step.leave()
        await settle()
        await settle()
        await settle()
        assert it.passed == []


async def test_without_a_microphone_it_is_typed_to(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_step(appearance) as it:
        it.conversation.change(has_microphone=False)
        await until(lambda: it.step.title.text() == "Type hello")
        assert not it.step.talk.isVisible()
        it.step.enter()
        assert it.step.text.line.hasFocus()
        QTest.keyClicks(it.step.text.line, "hello")
        QTest.keyClick(it.step.text.line, Qt.Key.Key_Return)
        await until(lambda: it.step.said.texts() == ["hello"])
        assert it.conversation.calls[-1] == "text hello"


async def test_a_greeting_is_no_answer(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_step(appearance) as it:
        it.conversation.say(Author.CHARACTER, "Good morning.")
        await until(lambda: it.step.said.texts() == ["Good morning."])
        assert not it.step.has_answered


async def test_it_says_what_stands_in_the_way(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_step(appearance) as it:
        for changes, words in (
            ({"link": Link.STARTING}, "waking up"),
            ({"link": Link.FAILED}, "not connected"),
            ({"link": Link.READY, "is_muted": True}, "muted"),
            ({"is_muted": False, "mode": VoiceMode.CONTINUOUS}, "Just speak."),
        ):
            it.conversation.change(**changes)
            await until(lambda words=words: words in it.step.words.text())  # type: ignore[misc]
        assert it.step.title.text() == "Say hello"


async def test_space_talks_unless_something_is_being_written(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_step(appearance) as it:
        uses = [it.step.use_of_space]
        it.step.text.line.setFocus()
        uses.append(it.step.use_of_space)
        QTest.keyClicks(it.step.text.line, "hello")
        uses.append(it.step.use_of_space)
        assert uses == [SpaceUse.TALK, SpaceUse.TALK, SpaceUse.LETTER]
        it.step.text.line.clear()
        it.conversation.change(link=Link.STARTING)
        await until(lambda: it.step.use_of_space is SpaceUse.NOTHING)
