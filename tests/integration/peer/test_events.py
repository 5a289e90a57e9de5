"""What a client promises about its events, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
an event without a payload is an event                    test_an_event_without_a_payload_is_delivered,
                                                          test_voice_starts_by_an_event_without_a_payload
a payload that cannot be right is an error event          test_a_malformed_payload_becomes_an_error_event
an empty session does not replace the open one            test_an_empty_session_does_not_replace_the_open_one
a frame may be as long as it likes                        test_a_long_frame_is_an_event_like_any_other
a listener is given one event after the other             test_a_listener_gets_one_event_after_the_other
a listener that is cancelled harms no other               test_a_cancelled_listener_harms_no_other
what a listener raises is an error event                  test_what_a_listener_raises_is_told_of
a listener that blocks for 1 s costs no audio and no      test_a_listener_that_blocks_is_harmless_and_named
pong, and is named
========================================================  ====================================================
"""

from __future__ import annotations

import asyncio
import base64
import logging
import time
from typing import Any

import pytest

from app.audio.wav import read_wav
from tests.audio.signals import align
from tests.estuary.peer_server import PeerServer
from tests.integration.conftest import Speech
from tests.integration.peer.sdk import Sdk, both, promised
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_RATE = 16_000


@pytest.mark.parametrize("event", ["interrupt", "voice_timeout", "session_timeout"])
@both("it is lost: its handlers take exactly one argument")
async def test_an_event_without_a_payload_is_delivered(sdk: Sdk, peer: PeerServer, event: str) -> None:
    _, told = await sdk.connected(peer.url)
    await peer.emit(event, None)
    await peer.emit("client_action", {"name": "fence"})
    if event != "session_timeout":  # after which nothing more is listened to
        await told.until("client_action")
    async with promised(1.0):
        await told.until(event)


@both("it is lost, and the start of voice ends after 10 s")
async def test_voice_starts_by_an_event_without_a_payload(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    await peer.emit("voice_started", None)
    async with promised():
        await starting
        assert client.is_voice_active


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("bot_response", "Hello."),
        ("bot_response", ["Hello."]),
        ("bot_response", {"text": 7}),
        ("stt_response", 7),
        ("stt_response", {"text": "hello", "is_final": "false"}),
        ("bot_voice", [{"audio": ""}]),
        ("bot_voice", {"audio": None}),
        ("bot_voice", {"audio": "no base64!"}),
        ("interrupt", "stop"),
        ("quota_exceeded", {"limit": "ten"}),
    ],
    ids=str,
)
@both("it is delivered as it is, or lost without a word")
async def test_a_malformed_payload_becomes_an_error_event(
    sdk: Sdk, peer: PeerServer, event: str, payload: Any
) -> None:
    client, told = await sdk.connected(peer.url)
    await peer.emit(event, payload)
    await peer.emit("client_action", {"name": "fence"})
    await told.until("client_action")
    async with promised():
        assert told.names(event, "error") == ["error"]
    assert client.is_connected


@both("it replaces the session by a blank one")
async def test_an_empty_session_does_not_replace_the_open_one(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)
    await peer.emit("session_info", {})
    await peer.emit("client_action", {"name": "fence"})
    await told.until("client_action")
    async with promised():
        assert client.session.session_id == "session-1"


@both("above 4 MiB it ends the connection")
async def test_a_long_frame_is_an_event_like_any_other(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url, auto_reconnect=False)
    audio = base64.b64encode(bytes(3 << 20) + b"\1\0").decode()
    assert len(audio) > 4 << 20
    await peer.emit("bot_voice", {"audio": audio, "message_id": "m", "is_final": True})
    async with promised():
        voice = await told.until("bot_voice")
        assert voice.audio == audio
        assert client.is_connected


@both("it runs once for each event at the same time, and ends in any order")
async def test_a_listener_gets_one_event_after_the_other(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    total = 20
    ended: list[int] = []
    at_work = most_at_work = 0
    is_done = asyncio.Event()

    async def listen(response: Any) -> None:
        nonlocal at_work, most_at_work
        at_work += 1
        most_at_work = max(most_at_work, at_work)
        await asyncio.sleep(0.001 * (total - response.chunk_index))  # the first takes longest
        at_work -= 1
        ended.append(response.chunk_index)
        if len(ended) == total:
            is_done.set()

    client.on("bot_response", listen)
    for number in range(total):
        await peer.emit("bot_response", {"partial": "a", "message_id": "m", "chunk_index": number})
    async with asyncio.timeout(5):
        await is_done.wait()
    async with promised():
        assert most_at_work == 1
        assert ended == list(range(total))


@pytest.mark.parametrize("is_async", [False, True], ids=["function", "coroutine"])
@both("those after it are not called")
async def test_a_cancelled_listener_harms_no_other(sdk: Sdk, peer: PeerServer, is_async: bool) -> None:
    client = sdk.client(peer.url)
    heard: list[str] = []

    def cancelled(_: Any) -> None:
        raise asyncio.CancelledError

    async def cancelled_later(_: Any) -> None:
        raise asyncio.CancelledError

    client.on("stt_response", cancelled_later if is_async else cancelled)
    client.on("stt_response", lambda what: heard.append(what.text))
    await client.connect()
    fenced = asyncio.Event()
    client.on("client_action", lambda _: fenced.set())
    await peer.emit("stt_response", {"text": "hello", "is_final": True})
    await peer.emit("client_action", {"name": "fence"})
    await asyncio.wait_for(fenced.wait(), 5)
    async with promised():
        assert heard == ["hello"]


@both("it is logged and nothing more")
async def test_what_a_listener_raises_is_told_of(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)

    def fail(_: Any) -> None:
        raise LookupError

    client.on("stt_response", fail)
    await peer.emit("stt_response", {"text": "hello", "is_final": True})
    await peer.emit("client_action", {"name": "fence"})
    await told.until("client_action")
    async with promised():
        assert ["stt_response" in str(error) for error in told.of("error")] == [True]
    assert client.is_connected


@both("no warning says who blocks")
async def test_a_listener_that_blocks_is_harmless_and_named(
    sound_card: SoundCard, speech: Speech, caplog: pytest.LogCaptureFixture, sdk: Sdk
) -> None:
    said = speech("The weather will be fine tomorrow.")
    async with PeerServer(ping_s=0.2, pong_s=1.5) as peer:
        client, _ = await sdk.connected(peer.url, audio_sample_rate=_RATE)
        session = sdk.session(client, sdk.continuous, sample_rate=_RATE)
        await session.start()
        await peer.until("stream_audio")

        def dawdle(_: Any) -> None:
            time.sleep(1.0)

        client.on("stt_response", dawdle)
        speaking = sound_card.start_saying(said)
        await peer.until("stream_audio", len(peer.received) + 10)
        began = time.monotonic()
        await peer.emit("stt_response", {"text": "the", "is_final": False})
        await asyncio.to_thread(speaking.wait)
        assert time.monotonic() - began > 1.0
        await peer.until("stream_audio", peer.events().count("stream_audio") + 25)
        await session.stop()
        pieces = [each.payload["audio"] for each in peer.received if each.event == "stream_audio"]
        pcm, rate = read_wav(said)
        assert rate == _RATE
        assert align(b"".join(map(base64.b64decode, pieces)), pcm)[1] > 0.99, "some of it was lost"
        assert (peer.connections, peer.goodbyes) == (1, []), "a ping was not answered in time"
        async with promised():
            warnings = [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING]
            assert [warning for warning in warnings if "dawdle" in warning]
