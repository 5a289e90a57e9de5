"""What was being said when the connection was lost: sent again, or in doubt, and never twice."""

from __future__ import annotations

import asyncio

import pytest

from app.estuary import BotResponse, ErrorCode, EstuaryClient, EstuaryError, TurnInDoubt, VoiceMode
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer, Received
from tests.estuary.told import Told
from tests.integration.client.speech import QUIET, heard, loud, said, say, until_said

pytestmark = pytest.mark.asyncio

BREATH = [QUIET] * 10
PAUSE = [QUIET] * 60


async def listening(
    peer: PeerServer, client_for: ClientMaker, mode: VoiceMode = VoiceMode.CONTINUOUS, **fields: object
) -> tuple[EstuaryClient, Told]:
    client = client_for(peer.url, **{"reconnect_delay": 0.01, "max_reconnect_attempts": 1_000, **fields})
    told = Told(client)
    await client.connect()
    await client.start_voice(mode)
    return client, told


async def away(peer: PeerServer, told: Told) -> None:
    """Stop the server, and wait until the client knows."""
    lost = len(told.of("disconnected"))
    await peer.stop()
    await told.until("disconnected", lost + 1)


async def back(peer: PeerServer, told: Told) -> None:
    """Start the server again, and wait until voice is back."""
    peer.received.clear()
    started = len(told.of("voice_started"))
    await peer.start()
    await told.until("voice_started", started + 1)


def marked(peer: PeerServer) -> list[tuple[str, int]]:
    """Return the ids that came with audio, and the number of loud frames under each."""
    turns: list[tuple[str, int]] = []
    for each in peer.received:
        if each.event != "stream_audio":
            continue
        if each.turn_id is not None:
            turns.append((each.turn_id, 0))
        if said(heard_one(each)):
            turns[-1] = (turns[-1][0], turns[-1][1] + 1)
    return turns


def heard_one(received: Received) -> list[bytes]:
    one = PeerServer()
    one.received = [received]
    return heard(one)


@pytest.mark.parametrize("exactly_once", [True, False])
async def test_what_is_being_said_is_sent_again_from_its_beginning(
    peer: PeerServer, client_for: ClientMaker, exactly_once: bool
) -> None:
    peer.exactly_once = exactly_once
    client, told = await listening(peer, client_for)
    await say(client, *PAUSE, *map(loud, range(30)), at_once=True)
    await peer.until("stream_audio", 90)
    ((turn_id, _),) = marked(peer)
    await away(peer, told)
    await say(client, *map(loud, range(30, 50)), at_once=True)
    await back(peer, told)
    await say(client, *map(loud, range(50, 60)), at_once=True)
    assert await until_said(peer, 60) == list(range(60))
    assert heard(peer).count(QUIET) <= 25  # half a second from before the first loud frame
    assert marked(peer) == [(turn_id, 60)]
    assert told.of("turn_in_doubt") == []
    assert peer.events()[0] == "start_voice"


@pytest.mark.parametrize("exactly_once", [True, False])
async def test_silence_is_not_sent_again(
    peer: PeerServer, client_for: ClientMaker, exactly_once: bool
) -> None:
    peer.exactly_once = exactly_once
    client, told = await listening(peer, client_for)
    await say(client, *PAUSE, at_once=True)
    await peer.until("stream_audio", 60)
    await away(peer, told)
    await say(client, *PAUSE, at_once=True)
    await back(peer, told)
    await say(client, loud(1), at_once=True)
    await peer.until("stream_audio")
    assert heard(peer) == [loud(1)]
    assert told.of("turn_in_doubt") == []


async def test_what_was_said_in_full_is_in_doubt_where_repetitions_are_not_told(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await listening(peer, client_for)
    await say(client, *map(loud, range(30)), *[QUIET] * 20, at_once=True)
    await peer.until("stream_audio", 50)
    await away(peer, told)
    assert told.of("turn_in_doubt") == [TurnInDoubt()]
    await back(peer, told)
    await say(client, loud(99), at_once=True)
    await peer.until("stream_audio")
    assert said(heard(peer)) == [99]


async def test_what_was_said_in_full_is_sent_again_where_repetitions_are_told(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    peer.exactly_once = True
    client, told = await listening(peer, client_for)
    await say(client, *map(loud, range(30)), *PAUSE, at_once=True)
    await peer.until("stream_audio", 90)
    ((turn_id, _),) = marked(peer)
    await away(peer, told)
    await back(peer, told)
    await peer.until("stream_audio", 80)
    assert marked(peer) == [(turn_id, 30)]
    await peer.emit("stt_response", {"text": "hello", "is_final": True})
    await told.until("stt_response")
    await away(peer, told)
    await back(peer, told)
    await say(client, loud(99), at_once=True)
    await peer.until("stream_audio")
    assert said(heard(peer)) == [99]
    assert told.of("turn_in_doubt") == []


async def test_what_the_server_has_understood_is_not_sent_again(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    peer.exactly_once = True
    client, told = await listening(peer, client_for)
    await say(client, *map(loud, range(30)), *BREATH, at_once=True)
    await peer.emit("stt_response", {"text": "hello", "is_final": True})
    await told.until("stt_response")
    await away(peer, told)
    await back(peer, told)
    await say(client, loud(99), at_once=True)
    await peer.until("stream_audio")
    assert said(heard(peer)) == [99]


async def test_several_turns_said_meanwhile_are_sent_in_order_each_with_its_id(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await listening(peer, client_for)
    await away(peer, told)
    await say(client, *map(loud, range(10)), *PAUSE, at_once=True)
    await say(client, *map(loud, range(10, 30)), *PAUSE, at_once=True)
    await say(client, *map(loud, range(30, 35)), *BREATH, at_once=True)
    await back(peer, told)
    await say(client, loud(35), at_once=True)
    assert await until_said(peer, 36) == list(range(36))
    assert [count for _, count in marked(peer)] == [10, 20, 6]
    assert len({turn_id for turn_id, _ in marked(peer)}) == 3


@pytest.mark.parametrize("exactly_once", [True, False])
@pytest.mark.parametrize("mode", list(VoiceMode))
async def test_a_connection_that_is_lost_again_at_once_loses_nothing(
    peer: PeerServer, client_for: ClientMaker, exactly_once: bool, mode: VoiceMode
) -> None:
    peer.exactly_once = exactly_once
    client, told = await listening(peer, client_for, mode)
    if mode is VoiceMode.PUSH_TO_TALK:
        await client.start_recording()
    await say(client, *map(loud, range(10)), at_once=True)
    await peer.until("stream_audio", 10)
    await away(peer, told)
    await say(client, *map(loud, range(10, 20)), *PAUSE, at_once=True)
    if mode is VoiceMode.PUSH_TO_TALK:
        await client.stop_recording()
    peer.answers_voice = False
    for _ in range(2):
        peer.received.clear()
        await peer.start()
        await peer.until("start_voice")
        await away(peer, told)
    peer.answers_voice = True
    await back(peer, told)
    assert await until_said(peer, 20) == list(range(20))
    assert told.of("turn_in_doubt") == []
    assert told.of("error") == []


# What was typed


async def test_a_typed_turn_is_sent_again_where_repetitions_are_told(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    peer.exactly_once = True
    client, told = await listening(peer, client_for)
    waiting = asyncio.create_task(client.send_text_and_wait("one"))
    client.send_text("two", text_only=True)
    await peer.until("text", 2)
    ids = {each.payload["text"]: each.turn_id for each in peer.received if each.event == "text"}
    await away(peer, told)
    await back(peer, told)
    await peer.until("text", 2)
    texts = [each for each in peer.received if each.event == "text"]
    assert sorted((each.payload["text"], each.turn_id) for each in texts) == sorted(ids.items())
    for name, turn_id in ids.items():
        await peer.emit("bot_response", {"text": f"to {name}", "message_id": turn_id, "is_final": True})
    assert await waiting == BotResponse(text="to one", message_id=str(ids["one"]), is_final=True)
    assert told.of("turn_in_doubt") == []


async def test_a_typed_turn_is_in_doubt_elsewhere_and_nobody_waits_for_it(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await listening(peer, client_for)
    waiting = asyncio.create_task(client.send_text_and_wait("one"))
    await peer.until("text")
    await away(peer, told)
    with pytest.raises(EstuaryError) as caught:
        await asyncio.wait_for(waiting, 1)
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    assert told.of("turn_in_doubt") == [TurnInDoubt(text="one")]
    await back(peer, told)
    await client.send_text("two")
    await peer.until("text")
    assert [each.payload["text"] for each in peer.received if each.event == "text"] == ["two"]


async def test_a_turn_that_was_answered_is_neither(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await listening(peer, client_for)
    client.send_text("one")
    await peer.emit("bot_response", {"text": "yes", "message_id": "m", "is_final": True})
    await told.until("bot_response")
    await away(peer, told)
    await back(peer, told)
    await client.send_text("two")
    await peer.until("text")
    assert [each.payload["text"] for each in peer.received if each.event == "text"] == ["two"]
    assert told.of("turn_in_doubt") == []


async def test_when_the_attempts_end_nobody_waits_any_longer(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    peer.exactly_once = True
    client, told = await listening(peer, client_for, max_reconnect_attempts=2)
    waiting = asyncio.create_task(client.send_text_and_wait("one"))
    await peer.until("text")
    await peer.stop()
    with pytest.raises(EstuaryError) as caught:
        await asyncio.wait_for(waiting, 3)
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    await told.until("error")
    assert client.voice_mode is None
