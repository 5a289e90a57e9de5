"""A connection over its whole life: connecting, losing, restoring, ending, each at the worst moment."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

import pytest

from app.estuary import (
    AudioDropped,
    ClientCredential,
    ConnectionState,
    ErrorCode,
    EstuaryClient,
    EstuaryError,
    OtherEvent,
    SessionInfo,
    credentials,
    listener,
)
from app.protocol.server_messages import SessionTimeout
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer
from tests.estuary.relay import Relay
from tests.estuary.told import Told

pytestmark = pytest.mark.asyncio

LIFECYCLE = ("connected", "disconnected", "reconnecting", "error")


async def test_connecting_is_told_step_by_step(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    assert client.round_trip_s == 0.0
    session = await client.connect()
    assert told.events == [
        ("connection_state_changed", ConnectionState.CONNECTING),
        ("connection_state_changed", ConnectionState.CONNECTED),
        ("connected", session),
    ]
    assert client.session == session
    async with asyncio.timeout(5):
        while not client.round_trip_s:  # noqa: ASYNC110 - a ping is answered; nothing tells of it
            await asyncio.sleep(0.01)
    assert client.round_trip_s < 1.0
    await client.disconnect()
    assert told.events[3:] == [
        ("connection_state_changed", ConnectionState.DISCONNECTED),
        ("disconnected", "the client disconnected"),
    ]
    assert [client.state, client.session] == [ConnectionState.DISCONNECTED, None]
    await peer.until_empty()
    assert peer.goodbyes == ["client disconnect"]


async def test_inside_the_connected_listener_the_client_is_connected(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)
    seen: list[bool] = []

    async def greet(session: SessionInfo) -> None:
        seen.append(client.is_connected and client.session == session)
        await client.send_text("hello")

    client.on("connected", greet)
    await client.connect()
    assert (await peer.until("text")).payload == {"text": "hello"}
    await client.send_text("bye")
    await peer.until("text", 2)
    assert seen == [True]
    assert [each.payload["text"] for each in peer.received] == ["hello", "bye"]


@pytest.mark.parametrize("is_again", [False, True])
async def test_voice_that_is_started_by_the_connected_listener_is_started_once(
    peer: PeerServer, client_for: ClientMaker, is_again: bool
) -> None:
    client = client_for(peer.url)
    told = Told(client)
    if is_again:
        await client.connect()

    async def start(_session: SessionInfo) -> None:
        await client.start_voice()
        await client.send_text("started")

    client.on("connected", start)
    if is_again:
        await peer.drop()
    else:
        await client.connect()
    await peer.until("text")
    assert peer.events() == ["start_voice", "text"]
    assert told.names("error") == []


async def test_leaving_the_block_disconnects(peer: PeerServer, client_for: ClientMaker) -> None:
    async with client_for(peer.url) as client:
        await client.connect()
    assert not client.is_connected
    await peer.until_empty()


async def test_connecting_twice_is_one_session(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    first = asyncio.create_task(client.connect())
    await asyncio.sleep(0)
    with pytest.raises(EstuaryError, match="already"):
        await client.connect()
    await first
    assert await client.connect() == client.session
    assert peer.connections == 1


async def test_a_failed_connection_is_an_error_and_may_be_tried_again(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)
    told = Told(client)
    peer.key = "another"
    with pytest.raises(EstuaryError) as caught:
        await client.connect()
    assert caught.value.code is ErrorCode.AUTH_FAILED
    assert client.state is ConnectionState.ERROR
    assert told.names(*LIFECYCLE) == []
    peer.key = client.config.api_key
    await client.connect()
    assert client.is_connected


async def test_disconnecting_while_it_connects_ends_both(peer: PeerServer, client_for: ClientMaker) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        client = client_for(relay.url)
        told = Told(client)
        connecting = asyncio.create_task(client.connect())
        await relay.dialled.wait()
        await client.disconnect()
        assert client.state is ConnectionState.DISCONNECTED
        with pytest.raises(EstuaryError, match="disconnected while connecting"):
            await connecting
        relay.recover()
        await asyncio.sleep(0.1)
    assert peer.connections == 0
    assert told.names("connected", "error") == []
    assert told.of("connection_state_changed")[-1] is ConnectionState.DISCONNECTED


async def test_a_cancelled_connect_leaves_nothing(peer: PeerServer, client_for: ClientMaker) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        client = client_for(relay.url)
        connecting = asyncio.create_task(client.connect())
        await relay.dialled.wait()
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting
        assert client.state is ConnectionState.DISCONNECTED


async def test_disconnecting_without_a_connection_tells_nothing(client_for: ClientMaker) -> None:
    client = client_for("http://127.0.0.1:9")
    told = Told(client)
    await client.disconnect()
    await client.disconnect()
    assert told.events == []


async def test_disconnecting_twice_at_once_is_told_once(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    await asyncio.gather(client.disconnect(), client.disconnect())
    assert told.names("disconnected") == ["disconnected"]


async def test_a_listener_may_disconnect(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    done = asyncio.Event()

    async def leave(_heard: object) -> None:
        await client.disconnect()
        done.set()

    client.on("stt_response", leave)
    await client.connect()
    await peer.emit("stt_response", {"text": "goodbye"})
    await asyncio.wait_for(done.wait(), 2)
    assert client.state is ConnectionState.DISCONNECTED


async def test_a_lost_connection_is_restored_and_told(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    first = await client.connect()
    await peer.drop()
    await told.until("connected", 2)
    assert told.names(*LIFECYCLE) == ["connected", "disconnected", "reconnecting", "connected"]
    assert told.of("reconnecting") == [1]
    assert told.of("disconnected") == ["the server closed the connection"]
    assert told.of("connection_state_changed")[2:] == [
        ConnectionState.RECONNECTING,
        ConnectionState.CONNECTED,
    ]
    assert client.session is not None
    assert client.session != first
    await client.send_text("still here")
    await peer.until("text")


async def test_while_it_is_restored_text_is_refused(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url, reconnect_delay=10)
    told = Told(client)
    await client.connect()
    await peer.drop()
    await told.until("reconnecting")
    assert client.session is not None
    for call in (
        lambda: client.send_text("hi"),
        lambda: client.say_line("hi"),
        client.interrupt,
        client.start_voice,
    ):
        with pytest.raises(EstuaryError) as caught:
            await call()
        assert caught.value.code is ErrorCode.NOT_CONNECTED
    with pytest.raises(EstuaryError):
        client.notify_audio_playback_complete("m")


async def test_a_server_that_comes_back_later_is_found(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url, max_reconnect_attempts=100, reconnect_delay=0.01)
    told = Told(client)
    await client.connect()
    await peer.stop()
    await told.until("reconnecting", 3)
    await peer.start()
    await told.until("connected", 2)
    assert client.is_connected
    assert told.names("error") == []
    assert ConnectionState.ERROR not in told.of("connection_state_changed")


async def test_a_server_that_stays_away_is_given_up(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url, max_reconnect_attempts=2)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    await peer.stop()
    error = await told.until("error")
    assert told.names(*LIFECYCLE) == ["connected", "disconnected", "reconnecting", "reconnecting", "error"]
    assert error.code is ErrorCode.CONNECTION_FAILED
    assert (client.state, client.session) == (ConnectionState.ERROR, None)
    assert not client.is_voice_active
    with pytest.raises(EstuaryError) as caught:
        await client.send_audio(b"\0\0")
    assert caught.value.code is ErrorCode.VOICE_NOT_ACTIVE


@pytest.mark.parametrize("fields", [{"auto_reconnect": False}, {"max_reconnect_attempts": 0}])
async def test_nothing_is_restored_that_should_not_be(
    peer: PeerServer, client_for: ClientMaker, fields: dict[str, object]
) -> None:
    client = client_for(peer.url, **fields)
    told = Told(client)
    await client.connect()
    await peer.drop()
    await told.until("disconnected")
    assert client.state is ConnectionState.DISCONNECTED
    await asyncio.sleep(0.2)
    assert told.names(*LIFECYCLE) == ["connected", "disconnected"]
    await client.connect()
    assert client.is_connected


async def test_disconnecting_while_it_is_restored_ends_quietly(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url, reconnect_delay=0.2, max_reconnect_attempts=3)
    told = Told(client)
    await client.connect()
    await peer.stop()
    await told.until("reconnecting")
    await client.disconnect()
    assert client.state is ConnectionState.DISCONNECTED
    await peer.start()
    await asyncio.sleep(0.5)
    assert told.names("error") == []
    assert told.of("disconnected")[-1] == "the client disconnected"
    assert peer.connections == 1


async def test_disconnecting_in_the_middle_of_an_attempt_ends_it(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    async with Relay(peer.url) as relay:
        client = client_for(relay.url, reconnect_delay=0)
        told = Told(client)
        await client.connect()
        relay.fall_silent()
        relay.dialled.clear()
        await relay.hang_up()
        await relay.dialled.wait()
        await client.disconnect()
        relay.recover()
        await asyncio.sleep(0.1)
        assert client.state is ConnectionState.DISCONNECTED
        assert (peer.connections, told.names("error")) == (1, [])


async def test_a_call_to_connect_takes_over_from_the_attempts(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "random", lambda: 1.0)
    client = client_for(peer.url, reconnect_delay=0.2)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    await peer.drop()
    await told.until("reconnecting")
    await client.connect()
    await peer.until("start_voice", 2)
    await told.until("voice_started", 2)
    await asyncio.sleep(0.3)
    assert peer.connections == 2
    assert told.of("reconnecting") == [1]


@pytest.mark.parametrize(
    ("event", "payload", "state"),
    [
        ("session_timeout", {"reason": "inactivity", "idle_seconds": 60}, ConnectionState.DISCONNECTED),
        ("session_rejected", {"reason": "concurrent_limit"}, ConnectionState.ERROR),
        ("session_rejected", {}, ConnectionState.ERROR),
        ("auth_error", {"error": "revoked"}, ConnectionState.ERROR),
        ("moderation_warning", {"level": "terminated", "message": "enough"}, ConnectionState.ERROR),
        ("moderation_warning", {"level": "terminated"}, ConnectionState.ERROR),
    ],
)
async def test_a_session_ended_for_good_is_not_restored(
    peer: PeerServer, client_for: ClientMaker, event: str, payload: object, state: ConnectionState
) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    await peer.emit(event, payload)
    await told.until(event)
    await peer.until_empty()
    await asyncio.sleep(0.2)
    assert (client.state, client.session, client.is_voice_active) == (state, None, False)
    assert told.names("reconnecting") == []
    assert told.names("disconnected", "voice_stopped") == ["voice_stopped", "disconnected"]
    assert len(told.of("error")) == (state is ConnectionState.ERROR)
    assert peer.connections == 1


async def test_a_key_withdrawn_meanwhile_ends_the_attempts(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    peer.key = "another"
    await peer.drop()
    error = await told.until("error")
    assert (error.code, told.of("reconnecting")) == (ErrorCode.AUTH_FAILED, [1])
    assert client.state is ConnectionState.ERROR


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("session_rejected", {"reason": "concurrent_limit"}),
        ("session_timeout", {}),
        ("moderation_warning", {"level": "terminated"}),
    ],
)
async def test_a_session_that_is_refused_for_good_meanwhile_ends_the_attempts(
    peer: PeerServer, client_for: ClientMaker, event: str, payload: object
) -> None:
    async def refuse(sid: str) -> None:
        await peer.say(sid, event, payload)
        await peer.close(sid)

    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    peer.on_join = refuse
    await peer.drop()
    error = await told.until("error")
    await peer.until_empty()
    assert (error.code, error.is_terminal) == (ErrorCode.CONNECTION_FAILED, True)
    assert (client.state, client.session, told.of("reconnecting")) == (ConnectionState.ERROR, None, [1])


async def test_a_warning_ends_nothing(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    await peer.emit("moderation_warning", {"level": "warning", "message": "please"})
    assert (await told.until("moderation_warning")).message == "please"
    await peer.emit("news_from_2030", [1])
    assert await told.until("other") == OtherEvent(name="news_from_2030", payload=[1])
    assert client.is_connected


async def test_a_last_word_on_a_link_that_is_gone_ends_nothing(client_for: ClientMaker) -> None:
    client = client_for("http://127.0.0.1:9")
    told = Told(client)
    client._connection.message_came(SessionTimeout())
    assert told.names() == ["session_timeout"]
    with pytest.raises(EstuaryError):
        client._connection.send(SessionTimeout())


async def test_audio_that_grew_too_old_is_told(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    assert client._connection._link is not None
    client._connection._link._outbox.put("frame", -100.0, 0.02)
    await client.disconnect()
    assert told.of("audio_dropped") == [AudioDropped(1, 0.02)]
    assert told.names("audio_dropped", "disconnected") == ["disconnected", "audio_dropped"]


async def test_a_connection_lost_again_while_voice_comes_back_is_restored_again(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    peer.answers_voice = False
    await peer.drop()
    await peer.until("start_voice", 2)
    peer.answers_voice = True
    await peer.drop()
    await told.until("voice_started", 2)
    assert client.is_voice_active
    assert told.names(*LIFECYCLE).count("connected") == 3
    assert told.names("error") == []


async def test_a_listener_that_disconnects_on_loss_is_obeyed(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client: EstuaryClient = client_for(peer.url)
    told = Told(client)

    async def leave(_reason: str) -> None:
        await client.disconnect()

    client.on("disconnected", leave)
    await client.connect()
    await peer.drop()
    await told.until("disconnected", 2)
    await asyncio.sleep(0.2)
    assert client.state is ConnectionState.DISCONNECTED
    assert peer.connections == 1


async def test_a_second_session_info_replaces_the_session_silently(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    await peer.emit("session_info", {"session_id": "another"})
    await peer.emit("session_info", {})
    await told.until("error")
    assert client.session == SessionInfo(session_id="another")
    assert told.names("connected") == ["connected"]


@pytest.mark.parametrize("exactly_once", [True, False])
async def test_a_typed_turn_without_an_answer_is_sent_again_before_anybody_hears_of_the_connection(
    peer: PeerServer, client_for: ClientMaker, exactly_once: bool
) -> None:
    peer.exactly_once = exactly_once
    client = client_for(peer.url)
    told = Told(client)
    await client.connect()
    client.send_text("one")
    await peer.until("text")
    client.on("connected", lambda _: client.send_text("two"))
    await peer.drop()
    await told.until("connected", 2)
    await peer.until("text", 2 + exactly_once)
    texts = [each.payload["text"] for each in peer.received]
    assert texts == (["one", "one", "two"] if exactly_once else ["one", "two"])
    assert [doubt.text for doubt in told.of("turn_in_doubt")] == ([] if exactly_once else ["one"])


async def test_the_network_may_hurry_an_attempt(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "random", lambda: 1.0)
    client = client_for(peer.url, reconnect_delay=1_000)
    told = Told(client)
    await client.connect()
    await peer.drop()
    await told.until("reconnecting")
    await asyncio.sleep(0)
    client.network_changed()
    await told.until("connected", 2)


async def test_disconnecting_during_the_last_attempt_is_no_failure(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    async with Relay(peer.url) as relay:
        client = client_for(relay.url, reconnect_delay=0, max_reconnect_attempts=1)
        told = Told(client)
        await client.connect()
        relay.fall_silent()
        relay.dialled.clear()
        await relay.hang_up()
        await relay.dialled.wait()
        await client.disconnect()
    assert client.state is ConnectionState.DISCONNECTED
    assert told.names("error") == []
    assert told.names(*LIFECYCLE)[-1] == "disconnected"


async def test_a_listener_that_disconnects_as_soon_as_it_is_connected_is_obeyed(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)

    async def leave(_session: SessionInfo) -> None:
        await client.disconnect()

    client.on("connected", leave)
    with pytest.raises(EstuaryError, match="disconnected while connecting"):
        await client.connect()
    assert client.state is ConnectionState.DISCONNECTED
    await peer.until_empty()


async def test_a_call_to_connect_that_is_given_up_while_it_takes_over_can_be_repeated(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url, reconnect_delay=1_000)
    told = Told(client)
    await client.connect()
    await peer.drop()
    await told.until("reconnecting")
    connecting = asyncio.create_task(client.connect())
    await asyncio.sleep(0)
    connecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await connecting
    assert (client.state, client.session) == (ConnectionState.DISCONNECTED, None)
    await client.connect()


async def test_a_connection_that_is_lost_as_soon_as_it_is_back_is_restored_again(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url)
    told = Told(client)

    def lose(_session: SessionInfo) -> None:
        client.off("connected", lose)
        assert client._connection._link is not None
        client._connection._link.drop("lost in the same breath")

    client.on("connected", lose)
    await client.connect()
    await told.until("connected", 2)
    await client.start_voice()
    client.on("connected", lose)
    await peer.drop()
    await told.until("connected", 4)
    await told.until("voice_started", 2)
    assert told.of("reconnecting") == [1, 1, 2]
    assert (client.is_voice_active, told.names("error")) == (True, [])


async def test_voice_that_does_not_come_back_is_an_error_and_the_connection_stays(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url, reconnect_delay=1_000)
    told = Told(client)
    await client.connect()
    await client.start_voice()
    peer.answers_voice = False
    await peer.drop()
    await told.until("reconnecting")
    connecting = asyncio.create_task(client.connect())
    await peer.until("start_voice", 2)
    await peer.emit("voice_error", "no more")
    await connecting
    assert (await told.until("error")).code is ErrorCode.VOICE_START_FAILED
    assert (client.is_connected, client.is_voice_active) == (True, False)


@pytest.mark.parametrize("is_full_again", [True, False])
async def test_while_a_listener_is_behind_the_next_connection_rests_too(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch, is_full_again: bool
) -> None:
    monkeypatch.setattr(listener, "FULL", 5)
    monkeypatch.setattr(listener, "_ROOM", 1)
    client = client_for(peer.url)
    told = Told(client)
    goes_on = asyncio.Event()
    heard: list[int] = []

    async def listen(response: object) -> None:
        await goes_on.wait()
        heard.append(response.chunk_index)  # type: ignore[attr-defined]

    client.on("bot_response", listen)
    await client.connect()
    for number in range(6):
        await peer.emit("bot_response", {"chunk_index": number})
    await told.until("bot_response", 6)
    assert client._connection._is_resting
    if not is_full_again:
        client._connection.rest(False)
    assert client._connection._link is not None
    client._connection._link.drop("lost")
    await told.until("connected", 2)
    await peer.emit("bot_response", {"chunk_index": 6})
    await asyncio.sleep(0.1)
    assert len(told.of("bot_response")) == (6 if is_full_again else 7)
    goes_on.set()
    await told.until("bot_response", 7)
    await client.disconnect()
    assert heard == list(range(7))
    client._connection.rest(False)


# Tokens

Provider = Callable[[], Awaitable[ClientCredential]]


def token(number: int = 1, seconds: float = 3_600) -> ClientCredential:
    return ClientCredential(f"ect_{number}", "player-1", time.time() + seconds)


def handing_out(*tokens: ClientCredential) -> Provider:
    left = list(tokens)

    async def provide() -> ClientCredential:
        return left.pop(0) if len(left) > 1 else left[0]

    return provide


async def test_a_token_stands_for_the_key(peer: PeerServer, client_for: ClientMaker) -> None:
    peer.key = "ect_1"
    client = client_for(peer.url, api_key="", token_provider=handing_out(token()))
    await client.connect()
    assert peer.auth[0]["client_token"] == "ect_1"
    assert "api_key" not in peer.auth[0]


async def test_a_token_is_renewed_in_time(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "SHORTEST_S", 0.05)
    peer.key = "ect_1"
    peer.answers["renew_authentication"] = {"ok": True}
    provider = handing_out(token(1, 31), token(2, 3_600))
    client = client_for(peer.url, api_key="", token_provider=provider)
    await client.connect()
    assert (await peer.until("renew_authentication")).payload == {"client_token": "ect_2"}
    await peer.drop()
    peer.key = "ect_2"
    await peer.until_joined(2)
    assert peer.auth[-1]["client_token"] == "ect_2"


async def test_a_token_that_is_not_taken_ends_the_session_for_good(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "SHORTEST_S", 0.05)
    peer.key = "ect_1"
    peer.answers["renew_authentication"] = {"ok": False}
    client = client_for(peer.url, api_key="", token_provider=handing_out(token(1, 31), token(2)))
    told = Told(client)
    await client.connect()
    error = await told.until("error")
    assert (error.code, error.is_terminal) == (ErrorCode.AUTH_FAILED, True)
    assert [said.error for said in told.of("auth_error")] == ["credential_renewal_failed"]
    assert client.state is ConnectionState.ERROR
    await peer.until_empty()
    assert told.names("reconnecting") == []
    with pytest.raises(EstuaryError):
        await client._connection._request(SessionTimeout())


async def hang() -> ClientCredential:
    await asyncio.Event().wait()
    raise AssertionError("never reached")


async def test_disconnecting_does_not_wait_for_a_token(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url, api_key="", token_provider=hang)
    connecting = asyncio.create_task(client.connect())
    await asyncio.sleep(0.01)
    async with asyncio.timeout(1):
        await client.disconnect()
        with pytest.raises(EstuaryError, match="disconnected while connecting"):
            await connecting
    assert client.state is ConnectionState.DISCONNECTED


async def test_disconnecting_does_not_wait_for_the_token_of_the_last_attempt(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    fetching = asyncio.Event()

    async def provide() -> ClientCredential:
        if client.session is not None:
            fetching.set()
            await hang()
        return token(1, 10)

    peer.key = "ect_1"
    client = client_for(
        peer.url, api_key="", token_provider=provide, reconnect_delay=0, max_reconnect_attempts=1
    )
    told = Told(client)
    await client.connect()
    await peer.drop()
    await asyncio.wait_for(fetching.wait(), 2)
    async with asyncio.timeout(1):
        await client.disconnect()
    assert client.state is ConnectionState.DISCONNECTED
    assert (told.names("error"), told.names()[-1]) == ([], "disconnected")


async def test_a_connect_that_is_cancelled_while_it_waits_for_a_token_leaves_nothing(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url, api_key="", token_provider=hang)
    connecting = asyncio.create_task(client.connect())
    await asyncio.sleep(0.01)
    connecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await connecting
    assert client.state is ConnectionState.DISCONNECTED
