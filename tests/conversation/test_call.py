"""What a call tells of a reply as it is spoken through a real speaker."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from app.audio.devices import portaudio
from app.conversation.account import Account
from app.conversation.backend import RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.line import Line
from app.conversation.state import State
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio

RATE = 16_000
WORDS = "Once upon a time there was a grey heron at the edge of a quiet lake."
PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def card() -> Iterator[None]:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        yield


@asynccontextmanager
async def speaking(seconds: float) -> AsyncIterator[tuple[PeerServer, Conversation, list[Line]]]:
    """Have a reply said with so much voice; note each form its line takes."""
    seen: list[Line] = []

    def note(state: State) -> None:
        if state.lines and (not seen or seen[-1] is not state.lines[-1]):
            seen.append(state.lines[-1])

    async with PeerServer() as server:
        conversation = Conversation(RemoteBackend(Account(server.url, KEY)))
        conversation.subscribe(note)
        try:
            await conversation.start()
            await server.emit("bot_response", {"text": WORDS, "is_final": True, "message_id": "m1"})
            pcm = base64.b64encode(bytes(round(seconds * RATE) * 2)).decode()
            await server.emit("bot_voice", {"audio": pcm, "sample_rate": RATE, "message_id": "m1"})
            await server.emit("bot_voice", {"audio": "", "message_id": "m1", "is_final": True})
            yield server, conversation, seen
        finally:
            await conversation.stop()


async def until(conversation: Conversation, wanted: Callable[[Line], bool]) -> Line:
    """Return the last line as soon as it is as wanted."""
    found: asyncio.Future[Line] = asyncio.get_running_loop().create_future()

    def look(state: State) -> None:
        if state.lines and not found.done() and wanted(state.lines[-1]):
            found.set_result(state.lines[-1])

    unsubscribe = conversation.subscribe(look)
    look(conversation.state)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await found
    finally:
        unsubscribe()


def is_heard(least: int) -> Callable[[Line], bool]:
    return lambda line: (line.heard_chars or 0) >= least


async def test_a_reply_is_heard_word_by_word_and_in_the_end_all_of_it() -> None:
    async with speaking(1.5) as (_, conversation, seen):
        await until(conversation, is_heard(1))
        await until(conversation, lambda line: line.heard_chars is None)
        parts = [line.heard_chars for line in seen if line.heard_chars is not None]
        assert parts[0] == 0
        assert parts == sorted(parts)
        assert 8 <= len(parts) <= 20  # 10 a second
        assert max(parts) > len(WORDS) * 0.8
        assert seen[-1].heard_chars is None
        assert not seen[-1].is_interrupted


async def test_a_reply_that_is_stopped_is_cut_where_it_was_heard() -> None:
    async with speaking(5.0) as (_, conversation, _seen):
        await until(conversation, is_heard(15))
        await conversation.interrupt()
        cut = (await until(conversation, lambda line: line.is_interrupted)).heard_chars
        assert cut is not None
        assert 15 <= cut <= 30
        await asyncio.sleep(0.3)
        assert conversation.state.lines[-1].heard_chars == cut


async def test_a_reply_is_cut_when_voice_is_closed_in_the_middle_of_it() -> None:
    async with speaking(5.0) as (_, conversation, seen):
        await until(conversation, is_heard(5))
    assert seen[-1].is_interrupted
    assert 5 <= (seen[-1].heard_chars or 0) < 40
