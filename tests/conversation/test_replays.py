"""Replies that are heard again through a real speaker, on a virtual sound card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.audio.devices import portaudio
from app.conversation.audio_tap import AudioTap
from app.conversation.conversation import Conversation
from app.conversation.state import State
from app.estuary import VoiceState
from tests.conversation.spoken_reply import shown, speaking
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def card() -> Iterator[None]:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        yield


async def said(conversation: Conversation) -> State:
    """Wait until the reply was heard to its end, and return what is shown then."""
    return await shown(
        conversation,
        lambda state: (
            bool(state.voices) and state.lines[-1].heard_chars is None and state.voice is VoiceState.IDLE
        ),
    )


async def test_a_reply_is_heard_again_and_nothing_else_changes() -> None:
    async with speaking(0.5) as (server, conversation, _):
        before = await said(conversation)
        assert before.voices == {"m1"}
        heard = list[bytes]()
        conversation.on_audio(lambda tap, frame: heard.append(frame) if tap is AudioTap.CHARACTER else None)
        await conversation.replay("m1")
        assert conversation.state.replaying == "m1"
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        await shown(conversation, lambda state: state.replaying is None)
        await shown(conversation, lambda state: state.voice is VoiceState.IDLE)
        assert conversation.state == before
        assert 25 <= len(heard) <= 27
        assert server.events().count("audio_playback_complete") == 1
        assert "client_interrupt" not in server.events()


@pytest.mark.parametrize("is_click", [True, False])
async def test_a_second_click_or_an_interruption_stops_it(is_click: bool) -> None:
    async with speaking(2.0) as (server, conversation, _):
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        await conversation.interrupt()  # a reply that was cut is kept as well
        await shown(conversation, lambda state: state.voices == {"m1"} and state.lines[-1].is_interrupted)
        await server.until("client_interrupt")
        cut = conversation.state.lines
        await conversation.replay("m1")
        await shown(conversation, lambda state: state.voice is VoiceState.SPEAKING)
        await (conversation.replay("m1") if is_click else conversation.interrupt())
        assert conversation.state.replaying is None
        await shown(conversation, lambda state: state.voice is VoiceState.IDLE)
        assert conversation.state.lines == cut
        assert server.events().count("client_interrupt") == 1


async def test_a_voice_goes_with_its_line() -> None:
    async with speaking(1.0) as (_, conversation, _seen):
        before = await said(conversation)
        await conversation.replay("m1")
        await conversation.archive.delete(before.lines[-1].number)
        assert (conversation.state.voices, conversation.state.replaying) == (frozenset(), None)
        await conversation.replay("m1")
        assert (conversation.state.notice, conversation.state.replaying) == (None, None)


async def test_it_ends_with_its_call_and_says_so_when_there_is_none() -> None:
    async with speaking(1.0) as (_, conversation, _seen):
        await said(conversation)
        await conversation.replay("m1")
    assert conversation.state.replaying is None
    await conversation.replay("m1")
    assert conversation.state.notice is not None
    assert "connected" in conversation.state.notice.text


async def test_without_a_speaker_a_notice_says_why() -> None:
    async with speaking(0.2) as (_, conversation, _seen):
        await said(conversation)
        assert conversation._call is not None
        await conversation._call.stop_voice()
        await conversation.replay("m1")
        assert conversation.state.notice is not None
        assert "speaker" in conversation.state.notice.text
        assert conversation.state.has_microphone


async def test_while_the_person_speaks_nothing_is_played() -> None:
    async with speaking(0.2) as (_, conversation, _seen):
        await said(conversation)
        await conversation.press()
        await conversation.replay("m1")
        assert (conversation.state.is_recording, conversation.state.replaying) == (True, None)
        await conversation.release()
        await conversation.replay("m1")
        assert conversation.state.replaying == "m1"
        await conversation.press()
        assert conversation.state.replaying is None
