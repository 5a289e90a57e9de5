from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.core.errors import UserError
from app.estuary import EstuaryClient, EstuaryConfig
from app.terminal import exchange as module
from app.terminal.exchange import Exchange
from tests.estuary.peer_server import KEY, PeerServer
from tests.terminal.notes import Notes

pytestmark = pytest.mark.asyncio

PCM_100_MS = "AQAB" * 1_066 + "AQA="  # 3 200 bytes


class Scene:
    """A client, a server that says what the test wants, and an exchange between them."""

    def __init__(self, server: PeerServer, client: EstuaryClient, *, is_typed: bool) -> None:
        self.notes = Notes()
        self.exchange = Exchange(client, self.notes, None if is_typed else "a.wav", is_typed=is_typed)
        self._server = server

    async def hear(self, text: str, *, final: bool = True) -> None:
        await self._server.emit("stt_response", {"text": text, "is_final": final})

    async def say(self, message: str, text: str, *, final: bool = True, unasked: bool = False) -> None:
        payload = {"text": text, "is_final": final, "message_id": message, "is_interjection": unasked}
        await self._server.emit("bot_response", payload)

    async def voice(self, message: str, *, final: bool = True) -> None:
        payload = {"audio": PCM_100_MS, "is_final": final, "message_id": message, "sample_rate": 16_000}
        await self._server.emit("bot_voice", payload)

    async def answer(self, message: str, *, unasked: bool = False) -> None:
        await self.say(message, f"This is {message}.", unasked=unasked)
        await self.voice(message)

    async def settled(self) -> None:
        async with asyncio.timeout(5):
            await self.exchange.answered()

    async def open_after(self, *, until: str, count: int = 1) -> bool:
        """Tell whether it still waits once the server's words have arrived."""
        waiting = asyncio.create_task(self.exchange.answered())
        await self.notes.until(until, count)
        await asyncio.sleep(0.02)  # time enough to end wrongly
        is_open = not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return is_open


@asynccontextmanager
async def scene(*, is_typed: bool) -> AsyncIterator[tuple[Scene, PeerServer]]:
    async with PeerServer() as server:
        config = EstuaryConfig(
            server_url=server.url, api_key=KEY, character_id="default", player_id="ada", auto_reconnect=False
        )
        async with EstuaryClient(config) as client:
            await client.connect()
            made = Scene(server, client, is_typed=is_typed)
            with made.exchange:
                yield made, server


async def test_a_typed_turn_is_answered_when_its_words_and_voice_are_there() -> None:
    async with scene(is_typed=True) as (own, server):
        await own.say("m1", "It is", final=False)
        await own.voice("m1", final=False)
        assert await own.open_after(until="reply")
        await own.say("m1", "It is noon.")
        assert await own.open_after(until="reply", count=2)
        await own.voice("m1")
        await own.settled()
        assert own.notes.of("reply") == [("It is", "m1", False), ("It is noon.", "m1", True)]
        assert own.notes.of("voice") == [("m1", 0.2)]
        assert len(own.exchange.audio()) == 6_400
        # The server learns that nobody waits for the end of playback.
        assert (await server.until("audio_playback_complete")).payload == {"message_id": "m1"}


async def test_a_recording_is_answered_once_its_last_words_are() -> None:
    async with scene(is_typed=False) as (own, _):
        own.exchange.speech_ends_at(asyncio.get_running_loop().time())
        await own.hear("what time", final=False)
        await own.hear("what time is it")
        await own.say("m1", "It is noon.")
        assert await own.open_after(until="reply")
        await own.voice("m1")
        async with asyncio.timeout(module._SETTLED_S / 2):
            await own.exchange.answered()
        assert own.notes.of("stt") == [("what time", False), ("what time is it", True)]
        assert {file for _, file, _ in own.notes.all} == {"a.wav"}
        (first_audio_ms,) = own.notes.of("timing")[0]
        assert 0 < first_audio_ms < 5_000


async def test_each_turn_of_a_recording_wants_its_answer() -> None:
    async with scene(is_typed=False) as (own, _):
        own.exchange.speech_ends_at(asyncio.get_running_loop().time())
        for message in ("m1", "m2"):
            await own.hear("what time is it")
            await own.say(message, "It is noon.")
        await own.voice("m1")
        assert await own.open_after(until="voice")
        await own.voice("m2")
        await own.settled()
        assert len(own.notes.of("timing")) == 1
        assert len(own.exchange.audio()) == 6_400


async def test_more_words_after_an_answer_are_waited_for() -> None:
    async with scene(is_typed=False) as (own, _):
        own.exchange.speech_ends_at(asyncio.get_running_loop().time())
        await own.hear("what time is it")
        await own.say("m1", "It is noon.")
        await own.hear("and what", final=False)
        await own.voice("m1")
        assert await own.open_after(until="voice")


async def test_the_answer_to_an_early_pause_is_not_the_end_of_the_recording(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_SETTLED_S", 0.2)
    async with scene(is_typed=False) as (own, _):
        loop = asyncio.get_running_loop()
        own.exchange.speech_ends_at(loop.time() + 0.2)
        await own.hear("what time is it")
        await own.answer("m1")
        assert await own.open_after(until="voice")
        waiting = asyncio.create_task(own.settled())
        for count in (2, 3):
            await asyncio.sleep(0.13)
            await own.say("m1", "It is noon.")
            await own.notes.until("reply", count)
        last_sign = loop.time()
        await waiting
        # Nothing more was recognised: what is left of it was no speech.
        assert loop.time() - last_sign >= 0.19
        # The first audio came before the end of speech, so it says nothing about the wait for an answer.
        assert own.notes.of("timing") == []


async def test_what_is_said_unasked_is_no_answer() -> None:
    async with scene(is_typed=True) as (own, _):
        await own.answer("timer", unasked=True)
        assert await own.open_after(until="voice")
        await own.answer("m1")
        await own.settled()
        assert len(own.exchange.audio()) == 6_400


async def test_an_interrupted_answer_is_waited_for_no_longer() -> None:
    async with scene(is_typed=True) as (own, server):
        await own.say("m1", "It is", final=False)
        await server.emit("interrupt", {"message_id": "of-long-ago"})
        assert await own.open_after(until="reply")
        await server.emit("interrupt", {"message_id": "m1"})
        await own.settled()


async def test_an_answer_may_be_interrupted_before_its_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SETTLED_S", 0.2)
    async with scene(is_typed=False) as (own, server):
        own.exchange.speech_ends_at(asyncio.get_running_loop().time() + 0.1)
        await server.emit("interrupt", {"message_id": "of-an-earlier-recording"})
        await own.hear("what time")
        await server.emit("interrupt", {"message_id": "m1"})
        await own.hear("what time is it")
        await own.notes.until("stt", 2)
        waiting = asyncio.create_task(own.settled())
        await asyncio.sleep(0.4)
        assert not waiting.done()
        await own.answer("m2")
        await waiting


async def test_a_refusal_of_the_server_ends_the_waiting_at_once() -> None:
    for event, payload in (
        ("quota_exceeded", {"message": "no minutes are left"}),
        ("voice_error", {"error": "no ear is free"}),
    ):
        async with scene(is_typed=False) as (own, server):
            await server.emit(event, payload)
            with pytest.raises(UserError, match=next(iter(payload.values()))):
                await own.settled()


async def test_an_error_of_the_server_is_told() -> None:
    async with scene(is_typed=True) as (own, server):
        await server.emit("error", {"message": "Sorry, that went wrong."})
        assert await own.open_after(until="error")
        (sentence,) = own.notes.of("error")[0]
        assert sentence.startswith("Sorry, that went wrong.")


async def test_a_lost_connection_ends_the_waiting_at_once() -> None:
    async with scene(is_typed=True) as (own, server):
        await own.say("m1", "It is", final=False)
        waiting = asyncio.create_task(own.settled())
        await server.drop()
        with pytest.raises(UserError, match="closed the connection before the answer was complete"):
            await waiting


@pytest.mark.parametrize(
    ("is_typed", "has_words", "sentence"),
    [
        (True, False, "No answer came within 0 s."),
        (False, False, "No answer to a.wav came within 0 s. Nothing was recognised in it."),
        (False, True, "No answer to a.wav came within 0 s."),
    ],
)
async def test_no_sign_of_an_answer_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, is_typed: bool, has_words: bool, sentence: str
) -> None:
    monkeypatch.setattr(module, "ANSWER_S", 0.2)
    async with scene(is_typed=is_typed) as (own, _):
        own.exchange.speech_ends_at(0.0)
        if has_words:
            await own.hear("what time is it")
        with pytest.raises(UserError) as caught:
            await own.settled()
        assert str(caught.value) == sentence


async def test_every_sign_of_an_answer_begins_the_waiting_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_S", 0.3)
    async with scene(is_typed=True) as (own, _):
        waiting = asyncio.create_task(own.settled())
        for text in ("It", "It is", "It is noon."):
            await asyncio.sleep(0.2)  # a slow server
            await own.say("m1", text, final=text.endswith("."))
        await own.voice("m1")
        await waiting


async def test_once_it_is_over_it_hears_nothing_more() -> None:
    async with scene(is_typed=True) as (own, server):
        await own.answer("m1")
        await own.settled()
        own.exchange.__exit__()
        await own.answer("m2")
        await server.emit("error", {"message": "late"})
        await asyncio.sleep(0.05)
        assert len(own.notes.of("reply")) == 1
        assert own.notes.of("error") == []
        own.exchange.__enter__()
