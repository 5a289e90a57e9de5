"""`disconnect` at the worst moments: it ends in ``disconnected``, soon, with the last words on the wire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from app.estuary import ClientCredential, ConnectionState, EstuaryClient, EstuaryError, EventName, listener
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer
from tests.estuary.relay import Relay
from tests.estuary.told import Told
from tests.integration.client.speech import QUIET, loud, say

pytestmark = pytest.mark.asyncio


async def leave(client: EstuaryClient, told: Told, seconds: float = 1.5) -> None:
    """Disconnect, and see that nothing of the client is left."""
    others = asyncio.all_tasks()
    async with asyncio.timeout(seconds):
        await client.disconnect()
    assert (client.state, client.session) == (ConnectionState.DISCONNECTED, None)
    assert (client.is_voice_active, client.voice_mode) == (False, None)
    assert told.of("connection_state_changed")[-1] is ConnectionState.DISCONNECTED
    mine = [task for task in asyncio.all_tasks() if task.get_name().startswith(("estuary", "listener"))]
    assert [task for task in mine if not task.done() and task not in others] == []


async def connected(url: str, client_for: ClientMaker, **fields: object) -> tuple[EstuaryClient, Told]:
    client = client_for(url, **fields)
    told = Told(client)
    await client.connect()
    return client, told


async def test_the_last_words_are_on_the_wire(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer.url, client_for)
    await client.start_voice()
    for number in range(100):
        await client.send_audio(loud(number))
    client.send_text("one")
    client.interrupt()
    client.notify_audio_playback_complete("m")
    await leave(client, told)
    await peer.until_empty()
    assert peer.events("stream_audio") == [
        "start_voice",
        "text",
        "client_interrupt",
        "audio_playback_complete",
        "stop_voice",
    ]
    assert peer.events().count("stream_audio") == 100
    assert peer.goodbyes == ["client disconnect"]
    assert told.names("voice_stopped", "disconnected") == ["voice_stopped", "disconnected"]


async def test_while_reading_rests(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "FULL", 10)
    monkeypatch.setattr(listener, "_ROOM", 2)
    monkeypatch.setattr("app.estuary.client.SETTLE_S", 0.1)
    client, told = await connected(peer.url, client_for)
    await client.start_voice()

    async def hang(_voice: object) -> None:
        await asyncio.Event().wait()

    client.on("bot_voice", hang)
    while not client._connection._is_resting:
        await peer.emit("bot_voice", {"audio": "AAAA" * 100})
        await asyncio.sleep(0)
    for _ in range(1_000):
        await peer.emit("bot_voice", {"audio": "AAAA" * 100})
    client.send_text("last")
    await leave(client, told, 3)
    await peer.until_empty()
    assert peer.events() == ["start_voice", "text", "stop_voice"]
    assert [client._connection._is_resting] == [False]
    client.off("bot_voice", hang)
    await client.connect()
    await client.send_text("again")
    await peer.until("text", 2)


async def test_while_it_dials(peer: PeerServer, client_for: ClientMaker) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        client = client_for(relay.url)
        told = Told(client)
        connecting = asyncio.create_task(client.connect())
        await relay.dialled.wait()
        await leave(client, told)
        with pytest.raises(EstuaryError, match="disconnected while connecting"):
            await connecting
    assert told.names("error", "connected") == []


@pytest.mark.parametrize("steps", range(0, 24, 3))
async def test_at_any_step_of_connecting(peer: PeerServer, client_for: ClientMaker, steps: int) -> None:
    client = client_for(peer.url)
    told = Told(client)
    connecting = asyncio.create_task(client.connect())
    for _ in range(steps):
        await asyncio.sleep(0)
    await client.disconnect()
    await asyncio.gather(connecting, return_exceptions=True)
    if steps:
        assert client.state is ConnectionState.DISCONNECTED
        assert told.names("error") == []
    await client.disconnect()
    await peer.until_empty()


@pytest.mark.parametrize("attempts", [1, 5])
async def test_while_it_waits_for_the_next_attempt(
    peer: PeerServer, client_for: ClientMaker, attempts: int
) -> None:
    client, told = await connected(
        peer.url, client_for, reconnect_delay=1_000, max_reconnect_attempts=attempts
    )
    await client.start_voice()
    await peer.drop()
    await told.until("reconnecting")
    await leave(client, told)
    assert told.of("disconnected") == ["the server closed the connection", "the client disconnected"]
    assert (told.names("error"), peer.connections) == ([], 1)


@pytest.mark.parametrize("attempts", [1, 5])
async def test_in_the_middle_of_an_attempt(peer: PeerServer, client_for: ClientMaker, attempts: int) -> None:
    async with Relay(peer.url) as relay:
        client, told = await connected(
            relay.url, client_for, reconnect_delay=0, max_reconnect_attempts=attempts
        )
        relay.fall_silent()
        relay.dialled.clear()
        await relay.hang_up()
        await relay.dialled.wait()
        await leave(client, told)
        after = told.names()[told.names().index("disconnected", -3) :]
        assert after == ["disconnected"]
    assert (told.names("error"), peer.connections) == ([], 1)


async def test_while_voice_comes_back(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer.url, client_for)
    await client.start_voice()
    await say(client, *map(loud, range(5)), at_once=True)
    peer.answers_voice = False
    await peer.drop()
    await peer.until("start_voice", 2)
    await leave(client, told)
    await peer.until_empty()
    assert peer.events()[-1] == "stop_voice"
    assert told.names("error", "turn_in_doubt") == []


async def hang() -> ClientCredential:
    await asyncio.Event().wait()
    raise AssertionError("never reached")


async def test_while_a_token_is_fetched(client_for: ClientMaker) -> None:
    client = client_for("http://127.0.0.1:9", api_key="", token_provider=hang)
    told = Told(client)
    connecting = asyncio.create_task(client.connect())
    await asyncio.sleep(0.01)
    await leave(client, told)
    with pytest.raises(EstuaryError, match="disconnected while connecting"):
        await asyncio.wait_for(connecting, 0.5)


@pytest.mark.parametrize("attempts", [1, 5])
async def test_while_a_token_is_fetched_for_the_next_attempt(
    peer: PeerServer, client_for: ClientMaker, attempts: int
) -> None:
    tokens: list[Callable[[], Awaitable[ClientCredential]]] = [fetch, hang]
    fetching = asyncio.Event()

    async def provide() -> ClientCredential:
        if len(tokens) == 1:
            fetching.set()
        return await tokens.pop(0)()

    peer.key = "ect_1"
    client, told = await connected(
        peer.url,
        client_for,
        api_key="",
        token_provider=provide,
        reconnect_delay=0,
        max_reconnect_attempts=attempts,
    )
    await peer.drop()
    await asyncio.wait_for(fetching.wait(), 2)
    await leave(client, told)
    assert told.names("error") == []
    assert told.of("reconnecting") == [1]
    assert told.names()[-1] == "disconnected"


async def fetch() -> ClientCredential:
    """Return a token that is used up at once."""
    return ClientCredential("ect_1", "player-1", time.time() + 10)


@pytest.mark.parametrize("event", ["connected", "stt_response", "disconnected", "reconnecting", "error"])
async def test_inside_a_listener(peer: PeerServer, client_for: ClientMaker, event: str) -> None:
    client = client_for(peer.url)
    told = Told(client)
    left = asyncio.Event()

    async def go(*_: object) -> None:
        await client.disconnect()
        left.set()

    client.once(EventName(event), go)
    if event == "connected":
        with pytest.raises(EstuaryError, match="disconnected while connecting"):
            await client.connect()
    else:
        await client.connect()
        if event in {"disconnected", "reconnecting"}:
            await peer.drop()
        else:
            await peer.emit(event, {})
    await asyncio.wait_for(left.wait(), 3)
    assert client.state is ConnectionState.DISCONNECTED
    assert told.of("connection_state_changed")[-1] is ConnectionState.DISCONNECTED
    await peer.until_empty()


async def test_on_a_dead_link(peer: PeerServer, client_for: ClientMaker) -> None:
    async with Relay(peer.url) as relay:
        client, told = await connected(relay.url, client_for)
        await client.start_voice()
        relay.fall_silent()
        await say(client, *[QUIET] * 10, at_once=True)
        await leave(client, told, 3)
