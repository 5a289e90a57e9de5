"""What a client promises about the voice it sends, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
voice comes back with the connection, and is told of      test_voice_comes_back_with_the_connection
voice ends when the connection is given up                test_voice_ends_when_the_connection_is_given_up
of two starts of voice one wins, on the wire too          test_voice_is_started_once
voice that the server ends is over                        test_voice_that_the_server_ends_is_over
the last words are on the wire before the end             test_last_words_reach_the_server
push-to-talk is silent before the first press             test_nothing_is_pressed_before_the_first_press
each press is sent once                                   test_a_press_is_sent_once
a press waits for the server before it sends audio        test_audio_waits_until_the_server_listens
audio that grew old in a stall is dropped, and told of    test_audio_that_grew_old_on_its_way_is_dropped,
                                                          test_a_stall_that_ends_a_link_brings_no_old_audio
========================================================  ====================================================
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest

from app.core.audio_format import AudioFormat
from tests.estuary.peer_server import PATIENCE_S, PeerServer
from tests.estuary.relay import Relay
from tests.integration.peer.sdk import Sdk, both, promised, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_FRAMES_PER_S = 50
_RECENT = 50
"""Frames of the last second, which are young enough to be sent."""

_FRAME = AudioFormat(16_000).frame_bytes


@both("it believes in its voice, sends no second start_voice and tells nothing")
async def test_voice_comes_back_with_the_connection(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)
    await client.start_voice()
    await peer.drop()
    await peer.until_joined(2)
    async with promised():
        await peer.until("start_voice", 2)
        await told.until("voice_started", 2)
        assert client.is_voice_active
        await client.send_audio(bytes(_FRAME))
        await peer.until("stream_audio")


@both("voice stays active, and audio seems to be sent")
async def test_voice_ends_when_the_connection_is_given_up(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url, max_reconnect_attempts=2, reconnect_delay=0.01)
    await client.start_voice()
    await peer.stop()
    error = await told.until("error")
    assert error.code == "CONNECTION_FAILED"
    async with promised():
        assert not client.is_voice_active
        with pytest.raises(sdk.EstuaryError) as caught:
            await client.send_audio(bytes(_FRAME))
        assert caught.value.code == "VOICE_NOT_ACTIVE"


@both("both starts succeed, and the server is asked twice")
async def test_voice_is_started_once(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    outcomes = await asyncio.gather(client.start_voice(), client.start_voice(), return_exceptions=True)
    client.send_text("that was all")
    await peer.until("text")
    async with promised():
        assert [getattr(outcome, "code", None) for outcome in outcomes] == [None, "VOICE_ALREADY_ACTIVE"]
        assert peer.events() == ["start_voice", "text"]


@pytest.mark.parametrize(
    ("event", "payload"), [("voice_stopped", {}), ("voice_error", {"error": "recognition broke"})]
)
@both("voice stays active")
async def test_voice_that_the_server_ends_is_over(
    sdk: Sdk, peer: PeerServer, event: str, payload: dict[str, str]
) -> None:
    client, told = await sdk.connected(peer.url)
    await client.start_voice()
    await peer.emit(event, payload)
    await told.until(event)
    async with promised():
        assert not client.is_voice_active


@both("neither is sent: both are still queued when the socket closes")
async def test_last_words_reach_the_server(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    await client.start_voice()
    client.send_text("good night")
    await client.disconnect()
    await peer.until_empty()
    async with promised():
        assert peer.events() == ["start_voice", "text", "stop_voice"]


@both("the start itself is sent as a press")
async def test_nothing_is_pressed_before_the_first_press(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    await client.start_voice(sdk.push_to_talk)
    client.send_text("not a press")
    await peer.until("text")
    async with promised():
        assert peer.events() == ["text"]


@both("the first press is sent twice")
async def test_a_press_is_sent_once(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    await client.start_voice(sdk.push_to_talk)
    await client.start_recording()
    await client.send_audio(bytes(_FRAME))
    await client.stop_recording()
    await peer.until("stop_voice")
    async with promised():
        assert peer.events() == ["start_voice", "stream_audio", "stop_voice"]


@both("the audio leaves at once")
async def test_audio_waits_until_the_server_listens(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    await client.start_voice(sdk.push_to_talk)
    peer.answers_voice = False
    pressing = asyncio.create_task(client.start_recording())
    await asyncio.sleep(0)  # the press is on its way; nobody tells of that
    sending = asyncio.create_task(client.send_audio(bytes(_FRAME)))
    await asyncio.sleep(0)
    client.send_text("no voice yet")
    await peer.until("text")
    async with promised():
        assert "stream_audio" not in peer.events()
        await peer.emit("voice_started", {})
        await asyncio.gather(pressing, sending)
        await peer.until("stream_audio")


@both("all of it is sent late, and nothing is told")
async def test_audio_that_grew_old_on_its_way_is_dropped(sdk: Sdk, peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        client, told = await sdk.connected(relay.url)
        stall = await _stall(client, peer, relay, 4.0)
        client.send_text("that was all")
        await peer.until("text")
        numbers = _numbers(peer)
        assert all(earlier < later for earlier, later in pairwise(numbers))
        assert {*range(stall.start), *range(stall.stop - _RECENT + 5, stall.stop)} <= set(numbers)
        async with promised():
            assert len(_old(numbers, stall)) < 1.5 * _FRAMES_PER_S
            assert [each.frames for each in told.of("audio_dropped")] == [stall.stop - len(numbers)]


@both("all of it is sent late, and nothing is told")
async def test_a_stall_that_ends_a_link_brings_no_old_audio(sdk: Sdk, peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        client, told = await sdk.connected(relay.url)
        stall = await _stall(client, peer, relay, 6.0)
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: client.is_connected)
        client.send_text("that was all")
        await peer.until("text")
        async with promised():
            assert len(_old(_numbers(peer), stall)) < 1.5 * _FRAMES_PER_S
            assert len(told.of("audio_dropped")) == 1


async def _stall(client: Any, peer: PeerServer, relay: Relay, seconds: float) -> range:
    """Start voice, and let the network take nothing for a while; return the frames that were sent then."""
    stall = range(_FRAMES_PER_S // 2, _FRAMES_PER_S // 2 + round(seconds * _FRAMES_PER_S))
    await client.start_voice()
    await _speak(client, range(stall.start))
    await peer.until("stream_audio", stall.start)
    relay.fall_silent()
    await _speak(client, stall)
    relay.recover()
    return stall


async def _speak(client: Any, numbers: Iterable[int]) -> None:
    """Send a frame each 20 ms: silence, since an utterance would be kept, but for its number."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for count, number in enumerate(numbers, 1):
        await client.send_audio(number.to_bytes(2, "little").ljust(_FRAME, b"\0"))
        await asyncio.sleep(began + count / _FRAMES_PER_S - loop.time())


def _numbers(peer: PeerServer) -> list[int]:
    """Return the numbers of the frames that the server has."""
    sent = [base64.b64decode(each.payload["audio"]) for each in peer.received if each.event == "stream_audio"]
    return [int.from_bytes(frame[:2], "little") for frame in sent]


def _old(numbers: list[int], stall: range) -> list[int]:
    """Return those that were too old when the network recovered; some of them it had taken before."""
    return [number for number in numbers if stall.start <= number < stall.stop - _RECENT - 5]
