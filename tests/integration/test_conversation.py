"""A conversation with the real local server, without a window."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from app.conversation.account import Account
from app.conversation.audio_tap import AudioTap
from app.conversation.backend import LocalBackend, RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.local_server import LocalServer
from app.conversation.state import Link, State
from app.core.errors import UserError
from app.estuary import EstuaryConfig, VoiceMode, VoiceState
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_DEADLINE_S = 30


async def shown(conversation: Conversation, wanted: Callable[[State], bool]) -> State:
    """Wait for a state."""
    if wanted(conversation.state):
        return conversation.state
    found: asyncio.Future[State] = asyncio.get_running_loop().create_future()

    def look(state: State) -> None:
        if wanted(state) and not found.done():
            found.set_result(state)

    unsubscribe = conversation.subscribe(look)
    try:
        async with asyncio.timeout(_DEADLINE_S):
            return await found
    finally:
        unsubscribe()


@asynccontextmanager
async def begun(
    backend: LocalBackend | RemoteBackend,
    mode: VoiceMode = VoiceMode.PUSH_TO_TALK,
) -> AsyncIterator[Conversation]:
    conversation = Conversation(backend, mode)
    try:
        await conversation.start()
        yield conversation
    finally:
        await conversation.stop()


def kill(backend: LocalBackend) -> None:
    process_id = backend.server.process_id
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


async def test_a_pressed_turn_is_heard_and_answered_aloud(sound_card: SoundCard, speech: Speech) -> None:
    question = speech("how many miles are twenty kilometers", "rms")
    async with begun(LocalBackend()) as conversation:
        assert conversation.state.link is Link.READY
        await conversation.press()
        await asyncio.to_thread(sound_card.say, question)
        await conversation.release()
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        state = await shown(conversation, lambda state: state.voice is VoiceState.IDLE)
    assert "12.43 miles" in state.lines[-1].text
    assert state.notice is None


async def test_continuous_mode_hears_a_pause_as_the_end(sound_card: SoundCard, speech: Speech) -> None:
    async with begun(LocalBackend(), VoiceMode.CONTINUOUS) as conversation:
        await shown(conversation, lambda state: state.voice is VoiceState.LISTENING)
        await asyncio.to_thread(sound_card.say, speech("how many miles are twenty kilometers", "rms"))
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        state = await shown(conversation, lambda state: state.voice is VoiceState.LISTENING)
        # The virtual speaker is not heard by the microphone; a third line would be the character's own voice.
        assert len(state.lines) == 2
        assert "12.43 miles" in state.lines[-1].text
        found = conversation.diagnose()
    assert (found.server, found.link) == ("local character", "ready")
    assert 0.0 < found.round_trip_s < 0.5
    assert found.lag.looks > 20
    assert found.voice is not None
    for device in (found.voice.microphone, found.voice.speaker):
        assert device.is_open
        assert device.name
        assert device.rate > 8_000
    assert found.voice.speaker.latency_s
    (turn,) = found.turns
    assert turn.answer_s is not None
    assert 0.0 < (turn.caption_s or 0.0) < turn.answer_s < 5.0


async def test_switching_the_mode_and_muting(sound_card: SoundCard) -> None:
    async with begun(LocalBackend()) as conversation:
        await conversation.set_mode(VoiceMode.CONTINUOUS)
        await shown(conversation, lambda state: state.voice is VoiceState.LISTENING)
        conversation.toggle_mute()
        await shown(conversation, lambda state: state.is_muted and state.voice is VoiceState.MUTED)
        conversation.toggle_mute()
        await shown(conversation, lambda state: not state.is_muted)
        await conversation.set_mode(VoiceMode.PUSH_TO_TALK)
        state = await shown(conversation, lambda state: state.voice is VoiceState.IDLE)
        assert state.mode is VoiceMode.PUSH_TO_TALK


async def test_a_sound_card_that_goes_is_said_and_words_can_still_be_typed(sound_card: SoundCard) -> None:
    async with begun(LocalBackend()) as conversation:
        sound_card.kill()
        state = await shown(conversation, lambda state: state.notice is not None)
        assert state.notice is not None
        assert "speaker" in state.notice.text.lower()
        await conversation.send_text("what is two plus three")
        await shown(conversation, lambda state: len(state.lines) == 2 and "5" in state.lines[1].text)


async def test_stopping_the_character_cuts_its_line(sound_card: SoundCard) -> None:
    async with begun(LocalBackend()) as conversation:
        await conversation.send_text("what can you do")
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        await conversation.interrupt()
        state = await shown(conversation, lambda state: state.lines[-1].is_interrupted)
        assert state.lines[-1].text
        await shown(conversation, lambda state: state.voice is VoiceState.IDLE)


async def test_words_typed_before_the_character_is_there_are_sent_later(sound_card: SoundCard) -> None:
    conversation = Conversation(LocalBackend())
    try:
        await conversation.send_text("what is two plus three")
        assert [line.text for line in conversation.state.lines] == ["what is two plus three"]
        await conversation.start()
        await shown(conversation, lambda state: len(state.lines) == 2 and "5" in state.lines[1].text)
    finally:
        await conversation.stop()


async def test_a_killed_server_is_replaced_and_answers_again(sound_card: SoundCard) -> None:
    backend = LocalBackend()
    async with begun(backend) as conversation:
        kill(backend)
        await shown(conversation, lambda state: state.link is Link.RECONNECTING)
        await shown(conversation, lambda state: state.notice is not None and "is back" in state.notice.text)
        await conversation.send_text("what is two plus three")
        await shown(conversation, lambda state: len(state.lines) == 2 and "5" in state.lines[1].text)


async def test_a_server_that_keeps_dying_is_given_up_and_can_be_retried(sound_card: SoundCard) -> None:
    backend = LocalBackend()
    async with begun(backend) as conversation:
        for _ in range(4):
            await shown(conversation, lambda state: state.link is Link.READY)
            kill(backend)
            await shown(conversation, lambda state: state.link is not Link.READY)
        state = await shown(conversation, lambda state: state.link is Link.FAILED)
        assert state.notice is not None
        assert "lost" in state.notice.text
        await conversation.retry()
        assert conversation.state.link is Link.READY


async def test_a_server_that_is_not_there_is_named() -> None:
    async with begun(RemoteBackend(Account("http://127.0.0.1:9", "key"))) as conversation:
        state = conversation.state
    assert state.link is Link.FAILED
    assert state.notice is not None
    assert "http://127.0.0.1:9" in state.notice.text


class Impatient(RemoteBackend):
    """Gives up after one attempt to restore the connection."""

    async def open(self) -> EstuaryConfig:
        return replace(await super().open(), max_reconnect_attempts=1, reconnect_delay=0.01)


async def test_a_connection_the_client_gives_up_on_can_be_retried(sound_card: SoundCard) -> None:
    async with PeerServer() as server, begun(Impatient(Account(server.url, KEY))) as conversation:
        assert conversation.state.link is Link.READY
        await server.stop()
        state = await shown(conversation, lambda state: state.link is Link.FAILED)
        assert state.notice is not None
        assert "lost" in state.notice.text


async def test_words_that_may_have_got_lost_with_the_connection_are_named(sound_card: SoundCard) -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        await conversation.send_text("Remember the milk.")
        await server.until("text")
        await server.drop()
        state = await shown(conversation, lambda state: state.notice is not None)
        assert state.notice is not None
        assert "“Remember the milk.”" in state.notice.text
        assert "Say it again" in state.notice.text


async def test_a_key_pressed_as_soon_as_the_character_is_there_talks(sound_card: SoundCard) -> None:
    conversation = Conversation(LocalBackend())
    pressed: list[asyncio.Task[None]] = []

    def press(state: State) -> None:
        if state.link is Link.READY and not pressed:
            pressed.append(asyncio.create_task(conversation.press()))

    conversation.subscribe(press)
    try:
        await conversation.start()
        await pressed[0]
        assert conversation.state.is_recording
        await shown(conversation, lambda state: state.voice is VoiceState.LISTENING)
        assert conversation.state.notice is None
    finally:
        await conversation.stop()


async def test_a_release_closes_the_microphone_although_its_press_still_waits(sound_card: SoundCard) -> None:
    frames = 0

    def count(tap: AudioTap, _frame: bytes) -> None:
        nonlocal frames
        frames += tap is AudioTap.MICROPHONE

    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        server.answers_voice = False
        conversation.on_audio(count)
        pressing = asyncio.create_task(conversation.press())
        await server.until("start_voice")
        assert not pressing.done()
        releasing = asyncio.create_task(conversation.release())
        async with asyncio.timeout(2):
            await shown(conversation, lambda state: not state.is_recording)
            await shown(conversation, lambda state: state.voice is not VoiceState.LISTENING)
        counted = frames
        await conversation.send_text("is it closed")
        await server.until("text")
        assert frames == counted
        assert not releasing.done(), "the server has not answered the press yet"
        await server.emit("voice_started", {})
        await asyncio.gather(pressing, releasing)
        await server.until("stop_voice")
        assert server.events("text", "stream_audio") == ["start_voice", "stop_voice"]


async def test_a_turn_without_words_is_said(sound_card: SoundCard) -> None:
    async with begun(LocalBackend()) as conversation:
        await conversation.press()
        await shown(conversation, lambda state: state.voice is VoiceState.LISTENING)
        await conversation.release()
        state = await shown(conversation, lambda state: state.notice is not None)
        assert state.notice is not None
        assert "No words were heard" in state.notice.text
        assert state.lines == ()


async def test_stopping_a_character_that_says_nothing_changes_nothing(sound_card: SoundCard) -> None:
    async with begun(LocalBackend()) as conversation:
        await conversation.send_text("what is two plus three")
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        await shown(conversation, lambda state: state.voice is VoiceState.IDLE)
        before = conversation.state
        await conversation.interrupt()
        await conversation.send_text("what is two plus four")
        await shown(conversation, lambda state: len(state.lines) == 4 and "6" in state.lines[3].text)
        assert conversation.state.lines[:2] == before.lines


async def test_the_end_of_voice_after_a_long_silence_is_said_and_unmuting_goes_on(
    sound_card: SoundCard,
) -> None:
    async with PeerServer() as server, begun(RemoteBackend(Account(server.url, KEY))) as conversation:
        await conversation.press()
        await conversation.release()
        await server.emit("voice_timeout", {"reason": "voice_inactivity"})
        state = await shown(conversation, lambda state: state.is_muted)
        assert state.notice is not None
        assert "Unmute" in state.notice.text
        conversation.toggle_mute()
        await shown(conversation, lambda state: not state.is_muted)


async def test_stopping_twice_and_before_starting() -> None:
    conversation = Conversation(LocalBackend())
    await conversation.stop()
    await conversation.stop()
    assert conversation.state.link is Link.OFFLINE


async def test_the_server_tells_neither_key_nor_port_in_its_arguments_and_ends_with_stop() -> None:
    server = LocalServer()
    handover = await server.start()
    process = Path(f"/proc/{server.process_id}")
    arguments, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
    assert handover.api_key.encode() not in arguments + environment
    assert handover.url.rpartition(":")[2].encode() not in arguments
    assert handover.api_key not in repr(handover)
    await server.stop()
    assert not server.is_running
    assert not os.path.exists(process)  # noqa: ASYNC240, PTH110 - a look into the process table


async def test_a_server_that_cannot_start_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERON_HOME", "/proc/heron")
    with pytest.raises(UserError, match="could not be started: Heron cannot use /proc/heron"):
        await LocalServer().start()


async def test_the_server_goes_with_its_parent_however_that_dies() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    server_id = int(await parent.stdout.readline())
    server = os.pidfd_open(server_id)
    try:
        parent.kill()
        await parent.wait()
        ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(server, ended.set)  # readable once the process has ended
        async with asyncio.timeout(10):
            await ended.wait()
    finally:
        asyncio.get_running_loop().remove_reader(server)
        os.close(server)
        with suppress(ProcessLookupError):
            os.kill(server_id, signal.SIGKILL)


_PARENT = """
import asyncio
from app.conversation.local_server import LocalServer

async def main():
    server = LocalServer()
    await server.start()
    print(server.process_id, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""
