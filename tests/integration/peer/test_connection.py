"""What a client promises about its connection, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
``disconnect`` ends a reconnection without an error       test_a_disconnect_ends_a_reconnection_in_peace
``disconnect`` ends a connect that still runs             test_a_disconnect_ends_a_connect
a rejected session is an error at once                    test_a_rejected_session_is_an_error_at_once
a session rejected later is not tried again               test_a_session_rejected_later_is_not_restored
a server that closes before the session: error at once    test_a_close_before_the_session_is_an_error_at_once
a listener of ``connected`` meets a connected client      test_in_connected_the_client_is_connected
the client says goodbye                                   test_the_client_says_goodbye
an interjection is not the answer                         test_the_answer_is_not_an_interjection
an answer that cannot come any more is not waited for     test_no_answer_is_waited_for_on_a_dead_connection
a connect leaves no listener behind                       test_a_connect_leaves_no_listener_behind
``once`` is once for its event only                       test_once_is_for_one_event
the state is ``reconnecting`` until that is decided       test_the_state_does_not_flicker
``disconnected`` says why                                 test_disconnected_says_why
many clients do not come back at the same moment          test_clients_come_back_one_by_one
========================================================  ====================================================
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.estuary.peer_server import PATIENCE_S, PeerServer
from tests.estuary.relay import Relay
from tests.integration.peer.sdk import Sdk, both, never, promised

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


@both("it ends in the state error, with a message that its attempts are used up")
async def test_a_disconnect_ends_a_reconnection_in_peace(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url, max_reconnect_attempts=100)
    await peer.stop()
    await told.until("reconnecting")
    await client.disconnect()
    async with promised():
        await never(told, "error")
        assert told.of("connection_state_changed")[-1] == "disconnected"


@both("the connect goes on, to a session that the program believes closed")
async def test_a_disconnect_ends_a_connect(sdk: Sdk, peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        client = sdk.client(relay.url)
        connecting = asyncio.create_task(client.connect())
        await relay.dialled.wait()
        await client.disconnect()
        relay.recover()
        async with promised():
            with pytest.raises(sdk.EstuaryError):
                await connecting
            assert not client.is_connected
            assert peer.connections == 0


@both("it waits for 15 s and calls it a timeout")
async def test_a_rejected_session_is_an_error_at_once(sdk: Sdk, peer: PeerServer) -> None:
    is_rejected = asyncio.Event()

    async def reject(sid: str) -> None:
        await peer.say(sid, "session_rejected", {"reason": "concurrent_limit", "cap": 1})
        await peer.close(sid)
        is_rejected.set()

    peer.on_join = reject
    client = sdk.client(peer.url)
    connecting = asyncio.create_task(client.connect())
    await is_rejected.wait()
    async with promised():
        with pytest.raises(sdk.EstuaryError, match="concurrent_limit"):
            await connecting
        assert not client.is_connected


@both("it comes back to be rejected again, without end")
async def test_a_session_rejected_later_is_not_restored(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)
    await peer.emit("session_rejected", {"reason": "concurrent_limit", "cap": 1})
    await peer.expel()
    await told.until("disconnected")
    async with promised():
        await never(told, "reconnecting")
        assert peer.connections == 1
        assert not client.is_connected


@pytest.mark.parametrize("is_said", [True, False], ids=["goodbye", "hang up"])
@both("it waits for 15 s")
async def test_a_close_before_the_session_is_an_error_at_once(
    sdk: Sdk, peer: PeerServer, is_said: bool
) -> None:
    is_closed = asyncio.Event()

    async def close(sid: str) -> None:
        await peer.until_heard(sid)
        await (peer.close(sid) if is_said else peer.drop())
        is_closed.set()

    peer.on_join = close
    client = sdk.client(peer.url)
    connecting = asyncio.create_task(client.connect())
    await is_closed.wait()
    async with promised():
        with pytest.raises(sdk.EstuaryError) as caught:
            await connecting
        assert caught.value.code == "CONNECTION_FAILED"


@both("it says that it is not connected")
async def test_in_connected_the_client_is_connected(sdk: Sdk, peer: PeerServer) -> None:
    client = sdk.client(peer.url)
    seen: list[bool] = []
    client.on("connected", lambda _: seen.append(client.is_connected))
    await client.connect()
    async with promised():
        assert seen == [True]


@both("the socket closes without a word")
async def test_the_client_says_goodbye(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    await client.disconnect()
    await peer.until_empty()
    async with promised():
        assert peer.goodbyes == ["client disconnect"]


@both("the first final words that come are taken for the answer")
async def test_the_answer_is_not_an_interjection(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    asking = asyncio.create_task(client.send_text_and_wait("What time is it?"))
    await peer.until("text")
    words = {"text": "Your timer is up.", "message_id": "timer", "is_final": True, "is_interjection": True}
    await peer.emit("bot_response", words)
    await peer.emit("bot_response", {"text": "It is noon.", "message_id": "answer", "is_final": True})
    answer = await asking
    async with promised():
        assert answer.text == "It is noon."


@both("it waits for the whole 20 s")
async def test_no_answer_is_waited_for_on_a_dead_connection(sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url, auto_reconnect=False)
    asking = asyncio.create_task(client.send_text_and_wait("What time is it?"))
    await peer.until("text")
    await peer.drop()
    async with promised():
        with pytest.raises(sdk.EstuaryError):
            await asking


@both("each connect leaves one")
async def test_a_connect_leaves_no_listener_behind(sdk: Sdk, peer: PeerServer) -> None:
    client = sdk.client(peer.url)
    counts: list[int] = []
    for _ in range(3):
        await client.connect()
        await client.disconnect()
        counts.append(sdk.listeners(client))
    async with promised():
        assert len(set(counts)) == 1


@both("the first event of any kind that reaches the callback takes it off")
async def test_once_is_for_one_event(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)
    heard: list[str] = []

    def note(what: Any) -> None:
        heard.append(what.text)

    client.once("bot_response", note)
    client.on("stt_response", note)
    for event, text in (("stt_response", "a"), ("stt_response", "b"), ("bot_response", "c")):
        await peer.emit(event, {"text": text, "is_final": True})
    await peer.emit("bot_response", {"text": "d", "is_final": True})
    await told.until("bot_response", 2)
    async with promised():
        assert heard == ["a", "b", "c"]


@both("it is error between the attempts")
async def test_the_state_does_not_flicker(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url, reconnect_delay=0.01, max_reconnect_attempts=100)
    before = len(told.of("connection_state_changed"))
    await peer.stop()
    await told.until("reconnecting", 3)
    states = told.of("connection_state_changed")[before:]
    async with promised():
        assert "error" not in states
    await client.disconnect()


@both("it says transport_close whoever closed it")
async def test_disconnected_says_why(sdk: Sdk, peer: PeerServer) -> None:
    client, told = await sdk.connected(peer.url)
    await peer.drop()
    await told.until("connected", 2)
    await client.disconnect()
    lost, left = told.of("disconnected")
    async with promised():
        assert lost != left


@both("all of them come after the same delay")
async def test_clients_come_back_one_by_one(sdk: Sdk, peer: PeerServer) -> None:
    # Drawn evenly from 1 s, ten moments lie within 0.2 s of each other once in 200 000 runs.
    moments: list[float] = []

    async def join(sid: str) -> None:
        moments.append(asyncio.get_running_loop().time())
        await peer.open_session(sid)

    clients = [sdk.client(peer.url, reconnect_delay=1.0, max_reconnect_attempts=1) for _ in range(10)]
    await asyncio.gather(*(client.connect() for client in clients))
    peer.on_join = join
    await peer.drop()
    async with asyncio.timeout(PATIENCE_S):
        await peer.until_joined(20)
    async with promised():
        assert max(moments) - min(moments) > 0.2
