"""What a conversation is without a sound card. With one it is in tests/integration."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from app.audio.devices import portaudio
from app.conversation.account import Account
from app.conversation.audio_tap import AudioTap
from app.conversation.backend import LocalBackend, RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.state import Link, Notice, Severity, State
from app.core.errors import UserError
from app.estuary import EstuaryConfig, VoiceMode, VoiceState
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio

PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def silent_machine() -> Iterator[None]:
    """Take every microphone and speaker away."""
    with SoundCard(microphone=False, speaker=False) as card, card.applied():
        portaudio.refresh()
        yield
        assert portaudio.is_idle()


@asynccontextmanager
async def begun(backend: LocalBackend | RemoteBackend) -> AsyncIterator[Conversation]:
    conversation = Conversation(backend)
    try:
        await conversation.start()
        yield conversation
    finally:
        await conversation.stop()


async def until(conversation: Conversation, wanted: Callable[[State], bool]) -> State:
    """Return the first state, this one or a later one, that is as wanted."""
    if wanted(conversation.state):
        return conversation.state
    found: asyncio.Future[State] = asyncio.get_running_loop().create_future()

    def look(state: State) -> None:
        if not found.done() and wanted(state):
            found.set_result(state)

    unsubscribe = conversation.subscribe(look)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await found
    finally:
        unsubscribe()


def said(text: str) -> Callable[[State], bool]:
    """Return what looks for a final line with ``text`` in it."""
    return lambda state: any(line.is_final and text in line.text for line in state.lines)


def kill(backend: LocalBackend) -> None:
    assert backend.server.process_id is not None
    os.kill(backend.server.process_id, signal.SIGKILL)


class Unopened(RemoteBackend):
    """Cannot be opened before it is told so."""

    is_willing = False

    async def open(self) -> EstuaryConfig:
        if not self.is_willing:
            raise UserError("It is closed today. Come back tomorrow.")
        return await super().open()


@pytest.mark.integration
async def test_without_a_microphone_it_says_so_and_answers_in_writing() -> None:
    async with begun(LocalBackend()) as conversation:
        state = conversation.state
        assert state.link is Link.READY
        assert not state.has_microphone
        assert state.notice is not None
        assert state.notice.severity is Severity.ERROR
        assert "speaker" in state.notice.text or "microphone" in state.notice.text
        conversation.dismiss_notice()
        await conversation.send_text("  what is two plus three ")
        state = await until(conversation, said("2 plus 3 is 5."))
        assert [line.text for line in state.lines] == ["what is two plus three", "2 plus 3 is 5."]
        assert state.notice is None
        assert state.voice is VoiceState.IDLE
        # A press tries again, and takes itself back.
        await conversation.press()
        assert not conversation.state.is_recording
        assert conversation.state.notice is not None
        await conversation.release()


@pytest.mark.integration
async def test_a_server_killed_in_mid_reply_leaves_its_words_and_is_started_again() -> None:
    backend = LocalBackend()
    links: list[Link] = []
    async with begun(backend) as conversation:
        first = backend.server.process_id
        conversation.subscribe(lambda state: links.append(state.link))
        await conversation.send_text("what can you do")
        await until(conversation, lambda state: len(state.lines) == 2)
        kill(backend)
        state = await until(conversation, lambda state: state.link is Link.RECONNECTING)
        assert [line.is_final for line in state.lines] == [True, True]
        state = await until(
            conversation, lambda state: state.notice is not None and state.notice.severity is Severity.INFO
        )
        assert state.link is Link.READY
        assert state.notice is not None
        assert state.notice.text == "The local character is back. Please say that again."
        assert backend.server.process_id not in {None, first}
        await conversation.send_text("what is two plus three")
        await until(conversation, said("2 plus 3 is 5."))
    assert Link.FAILED not in links
    assert not backend.server.is_running


async def test_a_server_that_cannot_be_reached_is_a_notice_and_can_be_retried() -> None:
    async with PeerServer() as server:
        backend = Unopened(Account(server.url, KEY))
        conversation = Conversation(backend)
        await conversation.start()
        failed = conversation.state
        assert failed.link is Link.FAILED
        assert failed.notice == Notice("It is closed today. Come back tomorrow.", Severity.ERROR)
        await conversation.send_text("can you hear me")
        assert [line.text for line in conversation.state.lines] == ["can you hear me"]
        backend.is_willing = True
        await conversation.retry()
        await until(conversation, lambda state: state.link is Link.READY)
        assert (await server.until("text")).payload == {"text": "can you hear me", "textOnly": True}
        await conversation.stop()
        await until(conversation, lambda state: state.link is Link.OFFLINE)


async def test_what_was_typed_early_is_sent_once_and_in_order() -> None:
    async with PeerServer() as server:
        conversation = Conversation(RemoteBackend(Account(server.url, KEY)))
        for words in ("one", " two ", "", "  "):
            await conversation.send_text(words)
        await conversation.start()
        await conversation.send_text("three")
        await server.until("text", 3)
        await conversation.stop()
        texts = [each.payload["text"] for each in server.received if each.event == "text"]
        assert texts == ["one", "two", "three"]
        assert [line.text for line in conversation.state.lines] == ["one", "two", "three"]


async def test_what_the_server_says_becomes_lines() -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        await server.emit("stt_response", {"text": "what time", "is_final": False})
        await server.emit("stt_response", {"text": "what time is it", "is_final": True})
        await server.emit("bot_response", {"text": "It is", "partial": "It is", "message_id": "m1"})
        await server.emit("bot_response", {"text": "It is noon.", "is_final": True, "message_id": "m1"})
        await server.emit("bot_response", {"text": "And", "partial": "And", "message_id": "m2"})
        await server.emit("interrupt", {"message_id": "m2"})
        state = await until(conversation, lambda state: len(state.lines) == 3 and state.lines[2].is_final)
        assert [line.text for line in state.lines] == ["what time is it", "It is noon.", "And"]
        assert [line.is_interrupted for line in state.lines] == [False, False, True]
        assert all(line.time.tzinfo is not None for line in state.lines)


async def test_an_error_of_the_server_is_a_notice_and_changes_nothing_else() -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        conversation.dismiss_notice()
        await server.emit("error", {"message": "Sorry, that went wrong. Please try again."})
        state = await until(conversation, lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text.startswith("Sorry, that went wrong.")
        assert state.notice.severity is Severity.WARNING
        assert state.link is Link.READY


@pytest.mark.parametrize(
    ("event", "payload", "part"),
    [
        ("voice_timeout", {"idle_seconds": 60}, "nobody spoke"),
        ("voice_error", {"error": "No ear is free."}, "No ear is free."),
        ("quota_exceeded", {"message": "No minutes are left."}, "No minutes are left."),
        ("quota_exceeded", {}, "allowance is used up"),
        ("session_timeout", {"idle_seconds": 600}, "nothing was said for long"),
    ],
)
async def test_what_the_server_cannot_do_any_longer_is_a_notice(
    event: str, payload: dict[str, object], part: str
) -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        conversation.dismiss_notice()
        notices: list[Notice] = []
        conversation.subscribe(lambda state: notices.append(state.notice) if state.notice else None)
        await server.emit(event, payload)
        await until(conversation, lambda state: state.notice is not None)
        assert part in notices[0].text


async def test_a_remote_connection_that_was_lost_is_restored_by_itself() -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        await server.drop()
        await until(conversation, lambda state: state.link is Link.RECONNECTING)
        await conversation.send_text("are you back")
        await until(conversation, lambda state: state.link is Link.READY)
        assert (await server.until("text")).payload["text"] == "are you back"
        assert server.connections == 2


async def test_a_remote_connection_that_is_not_to_be_restored_is_a_notice() -> None:
    async with PeerServer() as server:
        backend = RemoteBackend(Account(server.url, KEY), auto_reconnect=False)
        async with begun(backend) as conversation:
            await server.drop()
            lost = "The connection to the character was lost. Try again."
            state = await until(conversation, lambda state: state.notice == Notice(lost, Severity.ERROR))
            assert state.link is Link.FAILED


async def test_a_wrong_key_is_a_notice_without_the_key() -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, "est_wrong"))) as conversation:
        state = conversation.state
        assert state.link is Link.FAILED
        assert state.notice is not None
        assert "Check the API key" in state.notice.text
        assert "est_wrong" not in state.notice.text


async def test_a_speaker_that_is_pulled_out_is_a_notice() -> None:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
            assert conversation.state.notice is None
            card.kill()
            state = await until(conversation, lambda state: state.notice is not None)
            assert state.notice is not None
            assert state.notice.severity is Severity.ERROR
            assert "speaker" in state.notice.text.lower()
            assert state.link is Link.READY
            await conversation.send_text("are you still there")
            await server.until("text")


async def test_before_it_is_started_nothing_can_go_wrong() -> None:
    conversation = Conversation(RemoteBackend(Account("http://127.0.0.1:9", KEY)))
    states: list[State] = []
    unsubscribe = conversation.subscribe(states.append)
    conversation.toggle_mute()
    await conversation.interrupt()
    await conversation.release()
    await conversation.set_mode(VoiceMode.CONTINUOUS)
    assert [state.mode for state in states] == [VoiceMode.CONTINUOUS]
    await conversation.set_mode(VoiceMode.PUSH_TO_TALK)
    await conversation.press()
    assert states[-1].notice is not None
    assert states[-1].notice.text.startswith("The character cannot be reached yet.")
    assert not states[-1].is_recording
    unsubscribe()
    seen = len(states)
    found = conversation.diagnose()
    assert (found.link, found.voice, found.turns, found.lag.looks) == ("offline", None, (), 0)
    await conversation.stop()
    await conversation.stop()
    assert len(states) == seen
    assert conversation.state.link is Link.OFFLINE


async def test_frames_are_passed_to_whoever_draws_them() -> None:
    conversation = Conversation(RemoteBackend(Account("http://127.0.0.1:9", KEY)))
    drawn: list[tuple[AudioTap, bytes]] = []
    unsubscribe = conversation.on_audio(lambda tap, frame: drawn.append((tap, frame)))
    conversation.audio(AudioTap.MICROPHONE, b"12")
    unsubscribe()
    conversation.audio(AudioTap.CHARACTER, b"34")
    assert drawn == [(AudioTap.MICROPHONE, b"12")]
