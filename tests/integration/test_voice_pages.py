"""Each example of Estuary's voice pages, against the embedded server.

Only import lines and credentials are changed, and what an example leaves to the reader (who speaks, how long)
is added around it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from app.audio.wav import read_wav
from app.core.audio_format import AudioFormat
from app.estuary import (
    ErrorCode,
    EstuaryClient,
    EstuaryConfig,
    EstuaryError,
    VoiceMode,
    VoiceSession,
    VoiceState,
)
from app.server.character_server import Address
from tests.estuary.told import Told
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard
from tests.server.serving import KEY, served

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

FRAME_BYTES = AudioFormat(16_000).bytes_of(20)
PATIENCE_S = 20.0
QUESTION = "how many miles are twenty kilometers"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("character")) as address:
        yield address


@pytest.fixture
def config(server: Address) -> EstuaryConfig:
    return EstuaryConfig(
        server_url=server.url,
        api_key=KEY,
        character_id="default",
        player_id="user-123",
        voice_transport="websocket",
    )


@pytest_asyncio.fixture
async def client(config: EstuaryConfig) -> AsyncIterator[EstuaryClient]:
    async with EstuaryClient(config) as client:
        yield client


async def say(client: EstuaryClient, recording: Path, silence_s: float = 1.5) -> None:
    """Send a recording and a pause in real time, as a microphone does."""
    pcm, rate = read_wav(recording)
    assert rate == 16_000
    pcm += bytes(AudioFormat(16_000).bytes_of(1_000 * silence_s))
    for start in range(0, len(pcm), FRAME_BYTES):
        await client.send_audio(pcm[start : start + FRAME_BYTES])
        await asyncio.sleep(0.02)


async def heard_out(told: Told, event: str) -> Any:
    """Return the first event of that name that is final."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            for each in told.of(event):
                if each.is_final:
                    return each
            await told.until(event, len(told.of(event)) + 1)


async def test_starting_voice(client: EstuaryClient) -> None:
    told = Told(client)

    await client.connect()

    # Start voice -- continuous mode with VAD-based turn detection
    await client.start_voice()

    await told.until("voice_started")
    assert client.is_voice_active
    assert client.voice_mode is VoiceMode.CONTINUOUS


@pytest.mark.parametrize("mode", [VoiceMode.CONTINUOUS, VoiceMode.PUSH_TO_TALK])
async def test_voice_modes(client: EstuaryClient, mode: VoiceMode) -> None:
    await client.connect()
    await client.start_voice(mode)
    assert client.is_voice_active
    assert client.voice_mode is mode


async def test_push_to_talk(client: EstuaryClient, speech: Speech) -> None:
    told = Told(client)
    await client.connect()

    await client.start_voice(VoiceMode.PUSH_TO_TALK)

    # User presses button
    await client.start_recording()

    await say(client, speech(QUESTION, "rms"), silence_s=0.2)

    # User releases button
    await client.stop_recording()  # Triggers end-of-turn

    assert (await heard_out(told, "stt_response")).text == QUESTION
    assert "miles" in (await heard_out(told, "bot_response")).text


@pytest.mark.parametrize("mode", [VoiceMode.CONTINUOUS, VoiceMode.PUSH_TO_TALK])
async def test_sending_raw_audio_regardless_of_voice_mode(
    client: EstuaryClient, speech: Speech, mode: VoiceMode
) -> None:
    told = Told(client)
    await client.connect()
    audio_bytes = bytes(FRAME_BYTES)
    with pytest.raises(EstuaryError) as caught:
        await client.send_audio(audio_bytes)
    assert caught.value.code is ErrorCode.VOICE_NOT_ACTIVE

    await client.start_voice(mode)

    # Send raw PCM16 audio (16-bit signed integer, mono, at configured sample rate)
    await client.send_audio(audio_bytes)

    await say(client, speech(QUESTION, "rms"))
    if mode is VoiceMode.PUSH_TO_TALK:
        await client.stop_recording()
    assert (await heard_out(told, "stt_response")).text == QUESTION


async def test_what_is_heard_and_said_comes_as_events(
    client: EstuaryClient, speech: Speech, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(client)

    async def on_stt(response):  # type: ignore[no-untyped-def]
        if response.is_final:
            print("User said:", response.text)
        else:
            # Interim transcription -- useful for showing live captions
            print("Hearing:", response.text)

    client.on("stt_response", on_stt)

    async def on_voice(voice):  # type: ignore[no-untyped-def]
        print(f"Audio chunk {voice.chunk_index} for message {voice.message_id}")
        if voice.is_final:
            print("Last audio chunk received")
            # Notify the server when audio playback completes to help track conversation pacing
            client.notify_audio_playback_complete(voice.message_id)

    client.on("bot_voice", on_voice)

    await client.connect()
    await client.start_voice()
    await say(client, speech(QUESTION, "rms"))
    last = await heard_out(told, "bot_voice")
    await asyncio.sleep(0)

    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line.startswith("User said: ")] == [f"User said: {QUESTION}"]
    assert any(line.startswith("Hearing: how") for line in printed)
    chunks = [line for line in printed if line.startswith("Audio chunk")]
    assert chunks == [
        f"Audio chunk {number} for message {last.message_id}" for number in range(last.chunk_index + 1)
    ]
    assert printed[-1] == "Last audio chunk received"


async def test_stopping_voice_keeps_the_connection(client: EstuaryClient) -> None:
    events = []

    async def on_voice_started():  # type: ignore[no-untyped-def]
        events.append("Voice session started")

    async def on_voice_stopped():  # type: ignore[no-untyped-def]
        events.append("Voice session stopped")

    client.on("voice_started", on_voice_started)
    client.on("voice_stopped", on_voice_stopped)

    await client.connect()
    await client.start_voice()

    await client.stop_voice()

    assert client.is_connected
    answer = await client.send_text_and_wait("what is two plus three", text_only=True)
    assert "five" in answer.text.replace("5", "five")
    assert events == ["Voice session started", "Voice session stopped"]


async def test_muting(client: EstuaryClient, speech: Speech, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(client)
    await client.connect()
    await client.start_voice()

    client.toggle_mute()
    print("Muted:", client.is_muted)

    assert capsys.readouterr().out == "Muted: True\n"
    await say(client, speech(QUESTION, "rms"), silence_s=0.0)
    # The character's voice responses continue.
    client.say_line("Good morning.")
    assert (await heard_out(told, "bot_voice")).is_final
    assert client.is_voice_active
    assert told.of("stt_response") == []


async def test_the_voice_chat_example(server: Address) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-u",
        "-m",
        "tests.integration.voice_chat_example",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"HERON_SERVER": server.url, "HERON_API_KEY": KEY},
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        lines = [await process.stdout.readline(), await process.stdout.readline()]
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert lines == [b"Connected! Starting voice...\n", b"Listening -- speak into your microphone.\n"]
    assert errors == b""


async def test_a_continuous_voice_session(
    config: EstuaryConfig, sound_card: SoundCard, speech: Speech
) -> None:
    async def main() -> None:
        async with EstuaryClient(config) as client:
            told = Told(client)
            await client.connect()

            async with VoiceSession(client, mode=VoiceMode.CONTINUOUS) as session:
                # Microphone is streaming, speaker plays responses automatically.
                with sound_card.listen(16_000) as heard:
                    await asyncio.to_thread(sound_card.say, speech(QUESTION, "rms"))
                    assert (await heard_out(told, "stt_response")).text == QUESTION
                    await heard_out(told, "bot_voice")
                    await until(session, VoiceState.SPEAKING)
                    await until(session, VoiceState.LISTENING)
                assert loudest(heard.pcm) > 1_000

    await main()


async def test_a_push_to_talk_voice_session(
    client: EstuaryClient, sound_card: SoundCard, speech: Speech
) -> None:
    told = Told(client)
    await client.connect()

    async with VoiceSession(client, mode=VoiceMode.PUSH_TO_TALK) as session:
        # User presses button
        await session.start_recording()

        await asyncio.to_thread(sound_card.say, speech(QUESTION, "rms"))

        # User releases button -- triggers end-of-turn
        await session.stop_recording()

        assert (await heard_out(told, "stt_response")).text == QUESTION


async def test_the_constructor(client: EstuaryClient, sound_card: SoundCard) -> None:
    states = list[VoiceState]()

    async def on_state(state: VoiceState) -> None:
        states.append(state)

    await client.connect()
    session = VoiceSession(client, VoiceMode.CONTINUOUS, sample_rate=24_000, on_state=on_state)
    assert session.client is client
    was_started = [session.is_started]
    await session.start()
    was_started.append(session.is_started)
    await session.start_recording()
    await session.stop_recording()
    await session.stop()
    was_started.append(session.is_started)
    assert was_started == [False, True, False]
    assert states == [VoiceState.LISTENING, VoiceState.IDLE]


async def until(session: VoiceSession, state: VoiceState) -> None:
    """Wait for a state; a session tells it through ``on_state``, which the example does not use."""
    async with asyncio.timeout(PATIENCE_S):
        while session.state is not state:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def loudest(pcm: bytes) -> int:
    return max(abs(sample) for sample in memoryview(pcm).cast("h"))
