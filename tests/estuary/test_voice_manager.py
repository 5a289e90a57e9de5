"""Voice over a real connection: what goes over the wire, and what the program is told."""

from __future__ import annotations

import asyncio
import base64

import pytest

from app.estuary import ErrorCode, EstuaryClient, EstuaryError, TurnInDoubt, VoiceMode, recognition
from app.protocol.message import Message
from tests.estuary.conftest import ClientMaker
from tests.estuary.peer_server import PeerServer, Received
from tests.estuary.told import Told

pytestmark = pytest.mark.asyncio

PRESS = Received("start_voice", {"turn_mode": "push_to_talk"})
START = Received("start_voice")
STOP = Received("stop_voice")
VOICE = ("voice_started", "voice_stopped")


def audio(pcm: bytes) -> Received:
    return Received("stream_audio", {"audio": base64.b64encode(pcm).decode()})


async def connected(
    peer: PeerServer, client_for: ClientMaker, **fields: object
) -> tuple[EstuaryClient, Told]:
    client = client_for(peer.url, **fields)
    told = Told(client)
    await client.connect()
    return client, told


async def test_continuous_voice_on_the_wire(peer: PeerServer, client_for: ClientMaker, frame: bytes) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    assert (client.is_voice_active, client.voice_mode) == (True, VoiceMode.CONTINUOUS)
    await client.start_recording()
    await client.send_audio(frame)
    await client.stop_recording()
    async with asyncio.timeout(1):
        await client.stop_voice()
    assert [client.is_voice_active, client.is_connected] == [False, True]
    assert peer.received == [START, audio(frame), STOP]
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]
    await client.send_text("still here")
    await peer.until("text")


async def test_push_to_talk_on_the_wire(peer: PeerServer, client_for: ClientMaker, frame: bytes) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    assert client.is_voice_active
    for _ in range(2):
        await client.start_recording()
        assert client.is_recording
        await client.start_recording()
        await client.send_audio(frame)
        await client.stop_recording()
        await client.stop_recording()
    await client.stop_voice()
    await client.send_text("done")
    await peer.until("text")
    assert peer.received[:-1] == [PRESS, audio(frame), STOP, PRESS, audio(frame), STOP]
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]


async def test_stopping_voice_in_the_middle_of_a_turn_ends_the_turn(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await client.stop_voice()
    assert peer.received == [PRESS, STOP]
    assert not client.is_recording


@pytest.mark.parametrize("call", ["send_audio", "start_recording", "stop_recording"])
async def test_before_voice_is_started_these_are_errors(
    peer: PeerServer, client_for: ClientMaker, call: str
) -> None:
    client, _ = await connected(peer, client_for)
    with pytest.raises(EstuaryError) as caught:
        await getattr(client, call)(*[b"\0\0"] * (call == "send_audio"))
    assert caught.value.code is ErrorCode.VOICE_NOT_ACTIVE
    assert "start_voice()" in caught.value.message


async def test_without_a_connection_voice_does_not_start(client_for: ClientMaker) -> None:
    with pytest.raises(EstuaryError) as caught:
        await client_for("http://127.0.0.1:9").start_voice()
    assert caught.value.code is ErrorCode.NOT_CONNECTED


async def test_livekit_is_refused_with_a_sentence(peer: PeerServer, client_for: ClientMaker) -> None:
    client, _ = await connected(peer, client_for, voice_transport="livekit")
    with pytest.raises(EstuaryError, match="voice_transport") as caught:
        await client.start_voice()
    assert caught.value.code is ErrorCode.LIVEKIT_UNAVAILABLE


async def test_half_a_sample_is_an_error(peer: PeerServer, client_for: ClientMaker) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice()
    with pytest.raises(ValueError, match="3 bytes"):
        await client.send_audio(b"abc")


async def test_two_starts_at_once_are_one_on_the_wire(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    results = await asyncio.gather(client.start_voice(), client.start_voice(), return_exceptions=True)
    assert results[0] is None
    assert isinstance(results[1], EstuaryError)
    assert results[1].code is ErrorCode.VOICE_ALREADY_ACTIVE
    with pytest.raises(EstuaryError) as caught:
        await client.start_voice(VoiceMode.PUSH_TO_TALK)
    assert caught.value.code is ErrorCode.VOICE_ALREADY_ACTIVE
    assert peer.events() == ["start_voice"]
    assert told.names(*VOICE) == ["voice_started"]


@pytest.mark.parametrize("payload", [None, {}, {"anything": 1}])
async def test_an_answer_may_come_without_payload(
    peer: PeerServer, client_for: ClientMaker, payload: object
) -> None:
    client, _ = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    await peer.emit("voice_started", payload)
    await asyncio.wait_for(starting, 2)
    assert client.is_voice_active


@pytest.mark.parametrize("mode", list(VoiceMode))
async def test_no_audio_leaves_before_the_server_listens(
    peer: PeerServer, client_for: ClientMaker, mode: VoiceMode
) -> None:
    client, _ = await connected(peer, client_for)
    peer.answers_voice = False
    if mode is VoiceMode.PUSH_TO_TALK:
        await client.start_voice(mode)
        opening = asyncio.create_task(client.start_recording())
    else:
        opening = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    frames = [bytes([number, 0]) * 10 for number in range(50)]
    for each in frames:
        await client.send_audio(each)
    await client.send_text("overtakes")
    await peer.until("text")
    assert "stream_audio" not in peer.events()
    await peer.emit("voice_started", {})
    await opening
    await client.send_audio(b"\xff\xff")
    await peer.until("stream_audio", 51)
    assert peer.received[2:] == [audio(each) for each in [*frames, b"\xff\xff"]]


async def test_audio_without_a_press_begins_a_turn(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.send_audio(frame)
    await client.send_audio(frame)
    await client.stop_recording()
    await peer.until("stop_voice")
    assert peer.received == [PRESS, audio(frame), audio(frame), STOP]


async def test_what_is_kept_has_a_limit(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "KEPT_MS", 1)  # 32 bytes
    client, _ = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    for number in range(5):
        await client.send_audio(bytes([number]) * 16)
    await peer.emit("voice_started", {})
    await starting
    await peer.until("stream_audio", 2)
    assert peer.received[1:] == [audio(bytes([3]) * 16), audio(bytes([4]) * 16)]


async def test_a_start_that_is_never_answered_fails_and_is_taken_back(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "START_TIMEOUT_S", 0.1)
    client, told = await connected(peer, client_for)
    peer.answers_voice = False
    with pytest.raises(EstuaryError) as caught:
        await client.start_voice()
    assert caught.value.code is ErrorCode.VOICE_START_FAILED
    await peer.until("stop_voice")
    await peer.emit("voice_started", {})
    await peer.emit("stt_response", {"text": "later"})
    await told.until("stt_response")
    assert (client.is_voice_active, told.names(*VOICE)) == (False, [])


async def test_a_start_that_is_refused_fails_with_the_reason(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    await peer.emit("voice_error", {"error": "no recogniser left"})
    with pytest.raises(EstuaryError, match="no recogniser left") as caught:
        await starting
    assert caught.value.code is ErrorCode.VOICE_START_FAILED
    assert told.names("voice_error", *VOICE) == ["voice_error"]
    peer.answers_voice = True
    await client.start_voice()
    assert peer.received == [START, START]


async def test_a_press_that_is_refused_leaves_voice_on(peer: PeerServer, client_for: ClientMaker) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    peer.answers_voice = False
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("start_voice")
    await peer.emit("voice_error", "busy")
    with pytest.raises(EstuaryError, match="busy"):
        await pressing
    assert (client.is_voice_active, client.is_recording) == (True, False)
    peer.answers_voice = True
    await client.start_recording()
    assert client.is_recording


async def test_stopping_a_start_fails_it(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    peer.answers_voice = True
    await client.stop_voice()
    with pytest.raises(EstuaryError) as caught:
        await starting
    assert caught.value.code is ErrorCode.VOICE_START_FAILED
    assert (peer.received, told.names(*VOICE)) == ([START, STOP], [])


async def test_a_cancelled_start_is_taken_back(peer: PeerServer, client_for: ClientMaker) -> None:
    client, _ = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    await peer.until("stop_voice")
    assert client.voice_mode is None


async def test_stopping_is_told_even_if_the_server_says_nothing(
    peer: PeerServer, client_for: ClientMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "STOP_TIMEOUT_S", 0.2)
    client, told = await connected(peer, client_for)
    await client.start_voice()
    peer.answers_voice = False
    stopping = asyncio.create_task(client.stop_voice())
    await peer.until("stop_voice")
    assert not client.is_voice_active
    await asyncio.wait_for(stopping, 1)
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]
    await peer.emit("voice_stopped", {})
    await peer.emit("stt_response", {})
    await told.until("stt_response")
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]


async def test_stopping_without_voice_does_nothing(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await client.stop_voice()
    client.toggle_mute()
    assert not client.is_muted
    assert told.names(*VOICE, "mute_changed") == []
    assert peer.events() == []


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("voice_stopped", {}),
        ("voice_error", {"error": "the recogniser died"}),
        ("voice_timeout", {"idle_seconds": 60}),
    ],
)
async def test_voice_that_the_server_ends_is_over(
    peer: PeerServer, client_for: ClientMaker, event: str, payload: object
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    await peer.emit(event, payload)
    await told.until("voice_stopped")
    assert [client.is_voice_active, client.is_connected] == [False, True]
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]
    with pytest.raises(EstuaryError):
        await client.send_audio(b"\0\0")
    await client.start_voice()
    assert peer.received == [START, START]


async def test_a_timeout_between_presses_ends_push_to_talk(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await peer.emit("voice_timeout", {})
    await told.until("voice_stopped")
    with pytest.raises(EstuaryError):
        await client.start_recording()


async def test_the_answer_to_a_release_does_not_end_push_to_talk(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await client.stop_recording()
    await peer.until("stop_voice")
    await peer.emit("stt_response", {"text": "done", "is_final": True})
    await told.until("stt_response")
    assert client.is_voice_active
    assert told.names(*VOICE) == ["voice_started"]


async def test_a_quick_press_waits_until_the_release_is_answered(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    peer.answers_voice = False
    await client.stop_recording()
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("stop_voice")
    await client.send_audio(frame)
    await client.send_text("nothing was pressed yet")
    await peer.until("text")
    assert peer.events() == ["start_voice", "stop_voice", "text"]
    peer.answers_voice = True
    await peer.emit("voice_stopped", {})
    await pressing
    await peer.until("stream_audio")
    assert peer.received[3:] == [PRESS, audio(frame)]


async def test_a_release_during_the_press_ends_the_turn_after_it_began(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    peer.answers_voice = False
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("start_voice")
    await client.send_audio(frame)
    releasing = asyncio.create_task(client.stop_recording())
    await asyncio.sleep(0.05)
    assert peer.events() == ["start_voice"]
    await peer.emit("voice_started", {})
    await asyncio.gather(pressing, releasing)
    await peer.until("stop_voice")
    assert peer.received == [PRESS, audio(frame), STOP]


async def test_a_voice_error_while_a_press_waits_ends_it(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    peer.answers_voice = False
    await client.stop_recording()
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("stop_voice")
    await peer.emit("voice_error", "gone")
    with pytest.raises(EstuaryError):
        await pressing
    await told.until("voice_stopped")
    assert peer.events() == ["start_voice", "stop_voice"]
    assert [client.voice_mode, client.is_recording] == [None, False]


async def test_mute_pauses_the_microphone_and_nothing_else(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    await client.send_audio(b"\1\0")
    client.toggle_mute()
    assert client.is_muted
    await client.send_audio(b"\2\0")
    await peer.emit("bot_voice", {"audio": "AAA="})
    await told.until("bot_voice")
    client.toggle_mute()
    await client.send_audio(b"\3\0")
    await peer.until("stream_audio", 2)
    assert peer.received[1:] == [audio(b"\1\0"), audio(b"\3\0")]
    client.toggle_mute()
    await client.stop_voice()
    assert told.of("mute_changed") == [True, False, True, False]


async def test_voice_comes_back_by_itself(peer: PeerServer, client_for: ClientMaker, frame: bytes) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    client.toggle_mute()
    await peer.drop()
    await told.until("reconnecting")
    assert [client.is_voice_active, client.voice_mode] == [False, VoiceMode.CONTINUOUS]
    await client.send_audio(frame)
    await told.until("voice_started", 2)
    assert told.names(*VOICE) == ["voice_started", "voice_stopped", "voice_started"]
    assert client.is_muted
    client.toggle_mute()
    await client.send_audio(frame)
    await peer.until("stream_audio")
    assert peer.received == [START, START, audio(frame)]


async def test_a_held_press_comes_back_by_itself(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await peer.drop()
    await told.until("voice_started", 2)
    assert client.is_recording
    await peer.until("start_voice", 2)
    await client.send_audio(frame)
    await client.stop_recording()
    await peer.until("stop_voice")
    assert peer.received == [PRESS, PRESS, audio(frame), STOP]


async def test_what_was_said_until_a_release_meanwhile_is_sent_when_the_connection_is_back(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for, reconnect_delay=0.2)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await client.send_audio(frame[:320])
    await peer.until("stream_audio")
    await peer.drop()
    await told.until("reconnecting")
    await client.send_audio(frame)
    await client.stop_recording()
    await client.send_audio(frame[:2])
    with pytest.raises(EstuaryError) as caught:
        await client.start_recording()
    assert caught.value.code is ErrorCode.NOT_CONNECTED
    await peer.until("stop_voice")
    assert peer.received == [PRESS, audio(frame[:320]), PRESS, audio(frame[:320]), audio(frame), STOP]
    ids = [each.turn_id for each in peer.received]
    assert (ids[1], ids[4]) == (ids[3], None)
    assert told.of("turn_in_doubt") == []


async def test_voice_that_cannot_come_back_is_told(peer: PeerServer, client_for: ClientMaker) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    peer.answers_voice = False
    await peer.drop()
    await peer.until("start_voice", 2)
    await peer.emit("voice_error", {"error": "full"})
    error = await told.until("error")
    assert error.code is ErrorCode.VOICE_START_FAILED
    assert [client.is_connected, client.voice_mode, client.is_voice_active] == [True, None, False]


async def test_voice_that_was_stopped_meanwhile_does_not_come_back(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for, reconnect_delay=0.2)
    await client.start_voice()
    await peer.drop()
    await told.until("reconnecting")
    await client.stop_voice()
    await told.until("connected", 2)
    await client.send_text("quiet")
    await peer.until("text")
    assert peer.events() == ["start_voice", "text"]
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]


async def test_a_connection_lost_while_voice_starts_fails_the_start(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    peer.answers_voice = False
    starting = asyncio.create_task(client.start_voice())
    await peer.until("start_voice")
    await peer.drop()
    with pytest.raises(EstuaryError) as caught:
        await starting
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    await told.until("connected", 2)
    await client.send_text("quiet")
    await peer.until("text")
    assert peer.events() == ["start_voice", "text"]


async def test_disconnecting_with_voice_says_so_on_the_wire(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    await client.send_audio(frame)
    await client.disconnect()
    await peer.until_empty()
    assert peer.received == [START, audio(frame), STOP]
    assert told.names("voice_stopped", "disconnected") == ["voice_stopped", "disconnected"]


async def test_a_new_start_does_not_wait_for_a_stop_to_be_told(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    peer.answers_voice = False
    stopping = asyncio.create_task(client.stop_voice())
    await peer.until("stop_voice")
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    assert told.names(*VOICE) == ["voice_started", "voice_stopped", "voice_started"]
    await peer.emit("voice_stopped", {})
    await stopping
    assert client.is_voice_active


async def test_between_presses_push_to_talk_comes_back_without_a_word(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await peer.drop()
    await told.until("voice_started", 2)
    await client.start_recording()
    await client.send_audio(frame)
    await client.stop_recording()
    await peer.until("stop_voice")
    assert peer.received == [PRESS, audio(frame), STOP]


async def test_a_press_whose_opening_is_lost_goes_on_when_the_connection_is_back(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    peer.answers_voice = False
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("start_voice")
    await client.send_audio(frame)
    peer.answers_voice = True
    await peer.drop()
    await pressing
    assert client.is_recording
    await told.until("voice_started", 2)
    await client.stop_recording()
    await peer.until("stop_voice")
    assert peer.received == [PRESS, PRESS, audio(frame), STOP]
    assert told.of("error") == []


async def test_a_press_waits_until_what_was_said_before_is_sent(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for, reconnect_delay=0.05)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await peer.drop()
    await told.until("reconnecting")
    await client.send_audio(frame)
    await client.stop_recording()
    peer.answers_voice = False
    await peer.until("start_voice", 2)
    pressing = [asyncio.create_task(client.start_recording()) for _ in range(2)]
    await asyncio.sleep(0.05)
    await client.send_audio(frame[:2])  # outside of any turn as yet
    assert peer.events() == ["start_voice", "start_voice"]
    peer.answers_voice = True
    await peer.emit("voice_started", {})
    await asyncio.wait_for(asyncio.gather(*pressing), 2)
    await client.send_audio(frame[:320])
    await client.stop_recording()
    await peer.until("stop_voice", 2)
    assert peer.received == [PRESS, PRESS, audio(frame), STOP, PRESS, audio(frame[:320]), STOP]
    assert client.is_voice_active


async def test_a_press_that_waits_is_refused_when_the_connection_is_lost_again(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    await client.start_recording()
    await peer.drop()
    await told.until("reconnecting")
    await client.send_audio(frame)
    await client.stop_recording()
    peer.answers_voice = False
    await peer.until("start_voice", 2)
    pressing = asyncio.create_task(client.start_recording())
    await asyncio.sleep(0)
    peer.answers_voice = True
    await peer.drop()
    with pytest.raises(EstuaryError) as caught:
        await pressing
    assert caught.value.code is ErrorCode.NOT_CONNECTED
    await peer.until("stop_voice")
    assert peer.received == [PRESS, PRESS, PRESS, audio(frame), STOP]


async def test_voice_that_is_stopped_while_it_comes_back_is_no_error(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    peer.answers_voice = False
    await peer.drop()
    await peer.until("start_voice", 2)
    peer.answers_voice = True
    await client.stop_voice()
    await client.send_text("quiet")
    await peer.until("text")
    assert told.of("error") == []
    assert told.names(*VOICE) == ["voice_started", "voice_stopped"]
    assert peer.events() == ["start_voice", "start_voice", "stop_voice", "text"]


async def test_voice_stopped_while_a_release_waits_ends_both(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    peer.answers_voice = False
    pressing = asyncio.create_task(client.start_recording())
    await peer.until("start_voice")
    releasing = asyncio.create_task(client.stop_recording())
    await asyncio.sleep(0)
    peer.answers_voice = True
    await client.stop_voice()
    await releasing
    with pytest.raises(EstuaryError):
        await pressing
    assert peer.received == [PRESS, STOP]


LOUD = b"\x00\x20" * 320
QUIET = bytes(640)


async def test_speech_nobody_may_have_heard_is_told_and_not_repeated(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    for pcm in [LOUD] * 5 + [QUIET] * 20:
        await client.send_audio(pcm)
    await peer.until("stream_audio", 25)
    await peer.drop()
    await told.until("voice_started", 2)
    assert told.of("turn_in_doubt") == [TurnInDoubt()]
    await client.send_text("done")
    await peer.until("text")
    assert peer.events().count("stream_audio") == 25


async def test_only_the_first_frame_of_an_utterance_bears_its_id_and_it_never_perishes(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    perishable: list[float] = []
    put = client._connection.send

    def note(message: Message, perishable_s: float = 0.0) -> None:
        perishable.append(perishable_s)
        put(message, perishable_s)

    client._connection.send = note  # type: ignore[method-assign]
    for pcm in (QUIET, QUIET, LOUD, QUIET):
        await client.send_audio(pcm)
    await peer.emit("stt_response", {"text": "hello", "is_final": True})
    await told.until("stt_response")
    await client.send_audio(QUIET)
    await client.send_audio(QUIET)
    await peer.until("stream_audio", 6)
    ids = [each.turn_id for each in peer.received[1:]]
    assert [turn_id is not None for turn_id in ids] == [True, False, False, False, True, False]
    assert ids[0] != ids[4]
    assert perishable == [0.0, 0.02, 0.0, 0.0, 0.0, 0.02]


async def test_without_voice_a_lost_connection_has_nothing_to_bring_back(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client, told = await connected(peer, client_for)
    await client.start_voice()
    for pcm in [LOUD] * 5 + [QUIET] * 20:
        await client.send_audio(pcm)
    await client.stop_voice()
    await peer.drop()
    await told.until("connected", 2)
    await client.send_text("quiet")
    await peer.until("text")
    assert peer.events("stream_audio") == ["start_voice", "stop_voice", "text"]
    assert told.of("turn_in_doubt") == []


async def test_a_second_press_before_the_first_is_over_is_a_second_turn(
    peer: PeerServer, client_for: ClientMaker, frame: bytes
) -> None:
    client, _ = await connected(peer, client_for)
    await client.start_voice(VoiceMode.PUSH_TO_TALK)
    peer.answers_voice = False
    first = asyncio.create_task(client.start_recording())
    await peer.until("start_voice")
    await client.send_audio(frame)
    releasing = [asyncio.create_task(client.stop_recording()) for _ in range(2)]
    await asyncio.sleep(0)
    second = asyncio.create_task(client.start_recording())
    await asyncio.sleep(0)
    peer.answers_voice = True
    await peer.emit("voice_started", {})
    await asyncio.wait_for(asyncio.gather(first, second, *releasing), 2)
    await client.send_audio(frame[:320])
    await client.stop_recording()
    await peer.until("stop_voice", 2)
    assert peer.received == [PRESS, audio(frame), STOP, PRESS, audio(frame[:320]), STOP]


@pytest.mark.parametrize("is_stopped_too", [True, False])
async def test_whoever_gives_up_while_voice_comes_back_has_none(
    peer: PeerServer, client_for: ClientMaker, is_stopped_too: bool
) -> None:
    client, told = await connected(peer, client_for, reconnect_delay=1_000)
    await client.start_voice()
    peer.answers_voice = False
    await peer.drop()
    await told.until("reconnecting")
    connecting = asyncio.create_task(client.connect())
    await peer.until("start_voice", 2)
    peer.answers_voice = True
    if is_stopped_too:
        client._voice.shut()
    connecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await connecting
    assert (client.voice_mode, client.is_voice_active) == (None, False)
    await peer.until("stop_voice")
    await client.start_voice()
    assert client.is_voice_active
    assert told.of("error") == []
