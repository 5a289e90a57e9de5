"""A network that goes silent: how soon it is found out, and what becomes of the microphone's audio."""

from __future__ import annotations

import asyncio

import pytest

from app.estuary import AudioDropped, EstuaryClient, pulse
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer
from tests.estuary.relay import Relay
from tests.estuary.told import Told
from tests.integration.client.speech import FRAME_S, QUIET, heard, loud, said, say

pytestmark = pytest.mark.asyncio

STALL_S = 1.0


async def listening(url: str, client_for: ClientMaker, **fields: object) -> tuple[EstuaryClient, Told]:
    client = client_for(url, **fields)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    return client, told


async def now() -> float:
    return asyncio.get_running_loop().time()


async def test_a_dead_link_is_found_within_ten_seconds(peer: PeerServer, client_for: ClientMaker) -> None:
    """With the constants and the server's rhythm as they are; nobody speaks."""
    async with Relay(peer.url) as relay:
        client = client_for(relay.url, auto_reconnect=False)
        told = Told(client)
        await client.connect()
        await asyncio.sleep(0.3)  # the first ping is answered
        relay.fall_silent()
        began = await now()
        assert await told.until("disconnected", patience_s=12) == "the server fell silent"
        assert await now() - began < 10


async def test_while_somebody_speaks_a_dead_link_is_found_sooner(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "DEAD_S", 0.5)
    monkeypatch.setattr(pulse, "IDLE_S", 0.4)
    async with Relay(peer.url) as relay:
        client, told = await listening(relay.url, client_for, auto_reconnect=False)
        await say(client, *[QUIET] * 20)
        relay.fall_silent()
        began = await now()
        speaking = asyncio.create_task(say(client, *[QUIET] * 200))
        await told.until("disconnected")
        assert await now() - began < 1.5
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)


async def test_of_a_quiet_microphone_only_the_newest_second_survives_a_stall(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    async with Relay(peer.url) as relay:
        client, told = await listening(relay.url, client_for, audio_age_limit=0.3)
        await say(client, *[QUIET] * 20)
        await peer.until("stream_audio", 20)
        relay.fall_silent()
        count = round(2.0 / FRAME_S)
        await say(client, *[QUIET] * count)
        assert told.of("audio_dropped") == []
        relay.recover()
        dropped = await told.until("audio_dropped")
        await say(client, loud(1))
        await peer.until("stream_audio", 21 + count - dropped.frames)
        await client.disconnect()
    assert told.of("audio_dropped") == [AudioDropped(dropped.frames, round(dropped.frames * FRAME_S, 3))]
    # What left before the stall was noticed is on its way, and what is younger than the limit is kept.
    kept_s = (count - dropped.frames) * FRAME_S
    assert 0.3 <= kept_s < 0.3 + pulse.STALL_S + pulse.BUSY_S + 0.5
    assert len(heard(peer)) == 21 + count - dropped.frames
    assert said(heard(peer)) == [1]


async def test_nothing_of_an_utterance_is_dropped(peer: PeerServer, client_for: ClientMaker) -> None:
    async with Relay(peer.url) as relay:
        client, told = await listening(relay.url, client_for, audio_age_limit=0.1)
        await say(client, *[QUIET] * 20)
        relay.fall_silent()
        await say(client, *map(loud, range(75)))
        relay.recover()
        await peer.until("stream_audio", 95)
        await client.disconnect()
    assert said(heard(peer)) == list(range(75))
    assert told.of("audio_dropped") == []


async def test_what_is_not_audio_waits_for_the_network_in_its_place(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    async with Relay(peer.url) as relay:
        client, told = await listening(relay.url, client_for, audio_age_limit=0.1)
        await say(client, *[QUIET] * 20)
        relay.fall_silent()
        await say(client, *[QUIET] * 50)
        client.send_text("in between")
        await say(client, *[QUIET] * 20)
        relay.recover()
        await peer.until("text")
        await told.until("audio_dropped")
        await client.disconnect()
    assert peer.events().index("text") > peer.events().index("stream_audio")
    assert len(told.of("audio_dropped")) == 1
