"""The client's side of a connection, frame by frame, without any I/O."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.client_messages import (
    Authenticate,
    RenewAuthentication,
    StartVoice,
    StopVoice,
    StreamAudio,
    Text,
)
from app.protocol.connection import Acked, BadPayload, ClientConnection, LinkLost, LinkState, UnknownEvent
from app.protocol.server_messages import AuthError, BotVoice, SessionInfo, SttResponse, VoiceStarted

GREETING = '0{"sid":"x","upgrades":[],"pingInterval":1000,"pingTimeout":500}'


@pytest.fixture
def joined() -> ClientConnection:
    connection = ClientConnection(Authenticate(api_key="est_key", character_id="c"))
    connection.receive(GREETING)
    connection.receive('40/sdk,{"sid":"y"}')
    connection.frames_to_send()
    return connection


def test_a_greeting_is_answered_with_the_credentials() -> None:
    connection = ClientConnection(Authenticate(api_key="est_key", character_id="c", player_id="p"))
    assert (connection.state, connection.liveness_s) == (LinkState.OPENING, None)
    connection.receive(GREETING)
    (frame,) = connection.frames_to_send()
    assert frame.startswith("40/sdk,")
    assert json.loads(frame[7:]) == {
        "api_key": "est_key",
        "character_id": "c",
        "player_id": "p",
        "audio_sample_rate": 16_000,
        "realtime_memory": False,
    }
    assert (connection.state, connection.liveness_s) == (LinkState.JOINING, 1.5)
    assert connection.ping_interval_s == 1.0


def test_a_server_that_names_no_times_is_waited_for_without_end() -> None:
    connection = ClientConnection(Authenticate())
    connection.receive('0{"sid":"x","pingInterval":0,"pingTimeout":0}')
    assert (connection.state, connection.liveness_s, connection.ping_interval_s) == (
        LinkState.JOINING,
        None,
        None,
    )


def test_joining_is_noted(joined: ClientConnection) -> None:
    assert joined.state is LinkState.JOINED
    assert joined.occurrences() == []


def test_a_second_greeting_sends_the_credentials_no_second_time(joined: ClientConnection) -> None:
    joined.receive(GREETING)
    assert joined.frames_to_send() == []
    assert joined.state is LinkState.JOINED


def test_pings_are_answered_at_any_time(joined: ClientConnection) -> None:
    joined.receive("2")
    joined.receive("2probe")
    assert joined.frames_to_send() == ["3", "3probe"]
    assert joined.frames_to_send() == []


def test_a_ping_that_was_answered_ahead_gets_no_second_pong(joined: ClientConnection) -> None:
    assert [joined.pong_ahead(), joined.pong_ahead()] == ["3", "3"]
    for _ in range(3):
        joined.receive("2")
    assert joined.frames_to_send() == ["3"]
    assert joined.pongs == 3


def test_what_asks_nothing_changes_nothing(joined: ClientConnection) -> None:
    for frame in ("6", "3", '42/other,["voice_started",{}]'):
        joined.receive(frame)
    assert (joined.occurrences(), joined.frames_to_send(), joined.pongs) == ([], [], 0)


EVENTS = [
    '42/sdk,["session_info",{"session_id":"s"}]',
    '42/sdk,["voice_started"]',
    '42/sdk,["voice_started",null]',
    '42/sdk,["stt_response",{"text":"\u00e4 \\" ]} \U0001f600","is_final":true}]',
    '42/sdk,["stt_response",{"text":5}]',
    '42/sdk,["stt_response",{"text":"a"},{"text":"b"}]',
    '42/sdk,["stt_response",{"text":"a"}',
    '42/sdk,["auth_error","no"]',
    '42/sdk,["nobody knows",{"a":1}]',
    '42/sdk,9["voice_started",{}]',
    '42/sdk, ["voice_started",{}]',
    '42/sdk,["voice_started" ,{}]',
    '42/other,["voice_started",{}]',
    "2probe",
    "x",
]


@pytest.mark.parametrize("frame", EVENTS)
def test_bytes_and_text_are_read_alike(frame: str) -> None:
    read: list[object] = []
    for same in (frame, frame.encode(), bytearray(frame.encode())):
        connection = ClientConnection(Authenticate())
        connection.receive(GREETING)
        connection.receive(same)
        read.append((connection.occurrences(), connection.frames_to_send(), connection.state))
    assert read[0] == read[1] == read[2]


def test_a_plain_event_is_read_in_one_step(joined: ClientConnection) -> None:
    joined.receive(b'42/sdk,["auth_error",{"error":"gone"}]')
    joined.receive(b'42/sdk,["stt_response",{"text":"\xff"}]')
    first, second = joined.occurrences()
    assert first == AuthError(error="gone")
    assert isinstance(second, BadPayload)


def test_a_request_carries_an_id_of_its_own_and_its_ack_comes_back(joined: ClientConnection) -> None:
    first = joined.request(RenewAuthentication(client_token="ect_1"))
    second = joined.request(StopVoice())
    assert first == (1, '42/sdk,1["renew_authentication",{"client_token":"ect_1"}]')
    assert second == (2, '42/sdk,2["stop_voice",{}]')
    joined.receive('43/sdk,2[{"ok":true}]')
    assert joined.occurrences() == [Acked(2, b'[{"ok":true}]')]


def test_messages_come_typed_and_in_order(joined: ClientConnection) -> None:
    joined.receive('42/sdk,["session_info",{"session_id":"s"}]')
    joined.receive('42/sdk,["voice_started"]')
    joined.receive('42/sdk,["stt_response",{"text":"hi","is_final":true}]')
    assert joined.occurrences() == [
        SessionInfo(session_id="s"),
        VoiceStarted(),
        SttResponse(text="hi", is_final=True),
    ]
    assert joined.occurrences() == []


def test_unknown_events_are_handed_on_and_acked_all_the_same(joined: ClientConnection) -> None:
    joined.receive('42/sdk,12["news_from_2030",{"a":1}]')
    assert joined.occurrences() == [UnknownEvent("news_from_2030", b'{"a":1}')]
    assert joined.frames_to_send() == ["43/sdk,12[]"]


def test_a_malformed_payload_is_reported_and_the_next_is_read(joined: ClientConnection) -> None:
    joined.receive('42/sdk,["stt_response",{"text":5}]')
    joined.receive('42/sdk,["stt_response",{"text":"5"}]')
    bad, good = joined.occurrences()
    assert isinstance(bad, BadPayload)
    assert (bad.event, "$.text" in bad.problem) == ("stt_response", True)
    assert good == SttResponse(text="5")


def test_a_broken_frame_is_reported_and_the_connection_lives(joined: ClientConnection) -> None:
    joined.receive("42/sdk,[")
    (bad,) = joined.occurrences()
    assert isinstance(bad, BadPayload)
    assert bad.event == "frame"
    assert joined.state is LinkState.JOINED


@pytest.mark.parametrize("frame", ["hello", "0{}", "0", ""])
def test_a_server_of_another_kind_is_noticed_at_its_first_frame(frame: str) -> None:
    connection = ClientConnection(Authenticate())
    connection.receive(frame)
    assert connection.occurrences() == [LinkLost("the server does not speak the voice protocol")]
    assert connection.state is LinkState.CLOSED


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ("41/sdk,", "the server closed the connection"),
        ("1", "the server closed the connection"),
        ('44/sdk,{"message":"full"}', "full"),
        ('44/sdk,""', "the server refused the connection"),
        ("44/sdk,", "the server refused the connection"),
    ],
)
def test_the_end_is_told_once_and_nothing_follows(joined: ClientConnection, frame: str, reason: str) -> None:
    joined.receive(frame)
    joined.receive('42/sdk,["voice_started"]')
    joined.receive(frame)
    assert joined.occurrences() == [LinkLost(reason)]
    assert joined.state is LinkState.CLOSED


def test_what_is_sent_carries_a_payload_only_where_there_is_one(joined: ClientConnection) -> None:
    assert joined.send(StartVoice()) == '42/sdk,["start_voice"]'
    assert joined.send(StopVoice()) == '42/sdk,["stop_voice"]'
    assert (
        joined.send(StartVoice(turn_mode="push_to_talk"))
        == '42/sdk,["start_voice",{"turn_mode":"push_to_talk"}]'
    )
    assert joined.send(StreamAudio(audio=b"\0\1")) == '42/sdk,["stream_audio",{"audio":"AAE="}]'
    assert joined.send(Text()) == '42/sdk,["text",{}]'


def test_after_goodbye_nothing_is_taken(joined: ClientConnection) -> None:
    assert joined.leave() == "41/sdk,"
    joined.receive("2")
    assert joined.frames_to_send() == []
    assert joined.state is LinkState.CLOSED


frames = st.sampled_from(
    [GREETING, "2", "40/sdk,{}", "41/sdk,", "1", "3", '42/sdk,["voice_started"]', "42/sdk,[", "x",
     '42/sdk,1["stt_response",{"text":null}]', "44/sdk,"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(received=st.lists(frames | frames.map(str.encode) | st.text() | st.binary(), max_size=20))
def test_no_sequence_of_frames_is_fatal_and_nothing_follows_the_end(received: list[str | bytes]) -> None:
    connection = ClientConnection(Authenticate())
    for frame in received:
        connection.receive(frame)
    happened = connection.occurrences()
    lost = [each for each in happened if isinstance(each, LinkLost)]
    assert len(lost) == (connection.state is LinkState.CLOSED)
    assert not lost or happened[-1] is lost[0]


def test_what_is_prepared_is_what_is_sent() -> None:
    auth = Authenticate(api_key="est_key", character_id="c", player_id="p")
    late, early = ClientConnection(auth), ClientConnection(auth)
    early.prepare()
    for connection in (late, early):
        connection.receive(GREETING)
    assert early.frames_to_send() == late.frames_to_send()


def test_a_voice_is_read_from_bytes_as_from_text(joined: ClientConnection) -> None:
    frame = '42/sdk,["bot_voice",{"audio":"AAECAw==","message_id":"m","is_final":true}]'
    joined.receive(frame)
    joined.receive(frame.encode())
    joined.receive(bytearray(frame.encode()))
    assert joined.occurrences() == [BotVoice(audio=bytes(range(4)), message_id="m", is_final=True)] * 3
