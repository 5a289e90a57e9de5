"""The bridge: order, coalescing, errors, and no task left behind."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.conversation.audio_tap import AudioTap
from app.conversation.line import Author
from app.conversation.state import Link, Notice, State
from app.core.errors import UserError
from app.estuary.voice_mode import VoiceState
from app.ui.bridge import Bridge
from tests.ui.open_window import settle, until
from tests.ui.stand_in import StandIn


class Slow(StandIn):
    """Waits for its server at each press, until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self._released = asyncio.Event()

    async def press(self) -> None:
        await super().press()
        await self._released.wait()

    async def release(self, *, is_abandoned: bool = False) -> None:
        await super().release(is_abandoned=is_abandoned)
        self._released.set()


class Broken(StandIn):
    """Fails at everything it is asked."""

    async def start(self) -> None:
        raise UserError("The microphone is in use by another program. Choose another.")

    async def send_text(self, text: str) -> None:
        raise ZeroDivisionError("secret detail")


def recorded(bridge: Bridge) -> tuple[list[State], list[Notice | None]]:
    states: list[State] = []
    notices: list[Notice | None] = []
    bridge.state_changed.connect(states.append)
    bridge.notice_changed.connect(notices.append)
    return states, notices


@pytest.mark.asyncio
async def test_a_burst_of_words_becomes_a_few_updates_and_loses_none(qtbot: QtBot) -> None:
    conversation, bridge = StandIn(), Bridge()
    bridge.attach(conversation)
    states, _ = recorded(bridge)
    words = ""
    for number in range(200):
        words += f" word{number}"
        conversation.say(Author.CHARACTER, words, is_final=False)
    await until(lambda: bool(states) and states[-1].lines[-1].text == words)
    assert len(states) <= 3
    await bridge.close()


@pytest.mark.asyncio
async def test_what_is_not_words_comes_at_once(qtbot: QtBot) -> None:
    conversation, bridge = StandIn(), Bridge()
    bridge.attach(conversation)
    states, _ = recorded(bridge)
    conversation.say(Author.PERSON, "what", is_final=False)
    conversation.say(Author.PERSON, "what time", is_final=False)
    conversation.change(voice=VoiceState.HEARING)
    conversation.say(Author.PERSON, "what time is it")
    seen = [(state.voice, state.lines[-1].text, state.lines[-1].is_final) for state in states[-2:]]
    assert seen == [
        (VoiceState.HEARING, "what time", False),
        (VoiceState.HEARING, "what time is it", True),
    ]
    await bridge.close()


@pytest.mark.asyncio
async def test_a_release_follows_its_press_and_does_not_wait_for_it(qtbot: QtBot) -> None:
    conversation, bridge = Slow(), Bridge()
    bridge.attach(conversation)
    bridge.press()
    bridge.release()
    await until(lambda: "release" in conversation.calls)
    assert [call for call in conversation.calls if call != "start"] == ["press", "release"]
    await bridge.close()


@pytest.mark.asyncio
async def test_text_typed_before_there_is_a_conversation_is_sent(qtbot: QtBot) -> None:
    conversation, bridge = StandIn(), Bridge()
    bridge.send_text("first")
    bridge.press()
    bridge.attach(conversation)
    await until(lambda: "text first" in conversation.calls)
    assert "press" not in conversation.calls
    await bridge.close()


@pytest.mark.asyncio
async def test_errors_become_notices_without_their_details(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    conversation, bridge = Broken(), Bridge()
    _, notices = recorded(bridge)
    bridge.attach(conversation)
    await until(lambda: bool(notices) and notices[-1] is not None)
    bridge.send_text("hello")
    await until(lambda: len(notices) == 2)
    bridge.dismiss_notice()
    said = [notice and notice.text for notice in notices]
    assert said == [
        "The microphone is in use by another program. Choose another.",
        "Something went wrong inside Heron. It goes on; the log file has the details.",
        None,
    ]
    reports = [notice.report for notice in notices if notice is not None]
    assert not reports[0]
    assert "builtins.ZeroDivisionError" in reports[1]
    assert "ZeroDivisionError" in caplog.text
    assert "dismiss" not in conversation.calls
    await bridge.close()


@pytest.mark.asyncio
async def test_a_notice_of_the_conversation_is_shown_and_dismissed_there(qtbot: QtBot) -> None:
    conversation, bridge = StandIn(), Bridge()
    _, notices = recorded(bridge)
    bridge.attach(conversation)
    notice = Notice("The connection was lost. Reconnecting…")
    conversation.change(link=Link.RECONNECTING, notice=notice)
    assert notices == [notice]
    bridge.dismiss_notice()
    assert notices == [notice, None]
    await bridge.close()


@pytest.mark.asyncio
async def test_close_cancels_what_still_runs_and_listens_no_more(qtbot: QtBot) -> None:
    class Endless(StandIn):
        async def start(self) -> None:
            await asyncio.Event().wait()

    conversation, bridge = Endless(), Bridge()
    states, _ = recorded(bridge)
    bridge.attach(conversation)
    await settle()
    await bridge.close()
    seen = len(states)
    conversation.change(link=Link.READY)
    assert conversation.listener_count == 0
    assert len(states) == seen


@pytest.mark.asyncio
async def test_frames_are_handed_on(qtbot: QtBot) -> None:
    conversation, bridge = StandIn(), Bridge()
    frames: list[tuple[AudioTap, bytes]] = []
    bridge.frame_arrived.connect(lambda tap, frame: frames.append((tap, frame)))
    bridge.attach(conversation)
    conversation.hear(AudioTap.CHARACTER, b"\x01\x02")
    assert frames == [(AudioTap.CHARACTER, b"\x01\x02")]
    await bridge.close()


def test_this_qt_survives_five_thousand_signals(qtbot: QtBot) -> None:
    """A release of the Qt bindings dropped a reference at each emission and aborted after some hundreds."""

    class Source(QObject):
        fired = Signal(bool)

    source, count = Source(), 0

    def counted(_is_on: bool) -> None:
        nonlocal count
        count += 1

    source.fired.connect(counted)
    for _ in range(5000):
        source.fired.emit(True)
    assert count == 5000
