"""What a program says through a client, and what it is told, over a real connection."""

from __future__ import annotations

import asyncio
import base64
import logging
import sys
from pathlib import Path
from typing import Final

import pytest

from app.estuary import (
    AnswerTimeout,
    BotResponse,
    BotVoice,
    ClientAction,
    ErrorCode,
    EstuaryClient,
    EstuaryError,
    Interrupt,
    OtherEvent,
    QuotaExceeded,
    SttResponse,
)
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import KEY, PeerServer, Received
from tests.estuary.told import Told

pytestmark = pytest.mark.asyncio

ROOT: Final = Path(__file__).parents[2]


async def connected(
    peer: PeerServer, client_for: ClientMaker, **fields: object
) -> tuple[EstuaryClient, Told]:
    client = client_for(peer.url, **fields)
    told = Told(client)
    await client.connect()
    return client, told


async def test_what_is_said_has_the_names_of_the_wire(peer: PeerServer, client_for: ClientMaker) -> None:
    client, _ = await connected(peer, client_for)
    await client.send_text("hello")
    await client.send_text("hush", text_only=True)
    await client.send_text("  ")
    await client.say_line("Good morning.", text_only=True)
    await client.say_line("")
    await client.interrupt()
    await client.interrupt("m1")
    client.notify_audio_playback_complete("m1")
    client.notify_audio_playback_complete()
    await peer.until("audio_playback_complete", 2)
    assert len({each.turn_id for each in peer.received if each.event == "text"}) == 2
    assert peer.received == [
        Received("text", {"text": "hello"}),
        Received("text", {"text": "hush", "textOnly": True}),
        Received("say_line", {"text": "Good morning.", "text_only": True}),
        Received("client_interrupt", {}),
        Received("client_interrupt", {"message_id": "m1"}),
        Received("audio_playback_complete", {"message_id": "m1"}),
        Received("audio_playback_complete", {}),
    ]


async def test_debug_lets_the_log_show_what_goes_over_the_wire(
    peer: PeerServer, client_for: ClientMaker, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("app.estuary")
    before = logger.level
    try:
        client, _ = await connected(peer, client_for, debug=True)
        await client.send_text("my secret")
        await peer.until("text")
    finally:
        logger.setLevel(before)
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("app.estuary")]
    assert "sent text" in ours
    assert "my secret" not in "".join(ours)


async def test_without_a_connection_nothing_is_said(client_for: ClientMaker) -> None:
    client = client_for("http://127.0.0.1:9")
    for call in (
        lambda: client.send_text(""),
        lambda: client.say_line("x"),
        client.interrupt,
        client.start_voice,
    ):
        with pytest.raises(EstuaryError) as caught:
            await call()
        assert caught.value.code is ErrorCode.NOT_CONNECTED


@pytest.mark.parametrize(
    ("event", "payload", "told_as"),
    [
        ("stt_response", {"text": "hi", "is_final": True}, SttResponse(text="hi", is_final=True)),
        ("stt_response", None, SttResponse()),
        (
            "bot_response",
            {"text": "hello", "partial": "lo", "message_id": "m", "chunk_index": 1, "new_field": [1]},
            BotResponse(text="hello", partial="lo", message_id="m", chunk_index=1),
        ),
        (
            "interrupt",
            {"message_id": "m", "interrupted_at": 1.5},
            Interrupt(message_id="m", interrupted_at=1.5),
        ),
        ("interrupt", None, Interrupt()),
        ("quota_exceeded", {"message": "no more", "limit": 5}, QuotaExceeded(message="no more", limit=5)),
        (
            "client_action",
            {"name": "wave", "arguments": {"times": 2}},
            ClientAction(name="wave", arguments={"times": 2}),
        ),
    ],
)
async def test_messages_come_typed(
    peer: PeerServer, client_for: ClientMaker, event: str, payload: object, told_as: object
) -> None:
    _, told = await connected(peer, client_for)
    await peer.emit(event, payload)
    assert await told.until(event) == told_as


async def test_voice_comes_as_text_as_bytes_and_with_its_rate(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    _, told = await connected(peer, client_for, audio_sample_rate=24_000)
    pcm = bytes(range(200))
    text = base64.b64encode(pcm).decode()
    await peer.emit("bot_voice", {"audio": text, "message_id": "m", "chunk_index": 3})
    await peer.emit("bot_voice", {"message_id": "m", "is_final": True, "sample_rate": 22_050})
    await told.until("bot_voice", 2)
    first, last = told.of("bot_voice")
    assert first == BotVoice(pcm=pcm, sample_rate=24_000, message_id="m", chunk_index=3)
    assert first.audio == text
    assert last == BotVoice(pcm=b"", sample_rate=22_050, message_id="m", is_final=True)
    assert last.audio == ""
    assert told.of("audio_received") == []


async def test_an_error_of_the_server_is_told_and_ends_nothing(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await peer.emit("error", {"message": "slow down", "error": "rate_limited"})
    await peer.emit("error", "just words")
    await peer.emit("error", {})
    await told.until("error", 3)
    first, second, third = told.of("error")
    assert (str(first), dict(first.details)) == ("slow down", {"error": "rate_limited"})
    assert str(second) == "just words"
    assert str(third)
    assert client.is_connected


async def test_a_malformed_payload_is_an_error_that_names_the_field(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await peer.emit("bot_voice", {"audio": None})
    await peer.emit("stt_response", {"is_final": "false"})
    await told.until("error", 2)
    assert [error.details["event"] for error in told.of("error")] == ["bot_voice", "stt_response"]
    assert "$.audio" in str(told.of("error")[0])
    assert "$.is_final" in str(told.of("error")[1])
    assert told.names("bot_voice", "stt_response") == []
    assert client.is_connected


async def test_thousands_of_events_reach_an_awaiting_listener_in_order(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    heard: list[int] = []
    spoken: list[int] = []
    pauses = (0, 0, 0.001)

    async def listen(response: BotResponse) -> None:
        await asyncio.sleep(pauses[response.chunk_index % 3])
        heard.append(response.chunk_index)

    async def listen_to_voice(voice: BotVoice) -> None:
        await asyncio.sleep(0)
        spoken.append(voice.chunk_index)

    client.on("bot_response", listen)
    client.on("bot_voice", listen_to_voice)
    for number in range(1_000):
        await peer.emit("bot_response", {"chunk_index": number})
        await peer.emit("bot_voice", {"chunk_index": number, "audio": "AAAA"})
    await told.until("bot_voice", 1_000)
    await client.disconnect()
    assert heard == list(range(1_000))
    assert spoken == list(range(1_000))


async def test_a_slow_listener_delays_neither_voice_nor_others(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    stuck = asyncio.Event()

    async def hang(_heard: SttResponse) -> None:
        await stuck.wait()

    client.on("stt_response", hang)
    await peer.emit("stt_response", {"text": "one"})
    await peer.emit("stt_response", {"text": "two"})
    await told.until("stt_response", 2)
    await client.send_audio(frame)
    await peer.until("stream_audio")
    stuck.set()


async def test_a_listener_that_raises_is_told_as_an_error(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)

    async def fail(_heard: SttResponse) -> None:
        raise RuntimeError("bug")

    client.on("stt_response", fail)
    await peer.emit("stt_response", {})
    error = await told.until("error")
    assert error.details["event"] == "stt_response"
    assert client.is_connected


async def test_listeners_come_and_go(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    first: list[str] = []
    second: list[str] = []

    def listen(heard: SttResponse) -> None:
        second.append(heard.text)
        client.off("stt_response", listen)

    client.once("stt_response", lambda heard: first.append(heard.text))
    client.on("stt_response", listen)
    await peer.emit("stt_response", {"text": "a"})
    await peer.emit("stt_response", {"text": "b"})
    await told.until("stt_response", 2)
    assert (first, second) == (["a"], ["a"])


async def test_what_the_seed_documents_as_awaitable_can_be_awaited(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    """The lifecycle listeners of the voice pages take no argument."""
    client, _ = await connected(peer, client_for)
    happened: list[str] = []

    async def on_voice_started() -> None:
        happened.append("started")

    async def on_voice_stopped() -> None:
        happened.append("stopped")

    client.on("voice_started", on_voice_started)
    client.on("voice_stopped", on_voice_stopped)
    await client.start_voice()
    await client.stop_voice()
    await client.disconnect()
    assert happened == ["started", "stopped"]


async def test_without_the_audio_packages_it_talks_and_a_voice_session_says_what_to_install(
    peer: PeerServer,
) -> None:
    script = """
import asyncio, sys

class WithoutAudio:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        is_audio = name.partition(".")[0] in {"numpy", "sounddevice", "soxr"}
        return None if is_audio else self.finder.find_spec(name, path, target)

sys.meta_path[:] = map(WithoutAudio, sys.meta_path)
from app.estuary import EstuaryClient, EstuaryConfig, EstuaryError, VoiceSession

async def main(url, key):
    config = EstuaryConfig(server_url=url, api_key=key, character_id="c", player_id="p")
    async with EstuaryClient(config) as client:
        await client.connect()
        await client.start_voice()
        await client.send_audio(bytes(640))
        client.send_text("hello")
        await client.stop_voice()
        try:
            await VoiceSession(client).start()
        except EstuaryError as error:
            print(error.code, error)

asyncio.run(main(*sys.argv[1:]))
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, peer.url, KEY, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    printed, _ = await process.communicate()
    assert printed.decode().startswith("VOICE_NOT_SUPPORTED Microphone and speaker need numpy")
    assert 'pip install "heron-voice[audio]"' in printed.decode()
    assert peer.events() == ["start_voice", "stream_audio", "text", "stop_voice"]


async def test_it_waits_for_the_answer_and_not_for_what_is_said_in_between(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, _ = await connected(peer, client_for)
    waiting = asyncio.create_task(client.send_text_and_wait("how are you", text_only=True))
    assert (await peer.until("text")).payload == {"text": "how are you", "textOnly": True}
    for response in (
        {"text": "Ding!", "is_final": True, "message_id": "bell", "is_interjection": True},
        {"text": "I am", "partial": "I am", "message_id": "m"},
        {"text": "I am well.", "is_final": True, "message_id": "m"},
    ):
        await peer.emit("bot_response", response)
    assert (await waiting).text == "I am well."


async def test_waiting_ends_with_the_patience_the_interruption_or_the_connection(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for, max_reconnect_attempts=0)
    with pytest.raises(TimeoutError) as late:
        await client.send_text_and_wait("one", timeout=0.05)
    assert isinstance(late.value, AnswerTimeout)
    with pytest.raises(ValueError, match="blank"):
        await client.send_text_and_wait(" ")
    await peer.emit("bot_response", {"text": "late", "is_final": True, "message_id": "late"})
    await told.until("bot_response")
    waiting = asyncio.create_task(client.send_text_and_wait("two"))
    await peer.until("text", 2)
    await peer.emit("bot_response", {"text": "well", "message_id": "m"})
    await peer.emit("interrupt", {"message_id": "m"})
    with pytest.raises(EstuaryError, match="interrupted"):
        await waiting
    waiting = asyncio.create_task(client.send_text_and_wait("three"))
    await peer.until("text", 3)
    await peer.drop()
    with pytest.raises(EstuaryError) as lost:
        await waiting
    assert lost.value.code is ErrorCode.CONNECTION_FAILED


async def test_a_picture_is_shown_in_bytes_or_base64(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await peer.emit("camera_capture", {"request_id": "r", "text": "What is that?"})
    request = await told.until("camera_capture_request")
    client.send_camera_image(b"JPEG!", "image/jpeg", request.request_id, "a cat")
    client.send_camera_image("SlBFRyE=", "image/jpeg")
    await peer.until("camera_image", 2)
    plain = {"image": "SlBFRyE=", "mime_type": "image/jpeg", "sample_rate": 16_000}
    assert [each.payload for each in peer.received] == [plain | {"request_id": "r", "text": "a cat"}, plain]
    for image in (b"", "", "no base64!"):
        with pytest.raises(ValueError, match="image is"):
            client.send_camera_image(image, "image/jpeg")


async def test_what_has_no_type_comes_all_the_same(peer: PeerServer, client_for: ClientMaker) -> None:
    _, told = await connected(peer, client_for)
    await peer.emit("turn_metrics", {"ms": 5})
    await peer.emit("motive_updated")
    await told.until("other", 2)
    assert told.of("other") == [
        OtherEvent(name="turn_metrics", payload={"ms": 5}),
        OtherEvent(name="motive_updated"),
    ]


async def test_rest_speaks_of_whom_the_session_is_with(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    assert [type(each).__name__ for each in (client.characters, client.memory, client.players)] == [
        "CharactersClient", "MemoryClient", "PlayersClient"
    ]  # fmt: skip
    with pytest.raises(EstuaryError) as caught:
        await client.memory.get_stats()  # this server has no REST
    assert caught.value.code is ErrorCode.REST_ERROR
    await client.disconnect()
