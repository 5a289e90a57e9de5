"""What is said while the connection is lost: with the embedded server it is taken exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from app.audio.wav import read_wav
from app.core.audio_format import AudioFormat
from app.estuary import EstuaryClient, EstuaryConfig, VoiceMode
from app.server.character_server import Address
from tests.estuary.relay import Relay
from tests.estuary.told import Told
from tests.integration.conftest import Speech
from tests.server.serving import KEY, served

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

FRAME_BYTES = AudioFormat(16_000).bytes_of(20)
QUESTION = "how many miles are twenty kilometers"
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("character")) as address:
        yield address


@pytest_asyncio.fixture
async def relay(server: Address) -> AsyncIterator[Relay]:
    async with Relay(server.url) as relay:
        yield relay


@asynccontextmanager
async def connected(url: str, player: str) -> AsyncIterator[tuple[EstuaryClient, Told]]:
    config = EstuaryConfig(
        server_url=url, api_key=KEY, character_id="default", player_id=player, reconnect_delay=0.05
    )
    async with EstuaryClient(config) as client:
        told = Told(client)
        await client.connect()
        yield client, told


def frames_of(speech: Speech, text: str = QUESTION) -> list[bytes]:
    pcm, rate = read_wav(speech(text, "rms"))
    assert rate == 16_000
    return [pcm[start : start + FRAME_BYTES] for start in range(0, len(pcm), FRAME_BYTES)]


async def say(client: EstuaryClient, frames: list[bytes]) -> None:
    """Send frames as a microphone does."""
    for frame in frames:
        await client.send_audio(frame)
        await asyncio.sleep(0.02)


async def final_words(told: Told) -> list[str]:
    """Return the final words of every turn, once there are any and their answer has been given."""
    async with asyncio.timeout(PATIENCE_S):
        while not any(each.is_final for each in told.of("bot_response")):
            await told.until("bot_response", len(told.of("bot_response")) + 1)
    return [each.text for each in told.of("stt_response") if each.is_final and each.text]


async def ask(client: EstuaryClient, question: str) -> str:
    return (await client.send_text_and_wait(question, text_only=True)).text


async def test_a_typed_turn_whose_answer_was_lost_is_answered_and_taken_once(
    server: Address, relay: Relay
) -> None:
    async with connected(relay.url, "timer") as (client, told), connected(server.url, "timer") as (other, _):
        relay.deafen()
        answer = asyncio.create_task(client.send_text_and_wait("set a timer for one hour", text_only=True))
        async with asyncio.timeout(PATIENCE_S):
            while "hour" not in await ask(other, "what timers are running"):
                continue
        relay.deafen(False)
        await relay.hang_up()
        assert "timer" in (await answer).text.lower()
        assert told.of("turn_in_doubt") == []
        timers = await ask(client, "what timers are running")
        assert timers.count("timer") == 1, timers


@pytest.mark.parametrize("mode", [VoiceMode.PUSH_TO_TALK, VoiceMode.CONTINUOUS])
async def test_an_utterance_in_which_the_connection_is_lost_arrives_whole(
    relay: Relay, speech: Speech, mode: VoiceMode
) -> None:
    frames = frames_of(speech)
    async with connected(relay.url, f"speaker-{mode}") as (client, told):
        await client.start_voice(mode)
        await client.start_recording()
        await say(client, frames[: len(frames) // 2])
        relay.fall_silent()
        await relay.hang_up()
        await told.until("reconnecting")
        await say(client, frames[len(frames) // 2 :])
        await say(client, [bytes(FRAME_BYTES)] * 10)
        relay.recover()
        await told.until("voice_started", 2)
        await client.stop_recording()
        if mode is VoiceMode.CONTINUOUS:
            await say(client, [bytes(FRAME_BYTES)] * 75)
        assert await final_words(told) == [QUESTION]
        assert told.of("turn_in_doubt") == []


async def test_words_that_were_understood_before_the_connection_was_lost_are_not_taken_again(
    relay: Relay, speech: Speech
) -> None:
    async with connected(relay.url, "repeater") as (client, told):
        await client.start_voice(VoiceMode.PUSH_TO_TALK)
        await client.start_recording()
        await say(client, frames_of(speech))
        relay.deafen()
        await client.stop_recording()
        await asyncio.sleep(1.0)  # the server takes the turn; its words do not come through
        relay.deafen(False)
        await relay.hang_up()
        assert await final_words(told) == [QUESTION]
        answers = {each.message_id for each in told.of("bot_response")}
        assert len(answers) == 1


async def test_silence_is_not_kept(relay: Relay) -> None:
    async with connected(relay.url, "silent") as (client, told):
        await client.start_voice()
        await say(client, [bytes(FRAME_BYTES)] * 10)
        relay.fall_silent()
        await relay.hang_up()
        await told.until("reconnecting")
        await say(client, [bytes(FRAME_BYTES)] * 50)
        relay.recover()
        await told.until("voice_started", 2)
        assert client.is_voice_active
        assert told.of("turn_in_doubt") == []
