"""A listener that cannot keep up, and everything that must not suffer for it."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.estuary import BotVoice, EstuaryClient, SttResponse, listener
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer
from tests.estuary.told import Told

pytestmark = pytest.mark.asyncio

PING_S, PONG_S = 0.2, 0.2


class Slow:
    """A listener that waits until it may go on."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.heard: list[BotVoice | SttResponse] = []
        self.done = asyncio.Event()
        self.wanted = 0

    async def listen(self, event: BotVoice | SttResponse) -> None:
        await self.goes_on.wait()
        self.heard.append(event)
        if len([each for each in self.heard if not _is_caption(each)]) == self.wanted:
            self.done.set()

    async def catch_up(self, wanted: int) -> None:
        """Go on until that many events that count were heard."""
        self.wanted = wanted
        self.goes_on.set()
        await asyncio.wait_for(self.done.wait(), 5)


def _is_caption(event: BotVoice | SttResponse) -> bool:
    return isinstance(event, SttResponse) and not event.is_final


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "FULL", 20)
    monkeypatch.setattr(listener, "_ROOM", 5)


async def connected(url: str, client_for: ClientMaker) -> tuple[EstuaryClient, Told]:
    client = client_for(url, auto_reconnect=False)
    told = Told(client)
    await client.connect()
    return client, told


async def flood(peer: PeerServer, client: EstuaryClient) -> int:
    """Say voice until the client reads no more, and then some; return how many pieces."""
    count = 0
    while not client._connection._is_resting:
        await peer.emit("bot_voice", {"audio": "AAAA" * 200, "chunk_index": count})
        await asyncio.sleep(0)
        count += 1
        assert count < 10_000
    for _ in range(200):
        await peer.emit("bot_voice", {"audio": "AAAA" * 200, "chunk_index": count})
        count += 1
    return count


@pytest.mark.usefixtures("small")
async def test_reading_stops_pongs_go_out_and_in_the_end_everything_is_there_once(
    client_for: ClientMaker,
) -> None:
    async with PeerServer(PING_S, PONG_S) as peer:
        client, told = await connected(peer.url, client_for)
        slow = Slow()
        client.on("bot_voice", slow.listen)
        count = await flood(peer, client)
        read = len(told.of("bot_voice"))
        await asyncio.sleep(5 * (PING_S + PONG_S))
        assert len(told.of("bot_voice")) == read < count
        assert (client.is_connected, slow.heard) == (True, [])
        assert peer.pongs >= 4
        pongs = peer.pongs
        await slow.catch_up(count)
        assert [voice.chunk_index for voice in told.of("bot_voice")] == list(range(count))
        assert [voice.chunk_index for voice in slow.heard if isinstance(voice, BotVoice)] == list(
            range(count)
        )
        client.send_text("caught up")
        await peer.until("text")
        assert peer.pongs - pongs <= 1, "a ping that was answered ahead got a second pong"
        await asyncio.sleep(3 * (PING_S + PONG_S))
        assert client.is_connected
        assert peer.pongs > pongs


@pytest.mark.usefixtures("small")
async def test_only_captions_are_left_out(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer.url, client_for)
    slow = Slow()
    client.on("stt_response", slow.listen)
    client.on("bot_voice", slow.listen)
    for number in range(300):
        await peer.emit("stt_response", {"text": str(number), "is_final": number % 30 == 29})
        if number % 30 == 0:
            await peer.emit("bot_voice", {"chunk_index": number // 30})
    await told.until("stt_response", 200)
    await slow.catch_up(20)
    finals = [each.text for each in slow.heard if isinstance(each, SttResponse) and each.is_final]
    assert finals == [str(number) for number in range(29, 300, 30)]
    voices = [each.chunk_index for each in slow.heard if isinstance(each, BotVoice)]
    assert voices == list(range(10))
    assert len(slow.heard) < 200


async def test_a_slow_listener_delays_neither_the_others_nor_the_heartbeats(client_for: ClientMaker) -> None:
    async with PeerServer(PING_S, PONG_S) as peer:
        client, told = await connected(peer.url, client_for)
        await client.start_voice()
        slow, quick = Slow(), Slow()
        quick.goes_on.set()
        client.on("bot_voice", slow.listen)
        client.on("bot_voice", quick.listen)
        for number in range(50):
            await peer.emit("bot_voice", {"chunk_index": number})
        await told.until("bot_voice", 50)
        await client.send_audio(bytes(640))
        await peer.until("stream_audio")
        await asyncio.sleep(3 * (PING_S + PONG_S))
        assert client.is_connected
        assert (len(quick.heard), slow.heard) == (50, [])
        await slow.catch_up(50)


async def test_a_listener_that_blocks_for_a_second_loses_no_pong_and_no_frame(
    client_for: ClientMaker,
) -> None:
    async with PeerServer(ping_s=0.3, pong_s=2) as peer:
        client, told = await connected(peer.url, client_for)
        await client.start_voice()

        def block(_heard: SttResponse) -> None:
            time.sleep(1.0)

        client.on("stt_response", block)
        for number in range(3):
            await client.send_audio(number.to_bytes(2, "little") * 320)
            await peer.emit("stt_response", {"text": "so"})
            await told.until("stt_response", number + 1)
            await client.send_audio(number.to_bytes(2, "little") * 320)
        await peer.until("stream_audio", 6)
        await asyncio.sleep(1)
        assert client.is_connected
        assert told.names("disconnected", "audio_dropped") == []


@pytest.mark.usefixtures("small")
async def test_a_connection_that_ends_while_reading_rests_is_noticed_when_reading_goes_on(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer.url, client_for)
    slow = Slow()
    client.on("bot_voice", slow.listen)
    await flood(peer, client)
    read = len(told.of("bot_voice"))
    for wire in list(peer._wires):
        await wire.close()
    await asyncio.sleep(0.1)
    assert (client.is_connected, len(told.of("bot_voice"))) == (True, read)
    slow.goes_on.set()
    await told.until("disconnected")
    count = len(told.of("bot_voice"))
    assert count >= read
    assert [voice.chunk_index for voice in told.of("bot_voice")] == list(range(count))
