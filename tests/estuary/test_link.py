"""One connection against a real server, and against servers that are none."""

from __future__ import annotations

import asyncio
import logging
import socket

import pytest
from websockets.asyncio.server import ServerConnection, serve

from app.estuary import ErrorCode, EstuaryError, link, pulse
from app.protocol.client_messages import RenewAuthentication, StopVoice, StreamAudio, Text
from app.protocol.server_messages import BotVoice, ModerationWarning, SessionInfo, SttResponse, VoiceStarted
from tests.estuary.line import Line, opened, refused
from tests.estuary.peer_server import KEY, PeerServer
from tests.estuary.relay import Relay

pytestmark = pytest.mark.asyncio


async def test_it_opens_with_the_credentials_and_returns_the_session(peer: PeerServer) -> None:
    line = Line(peer.url, audio_sample_rate=24_000)
    session = await line.link.open()
    assert session == SessionInfo(
        session_id="session-1",
        conversation_id="conversation-1",
        character_id="character-1",
        player_id="player-1",
    )
    assert line.messages == [session]
    assert peer.auth == [
        {
            "api_key": KEY,
            "character_id": "character-1",
            "player_id": "player-1",
            "audio_sample_rate": 24_000,
            "realtime_memory": False,
        }
    ]
    await line.link.close()
    assert line.lost == []


async def test_the_key_is_in_no_log(peer: PeerServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with opened(peer.url, debug=True) as line:
            line.link.send(Text(text="hello"))
            await peer.until("text")
            await peer.emit("voice_started")
            await line.until(lambda: VoiceStarted() in line.messages)
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("uvicorn")]
    assert ours
    assert not [said for said in ours if KEY in said]


async def test_small_messages_do_not_wait_for_each_other(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        assert line.link._wire is not None
        raw = line.link._wire.transport.get_extra_info("socket")
        assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_a_wrong_key_is_an_error_at_once(peer: PeerServer) -> None:
    peer.key = "another"
    error = await refused(peer.url)
    assert (error.code, error.is_terminal) == (ErrorCode.AUTH_FAILED, True)
    assert error.message == "No such key."


async def test_a_server_that_repeats_the_key_does_not_get_it_shown(peer: PeerServer) -> None:
    async def tell(sid: str) -> None:
        await peer.say(sid, "auth_error", f"{KEY} is unknown")

    peer.on_join = tell
    assert "*** is unknown" in (await refused(peer.url)).message


async def test_a_refused_namespace_is_an_error_at_once(peer: PeerServer) -> None:
    peer.refusal = "we are full"
    error = await refused(peer.url)
    assert (error.code, error.message) == (ErrorCode.CONNECTION_FAILED, "We are full.")


@pytest.mark.parametrize(
    ("event", "payload", "sentence", "details"),
    [
        (
            "session_rejected",
            {"reason": "concurrent_limit", "cap": 2},
            "The server rejected the session: concurrent_limit.",
            {"reason": "concurrent_limit", "cap": 2},
        ),
        ("session_rejected", {}, "rejected the session: no reason given.", {"reason": "", "cap": None}),
        ("session_timeout", {}, "ended the session: inactivity.", {"reason": "inactivity"}),
        (
            "moderation_warning",
            {"level": "terminated", "message": "enough"},
            "ended the session: enough.",
            {"level": "terminated"},
        ),
        (
            "moderation_warning",
            {"level": "terminated"},
            "it minds what was said.",
            {"level": "terminated"},
        ),
    ],
)
async def test_a_session_that_is_ended_before_it_is_open_is_an_error_for_good(
    peer: PeerServer, event: str, payload: object, sentence: str, details: dict[str, object]
) -> None:
    async def reject(sid: str) -> None:
        await peer.say(sid, event, payload)
        await peer.open_session(sid)

    peer.on_join = reject
    error = await refused(peer.url)
    assert (error.code, error.is_terminal) == (ErrorCode.CONNECTION_FAILED, True)
    assert sentence in error.message
    assert dict(error.details) == details


async def test_a_session_that_follows_a_refusal_in_one_breath_is_none(peer: PeerServer) -> None:
    async def wait(_sid: str) -> None:
        joining.set()

    joining = asyncio.Event()
    peer.on_join = wait
    line = Line(peer.url)
    opening = asyncio.create_task(line.link.open())
    await joining.wait()
    line.link.frame_came(b'42/sdk,["auth_error",{"error":"no"}]')
    line.link.frame_came(b'42/sdk,["session_info",{"session_id":"s"}]')
    with pytest.raises(EstuaryError, match="No"):
        await opening
    assert not line.link.is_open
    await peer.until_empty()


async def test_other_words_before_the_session_are_handed_on(peer: PeerServer) -> None:
    async def warn(sid: str) -> None:
        await peer.say(sid, "moderation_warning", {"level": "warning"})
        await peer.say(sid, "stt_response", {"text": 5})
        await peer.open_session(sid)

    peer.on_join = warn
    async with opened(peer.url) as line:
        assert line.messages[0] == ModerationWarning(level="warning")
        assert isinstance(line.messages[1], SessionInfo)
        assert [bad.event for bad in line.malformed] == ["stt_response"]


async def test_a_server_that_closes_before_the_session_is_an_error_at_once(peer: PeerServer) -> None:
    peer.on_join = peer.close
    assert (await refused(peer.url)).code is ErrorCode.CONNECTION_FAILED


@pytest.mark.parametrize("payload", [None, {}, {"session_id": 5}])
async def test_a_session_without_its_id_is_an_error_at_once(peer: PeerServer, payload: object) -> None:
    async def blank(sid: str) -> None:
        await peer.say(sid, "session_info", payload)

    peer.on_join = blank
    assert (await refused(peer.url)).code is ErrorCode.CONNECTION_FAILED


async def test_a_server_that_never_opens_the_session_times_out(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait(_sid: str) -> None:
        return

    peer.on_join = wait
    monkeypatch.setattr(link, "OPEN_TIMEOUT_S", 0.2)
    assert (await refused(peer.url)).code is ErrorCode.CONNECTION_TIMEOUT
    await peer.until_empty()


async def test_no_server_is_an_error_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        error = await refused(url)
    assert error.code is ErrorCode.CONNECTION_FAILED
    assert url in error.message


async def test_a_websocket_of_another_kind_is_an_error_at_once() -> None:
    async def greet(connection: ServerConnection) -> None:
        await connection.send(b"\0\1")
        await connection.send("hello")
        await connection.wait_closed()

    async with serve(greet, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert "does not speak" in (await refused(url)).message


async def test_what_was_just_sent_goes_out_before_the_goodbye(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        for number in range(200):
            line.link.send(Text(text=str(number)))
        line.link.send(StopVoice())
    await peer.until_empty()
    texts = [each.payload["text"] for each in peer.received if each.event == "text"]
    assert texts == [str(number) for number in range(200)]
    assert peer.received[-1].event == "stop_voice"
    assert peer.goodbyes == ["client disconnect"]


async def test_a_closed_link_sends_nothing_and_is_not_opened_again(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        pass
    with pytest.raises(EstuaryError) as caught:
        line.link.send(Text(text="late"))
    assert caught.value.code is ErrorCode.NOT_CONNECTED
    with pytest.raises(EstuaryError):
        await line.link.open()
    await line.link.close()


@pytest.mark.parametrize("way", ["drop", "expel"])
async def test_an_end_by_the_server_is_told_once(peer: PeerServer, way: str) -> None:
    async with opened(peer.url) as line:
        await getattr(peer, way)()
        await line.until(lambda: line.lost)
        assert not line.link.is_open
        await peer.until_empty()
    assert len(line.lost) == 1
    assert "closed the connection" in line.lost[0]


async def test_a_dead_link_is_found_when_a_ping_is_overdue() -> None:
    server = PeerServer(ping_s=0.3, pong_s=0.3)
    async with server as peer, Relay(peer.url) as relay, opened(relay.url) as line:
        await asyncio.sleep(0.4)
        assert line.link.is_open
        relay.fall_silent()
        began = asyncio.get_running_loop().time()
        await line.until(lambda: line.lost)
        took = asyncio.get_running_loop().time() - began
        assert line.lost == ["the server fell silent"]
        assert 0.3 < took < 1.2


async def test_a_quiet_link_that_answers_pings_lives() -> None:
    async with PeerServer(ping_s=0.2, pong_s=0.2) as peer, opened(peer.url) as line:
        await asyncio.sleep(1.2)
        assert line.link.is_open
        assert 0.0 < line.link.round_trip_s < 1.0
        assert line.lost == []
        assert peer.pongs >= 4


async def test_closing_a_dead_link_takes_no_longer_than_it_must(peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        line = Line(relay.url)
        await line.link.open()
        relay.fall_silent()
        line.link.send(Text(text="into the void"))
        async with asyncio.timeout(2.5):
            await line.link.close()


GARBAGE: list[str | bytes] = [
    "", "x", "4", "42", "42/sdk,", "42/sdk,[", "42/sdk,[]", "42/sdk,{}", "42/sdk,[1]", "45/sdk,2-[]", "7",
    "5", "6", "3", '42["a"]', "42/sdk,[null,null]", '42/sdk,["nobody knows",1]', '42/sdk,["stt_response",5]',
    '42/sdk,["stt_response","text"]', '42/sdk,["bot_voice",{"audio":null}]', b"\0\1\2", '0{"sid":5}', "0",
    "43/sdk,[]", '42/sdk,["client_action",' + "[" * 100_000 + "]" * 100_000 + "]",
]  # fmt: skip


async def test_garbage_is_reported_and_survived(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        for frame in GARBAGE:
            await peer.raw(frame)
        await peer.emit("voice_started")
        await line.until(lambda: VoiceStarted() in line.messages)
        assert line.lost == []
        assert {bad.event for bad in line.malformed} == {"frame", "stt_response", "bot_voice"}


async def test_a_very_large_frame_arrives(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        await peer.emit("bot_voice", {"audio": "AAAA" * 2_000_000})
        await line.until(lambda: len(line.messages) > 1)
        voice = line.messages[-1]
        assert isinstance(voice, BotVoice)
        assert len(voice.audio) == 6_000_000


async def test_closing_while_it_opens_ends_both(peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        line = Line(relay.url)
        opening = asyncio.create_task(line.link.open())
        await relay.dialled.wait()
        await line.link.close()
        with pytest.raises(EstuaryError) as caught:
            await opening
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    assert peer.connections == 0


@pytest.mark.parametrize("is_cancelled_first", [True, False])
async def test_an_opening_that_is_closed_and_cancelled_is_cancelled(
    peer: PeerServer, is_cancelled_first: bool
) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        line = Line(relay.url)
        opening = asyncio.create_task(line.link.open())
        await relay.dialled.wait()
        if is_cancelled_first:
            opening.cancel()
        closing = asyncio.create_task(line.link.close())
        await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        await closing


async def test_an_opening_that_is_closed_twice_is_closed_once(peer: PeerServer) -> None:
    async with Relay(peer.url) as relay:
        relay.fall_silent()
        line = Line(relay.url)
        opening = asyncio.create_task(line.link.open())
        await relay.dialled.wait()
        await asyncio.gather(line.link.close(), line.link.close())
        with pytest.raises(EstuaryError, match="disconnected while connecting"):
            await opening
        assert opening.cancelling() == 0


async def test_a_cancelled_opening_leaves_nothing_open(peer: PeerServer) -> None:
    async def wait(_sid: str) -> None:
        joining.set()

    joining = asyncio.Event()
    peer.on_join = wait
    opening = asyncio.create_task(Line(peer.url).link.open())
    await joining.wait()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    await peer.until_empty()


# Requests


async def test_a_request_returns_its_answer_and_no_other(peer: PeerServer) -> None:
    peer.answers["renew_authentication"] = {"ok": True}
    async with opened(peer.url) as line:
        await peer.raw("43/sdk,99[]")
        answer = await line.link.request(RenewAuthentication(client_token="ect_1"))
        assert answer == b'[{"ok":true}]'
        await peer.raw("43/sdk,1[]")
        await peer.emit("voice_started")
        await line.until(lambda: VoiceStarted() in line.messages)


async def test_a_request_that_nobody_answers_times_out(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "ACK_TIMEOUT_S", 0.05)
    peer.acks = False
    async with opened(peer.url) as line:
        with pytest.raises(EstuaryError, match="renew_authentication") as caught:
            await line.link.request(RenewAuthentication(client_token="ect_1"))
        assert caught.value.code is ErrorCode.CONNECTION_TIMEOUT


async def test_requests_fail_with_the_link(peer: PeerServer) -> None:
    peer.acks = False
    async with opened(peer.url) as line:
        waiting = [asyncio.create_task(line.link.request(StopVoice())) for _ in range(2)]
        await peer.until("stop_voice", 2)
        waiting[0].cancel()
        line.link.drop("enough")
        for each in waiting:
            with pytest.raises((EstuaryError, asyncio.CancelledError)):
                await each
        with pytest.raises(EstuaryError) as caught:
            await line.link.request(StopVoice())
        assert caught.value.code is ErrorCode.NOT_CONNECTED
    assert line.lost == ["enough"]


# Reading rests


async def test_while_it_rests_nothing_is_read_and_pings_are_answered() -> None:
    async with PeerServer(ping_s=0.2, pong_s=0.4) as peer, opened(peer.url) as line:
        line.link.rest()
        await peer.emit("stt_response", {"text": "later"})
        await asyncio.sleep(1.2)
        assert len(line.messages) == 1
        assert line.link.is_open
        assert peer.connections - len(peer.goodbyes) == 1
        line.link.wake()
        await line.until(lambda: SttResponse(text="later") in line.messages)
        await asyncio.sleep(0.5)
        assert line.lost == []


async def test_resting_means_nothing_before_it_is_open_and_after_its_end(peer: PeerServer) -> None:
    line = Line(peer.url)
    line.link.rest()
    line.link.wake()
    await line.link.open()
    await line.link.close()
    line.link.rest()
    line.link.wake()
    assert line.lost == []


async def test_closing_while_it_rests_says_goodbye(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        line.link.rest()
        line.link.send(Text(text="last"))
        async with asyncio.timeout(0.8):  # the other end's goodbye is read
            await line.link.close()
    await peer.until_empty()
    assert (peer.events(), peer.goodbyes) == (["text"], ["client disconnect"])


# The network takes less than is said


def audio(number: int) -> StreamAudio:
    return StreamAudio(audio=number.to_bytes(2, "little") * 160)


@pytest.fixture
def quick_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "STALL_S", 0.05)
    monkeypatch.setattr(pulse, "BUSY_S", 0.01)


@pytest.mark.usefixtures("quick_pulse")
async def test_audio_that_grows_too_old_on_its_way_is_dropped_and_told_once(peer: PeerServer) -> None:
    async with Relay(peer.url) as relay, opened(relay.url, audio_age_limit=0.2) as line:
        line.link.send(audio(0), 0.02)
        await peer.until("stream_audio")
        await asyncio.sleep(0.15)  # a ping is answered
        relay.fall_silent()
        for number in range(1, 51):
            line.link.send(audio(number), 0.02)
            if number == 10:
                line.link.send(Text(text="in between"))
            await asyncio.sleep(0.02)
        assert line.dropped == []
        relay.recover()
        await line.until(lambda: line.dropped)
        line.link.send(Text(text="the end"))
        await peer.until("text", 2)
    (dropped,) = line.dropped
    heard = [each for each in peer.received if each.event == "stream_audio"]
    assert len(heard) + dropped.frames == 51
    assert dropped.frames == round(dropped.seconds / 0.02)
    assert 20 <= dropped.frames <= 45
    assert heard[-1].payload == {"audio": audio(50).to_payload()["audio"]}
    assert len({each.payload["audio"] for each in heard}) == len(heard)


@pytest.mark.usefixtures("quick_pulse")
async def test_a_frame_that_is_read_shows_that_the_way_is_free_again(peer: PeerServer) -> None:
    """A server's answer to a ping may be far behind what it says."""
    async with opened(peer.url) as line:
        await asyncio.sleep(0.15)
        assert line.link._wire is not None
        line.link._wire.rest()
        line.link.send(audio(0), 0.02)
        await asyncio.sleep(0.1)
        line.link.send(Text(text="waits"))
        assert line.link._outbox
        line.link.frame_came(b'42/sdk,["voice_started",{}]')
        assert not line.link._outbox
        await peer.until("text")
        line.link._wire.wake()


@pytest.mark.usefixtures("quick_pulse")
async def test_when_time_has_passed_the_next_message_takes_the_others_along(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        await asyncio.sleep(0.15)
        assert line.link._wire is not None
        line.link._wire.rest()
        line.link.send(audio(0), 0.02)
        await asyncio.sleep(0.1)
        line.link.send(Text(text="one"))
        line.link._heart.heard()
        line.link.send(Text(text="two"))
        await peer.until("text", 2)
        assert [each.payload["text"] for each in peer.received[1:]] == ["one", "two"]
        line.link._wire.wake()


async def test_what_the_socket_does_not_take_is_sent_when_there_is_room(peer: PeerServer) -> None:
    async with Relay(peer.url) as relay, opened(relay.url) as line:
        relay.fall_silent()
        assert line.link._wire is not None
        big = Text(text="x" * 1_000_000)
        sent = 0
        while not line.link._outbox:
            line.link.send(big)
            sent += 1
            assert sent < 100
        line.link.send(Text(text="small"))
        relay.recover()
        await peer.until("text", sent + 1)
        assert peer.received[-1].payload == {"text": "small"}
        assert line.dropped == []


@pytest.mark.usefixtures("quick_pulse")
async def test_what_waits_is_sent_before_the_goodbye(peer: PeerServer) -> None:
    async with opened(peer.url, audio_age_limit=0.05) as line:
        await asyncio.sleep(0.15)
        assert line.link._wire is not None
        line.link._wire.rest()
        line.link.send(audio(0), 0.02)
        await asyncio.sleep(0.1)
        line.link.send(audio(1), 0.02)
        line.link.send(Text(text="waits"))
        await asyncio.sleep(0.1)
    await peer.until_empty()
    assert peer.events() == ["stream_audio", "text"]
    assert [each.frames for each in line.dropped] == [1]


# What should not happen


async def test_a_bug_behind_the_link_ends_it_in_words(
    peer: PeerServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(peer.url) as line:
        line.poison = VoiceStarted()
        await peer.emit("voice_started")
        await line.until(lambda: line.lost)
        assert line.lost == ["the client failed while it read"]
        line.link.frame_came(b"2")
        line.link.pong_came(b"0")
        line.link.drop("again")
    assert line.lost == ["the client failed while it read"]
    assert "a bug" in caplog.text


async def test_what_follows_the_end_in_one_breath_is_not_told(peer: PeerServer) -> None:
    async with opened(peer.url) as line:
        line.link._protocol.receive('42/sdk,["voice_started"]')
        line.link._protocol.receive("41/sdk,")
        line.link._protocol._occurrences.append(VoiceStarted())
        line.link.frame_came(b"6")
        assert len(line.lost) == 1
    assert line.messages.count(VoiceStarted()) == 1


async def test_a_bug_while_it_dials_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(link, "dial", fail)
    error = await refused("http://127.0.0.1:9")
    assert error.message == "The client failed while it dialled."


async def test_a_connection_that_has_ended_when_it_is_handed_over_is_an_error_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ended:
        end_reason = "the server closed the connection"

    async def dial(*_: object) -> Ended:
        return Ended()

    monkeypatch.setattr(link, "dial", dial)
    assert (await refused("http://127.0.0.1:9")).message == "The server closed the connection."


async def test_a_connection_that_ends_in_the_moment_it_is_made_is_an_error_at_once() -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.close(reason="not you")

    async with serve(leave, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert "closed the connection" in (await refused(url)).message


async def test_closing_what_was_never_opened_does_nothing() -> None:
    await Line("http://127.0.0.1:9").link.close()
