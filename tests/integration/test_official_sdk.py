"""The official client of the protocol, estuary-sdk 0.8.0, gets on with our server."""

from __future__ import annotations

import asyncio
import base64
import importlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.audio.resample import resample
from app.audio.wav import read_wav
from app.server.character_server import Address, bind
from app.server.client_token import issue
from tests.integration.conftest import Speech
from tests.server.serving import KEY, served

sdk: Any = importlib.import_module("estuary_sdk")
"""Without type hints of its own."""

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

PATIENCE_S = 10.0
SUM = "what is two plus three"
SUM_ANSWER = "2 plus 3 is 5."
LONG = "I could go on like this for ever. " * 5
EVENTS = (
    "connected", "disconnected", "reconnecting", "connection_state_changed", "stt_response", "bot_response",
    "bot_voice", "interrupt", "error", "auth_error", "voice_started", "voice_stopped", "voice_error",
)  # fmt: skip


class Peer:
    """An official client, and all that it told its listeners."""

    def __init__(self, address: Address, **fields: Any) -> None:
        given = {"api_key": KEY, "character_id": "default", "player_id": "ada"} | fields
        self.client = sdk.EstuaryClient(sdk.EstuaryConfig(server_url=address.url, **given))
        self.told: list[tuple[str, Any]] = []
        self._news = asyncio.Event()
        for event in EVENTS:
            self.client.on(event, self._listener(event))

    def of(self, event: str) -> list[Any]:
        """Return what came with each event of that name."""
        return [given for name, given in self.told if name == event]

    async def until(self, event: str, is_it: Callable[[Any], bool] = lambda _: True, count: int = 1) -> Any:
        """Return what came with the ``count``-th event of that name that meets a condition."""
        async with asyncio.timeout(PATIENCE_S):
            while len(found := [given for given in self.of(event) if is_it(given)]) < count:
                self._news.clear()
                await self._news.wait()
        return found[count - 1]

    async def until_final(self, event: str, count: int = 1) -> Any:
        return await self.until(event, lambda given: given.is_final, count)

    async def leave(self) -> None:
        """Disconnect, and clear away what it leaves behind when it did not end in the usual way."""
        await self.client.disconnect()
        if left := asyncio.all_tasks() - {asyncio.current_task()}:
            _, pending = await asyncio.wait(left, timeout=1)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
        http = self.client._socket.sio.eio.http
        if http is not None:
            await http.close()

    async def asks(self) -> bool:
        """Ask something and tell whether it is answered."""
        reply = await self.client.send_text_and_wait(SUM, text_only=True, timeout=PATIENCE_S)
        return bool(reply.text == SUM_ANSWER)

    async def speak(self, pcm: bytes, rate: int) -> None:
        """Send audio in frames of 20 ms, as its recorder does."""
        size = rate // 25
        for at in range(0, len(pcm), size):
            await self.client.send_audio(pcm[at : at + size])

    def _listener(self, event: str) -> Callable[..., None]:
        def listen(given: Any = None) -> None:
            self.told.append((event, given))
            self._news.set()

        return listen


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("server")) as address:
        yield address


@asynccontextmanager
async def serving(folder: Path, address: Address | None = None) -> AsyncIterator[Address]:
    """Serve without holding up the event loop of the test."""
    running = served(folder, address)
    bound = await asyncio.to_thread(running.__enter__)
    try:
        yield bound
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)


@asynccontextmanager
async def joined(address: Address, **fields: Any) -> AsyncIterator[Peer]:
    peer = Peer(address, **fields)
    try:
        await peer.client.connect()
        yield peer
    finally:
        await peer.leave()


@pytest.fixture
def spoken(speech: Speech) -> bytes:
    """Return a second of speech at 16 kHz."""
    return read_wav(speech("what time is it"))[0]


def check_voice(chunks: list[Any]) -> None:
    """Hold the chunks of one message against what a player needs."""
    assert [chunk.chunk_index for chunk in chunks] == list(range(len(chunks)))
    assert [chunk.is_final for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert len({chunk.message_id for chunk in chunks}) == 1
    sizes = [len(base64.b64decode(chunk.audio, validate=True)) for chunk in chunks]
    assert all(size and size % 2 == 0 for size in sizes)


async def test_it_connects(server: Address) -> None:
    async with joined(server, realtime_memory=True) as peer:
        session = peer.client.session
        assert peer.client.is_connected
        assert (session.character_id, session.player_id) == ("default", "ada")
        assert session.session_id
        assert session.conversation_id == "default:ada"
        assert session.livekit_token is None
        assert peer.of("connected") == [session]
        assert await peer.asks()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"api_key": "est_wrong"}, "The API key is not valid for this server."),
        ({"character_id": "zeus"}, "There is no character “zeus” here; use “default”."),
        ({"audio_sample_rate": 96_000}, "The sample rate must lie between 8000 and 48000 Hz."),
    ],
)
async def test_it_is_told_why_it_is_refused(server: Address, fields: dict[str, Any], sentence: str) -> None:
    peer = Peer(server, **fields)
    began = time.monotonic()
    with pytest.raises(sdk.EstuaryError) as caught:
        await peer.client.connect()
    assert caught.value.code is sdk.ErrorCode.AUTH_FAILED
    assert str(caught.value) == sentence
    assert time.monotonic() - began < 5  # it did not wait out its own timeout
    await peer.leave()


async def test_text_is_answered_in_text(server: Address) -> None:
    async with joined(server) as peer:
        reply = await peer.client.send_text_and_wait(SUM, text_only=True, timeout=PATIENCE_S)
        assert reply.text == SUM_ANSWER
        assert await peer.asks()
        assert peer.of("bot_voice") == []


async def test_text_is_answered_in_voice(server: Address) -> None:
    async with joined(server) as peer:
        reply = await peer.client.send_text_and_wait("when is christmas", timeout=PATIENCE_S)
        await peer.until_final("bot_voice")
        check_voice(peer.of("bot_voice"))
        said = peer.of("bot_response")
        assert said[-1] == reply
        assert [each.chunk_index for each in said] == list(range(len(said)))
        assert "".join(each.partial for each in said) == reply.text
        assert {each.message_id for each in peer.of("bot_voice")} == {reply.message_id}


@pytest.mark.parametrize("rate", [16_000, 24_000])
async def test_it_speaks_and_is_answered(server: Address, spoken: bytes, rate: int) -> None:
    async with joined(server, audio_sample_rate=rate) as peer:
        await peer.client.start_voice()
        await peer.speak(resample(spoken, 16_000, rate), rate)
        interim = await peer.until("stt_response")
        assert not interim.is_final
        await peer.speak(bytes(2 * rate), rate)
        final = await peer.until_final("stt_response")
        assert final.text == "what time is it"
        await peer.until_final("bot_voice")
        check_voice(peer.of("bot_voice"))
        length_s = sum(len(base64.b64decode(each.audio)) for each in peer.of("bot_voice")) / 2 / rate
        assert 0.5 < length_s < 4
        answer = await peer.until_final("bot_response")
        assert answer.text.startswith("It is ")
        names = [name for name, _ in peer.told if name != "connection_state_changed"]
        assert [name for name, _ in groupby(names)][:3] == ["connected", "voice_started", "stt_response"]
        await peer.client.stop_voice()
        await peer.until("voice_stopped")
        assert peer.of("voice_error") == peer.of("error") == []


async def test_it_speaks_while_a_key_is_held(server: Address, spoken: bytes) -> None:
    async with joined(server, audio_sample_rate=24_000) as peer:
        await peer.client.start_voice(sdk.VoiceMode.PUSH_TO_TALK)  # a press already, that nobody made
        for turn in (1, 2):
            await peer.client.start_recording()
            await peer.speak(resample(spoken, 16_000, 24_000), 24_000)
            await peer.client.stop_recording()
            await peer.until("voice_stopped", count=turn)
            await peer.until_final("bot_response", turn)
            await peer.until("bot_voice", count=turn)
        assert len(peer.of("voice_started")) == 3
        await peer.client.stop_voice()
        await peer.until("voice_stopped", count=3)
        assert await peer.asks()
        finals = [each.text for each in peer.of("stt_response") if each.is_final]
        assert finals == ["what time is it"] * 2
        assert sum(each.is_final for each in peer.of("bot_response")) == 3
        assert peer.of("voice_error") == peer.of("error") == []


async def test_it_interrupts(server: Address) -> None:
    async with joined(server) as peer:
        peer.client.say_line(LONG)
        current = (await peer.until("bot_voice")).message_id
        peer.client.interrupt()
        interrupt = await peer.until("interrupt")
        assert interrupt.message_id == current
        assert interrupt.reason == "client_interrupt"
        before = len(peer.told)
        assert await peer.asks()
        assert [name for name, _ in peer.told[before:] if name == "bot_voice"] == []


async def test_speaking_interrupts_too(server: Address, spoken: bytes) -> None:
    async with joined(server, audio_sample_rate=16_000) as peer:
        await peer.client.start_voice()
        peer.client.say_line(LONG)
        current = (await peer.until("bot_voice")).message_id
        await peer.speak(spoken + bytes(32_000), 16_000)
        interrupt = await peer.until("interrupt")
        assert (interrupt.message_id, interrupt.reason) == (current, "user_speech")
        answer = await peer.until_final("bot_response", 2)
        assert answer.text.startswith("It is ")


async def test_a_line_is_said_as_it_is(server: Address) -> None:
    async with joined(server) as peer:
        peer.client.say_line("Once upon a time.")
        said = await peer.until_final("bot_response")
        assert said.text == "Once upon a time."
        await peer.until_final("bot_voice")
        check_voice(peer.of("bot_voice"))
        peer.client.notify_audio_playback_complete(said.message_id)
        peer.client.say_line("The end.", text_only=True)
        assert (await peer.until_final("bot_response", 2)).text == "The end."
        assert await peer.asks()
        assert {chunk.message_id for chunk in peer.of("bot_voice")} == {said.message_id}
        assert peer.of("interrupt") == []


async def test_what_the_character_cannot_do_is_said(server: Address) -> None:
    async with joined(server) as peer:
        peer.client.update_preferences(enable_vision_acknowledgment=True)
        peer.client.send_camera_image(base64.b64encode(bytes(1_000_000)).decode(), "image/png", text="look")
        said = await peer.until_final("bot_response")
        assert said.text == "I can't see pictures, I only know words. Tell me what it shows."
        assert (await peer.until("bot_voice")).message_id == said.message_id
        peer.client.start_agent_conversation("a", "b")
        error = await peer.until("error")
        assert str(error) == "Characters do not talk with each other here."
        peer.client.stop_agent_conversation()
        assert await peer.asks()


async def test_it_comes_back_when_the_server_does(tmp_path: Path, spoken: bytes) -> None:
    with bind(Address()) as probe:
        address = Address(port=probe.getsockname()[1])
    fields = {"reconnect_delay": 0.1, "max_reconnect_attempts": 7, "audio_sample_rate": 16_000}
    async with AsyncExitStack() as server, AsyncExitStack() as client:
        await server.enter_async_context(serving(tmp_path, address))
        peer = await client.enter_async_context(joined(address, **fields))
        await peer.client.start_voice()
        await server.aclose()
        await peer.until("disconnected")
        await server.enter_async_context(serving(tmp_path, address))
        connected = sdk.ConnectionState.CONNECTED
        await peer.until("connection_state_changed", lambda state: state is connected, count=2)
        assert await peer.asks()
        await peer.client.stop_voice()  # it believes that voice is still on
        await peer.client.start_voice()
        await peer.speak(spoken + bytes(32_000), 16_000)
        assert (await peer.until_final("stt_response")).text == "what time is it"
        assert (await peer.until_final("bot_response", 2)).text.startswith("It is ")


class Tokens:
    """Gives out client tokens, each for ``left_s`` seconds."""

    def __init__(self, left_s: float) -> None:
        self._left_s = left_s
        self.expired: list[float] = []
        self.key = KEY

    async def __call__(self) -> Any:
        expires_at = time.time() + self._left_s
        self.expired.append(expires_at)
        return sdk.ClientCredential(issue(self.key, "grace", expires_at), "grace", expires_at)


async def test_a_token_lets_it_in_and_is_renewed(server: Address) -> None:
    tokens = Tokens(2.5)  # it renews those that have less than half a minute every second
    async with joined(server, api_key="", token_provider=tokens) as peer:
        assert peer.client.session.player_id == "grace"
        first_end = tokens.expired[0]
        while time.time() < first_end + 0.5:
            assert await peer.asks()
        assert len(tokens.expired) >= 3
        assert peer.client.is_connected
        assert peer.of("auth_error") == peer.of("disconnected") == []


async def test_a_token_that_is_not_renewed_ends_the_session(server: Address) -> None:
    async with joined(server, api_key="", token_provider=Tokens(0.9)) as peer:
        assert await peer.until("auth_error") == "The client token has expired."
        await peer.until("disconnected")
        assert not peer.client.is_connected
        assert peer.of("reconnecting") == []


async def test_a_token_that_cannot_be_renewed_ends_the_session(server: Address) -> None:
    tokens = Tokens(20)
    async with joined(server, api_key="", token_provider=tokens) as peer:
        tokens.key = "est_another"
        assert await peer.until("auth_error") == "credential_renewal_failed"
        await peer.until("disconnected")
        assert not peer.client.is_connected


async def test_a_token_that_is_none_is_refused(server: Address) -> None:
    tokens = Tokens(60)
    tokens.key = "est_another"
    peer = Peer(server, api_key="", token_provider=tokens)
    with pytest.raises(sdk.EstuaryError, match="The client token is not valid for this server") as caught:
        await peer.client.connect()
    assert caught.value.code is sdk.ErrorCode.AUTH_FAILED
    await peer.leave()
