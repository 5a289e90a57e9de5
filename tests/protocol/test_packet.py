"""Framing held against python-socketio's own codec, and against nonsense."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from engineio import packet as engineio_packet
from hypothesis import example, given, settings
from hypothesis import strategies as st
from socketio import packet as socketio_packet

from app.protocol import packet

THOUSANDS = settings(max_examples=2_000, deadline=None)

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
payloads = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ack_ids = st.none() | st.integers(min_value=0, max_value=10**15 - 1)
namespaces = st.from_regex(r"/[a-z0-9-]{0,12}", fullmatch=True)


def as_python_socketio_frames(kind: int, data: Any, namespace: str, ack_id: int | None) -> str:
    inner = socketio_packet.Packet(kind, data=data, namespace=namespace, id=ack_id).encode()
    frame = engineio_packet.Packet(engineio_packet.MESSAGE, data=inner).encode()
    assert isinstance(frame, str)
    return frame


def as_python_socketio_reads(frame: str) -> socketio_packet.Packet:
    outer = engineio_packet.Packet(encoded_packet=frame)
    assert outer.packet_type == engineio_packet.MESSAGE
    return socketio_packet.Packet(encoded_packet=outer.data)


def json_of(value: Any) -> bytes:
    return json.dumps(value).encode()


@THOUSANDS
@given(name=st.text(), payload=payloads, ack_id=ack_ids)
def test_what_python_socketio_sends_is_read(name: str, payload: Any, ack_id: int | None) -> None:
    frame = as_python_socketio_frames(socketio_packet.EVENT, [name, payload], packet.NAMESPACE, ack_id)
    got = packet.decode(frame)
    assert isinstance(got, packet.Event)
    assert (got.name, got.ack_id) == (name, ack_id)
    assert got.payload is not None
    assert json.loads(got.payload) == payload


@THOUSANDS
@given(name=st.text(), payload=payloads, ack_id=ack_ids)
def test_what_we_send_is_read_by_python_socketio(name: str, payload: Any, ack_id: int | None) -> None:
    got = as_python_socketio_reads(packet.encode_event(name, json_of(payload), ack_id))
    assert got.packet_type == socketio_packet.EVENT
    assert (got.namespace, got.id, got.data) == (packet.NAMESPACE, ack_id, [name, payload])


@given(name=st.text(), ack_id=ack_ids)
def test_an_event_may_have_no_payload(name: str, ack_id: int | None) -> None:
    theirs = as_python_socketio_frames(socketio_packet.EVENT, [name], packet.NAMESPACE, ack_id)
    assert packet.decode(theirs) == packet.Event(name, None, ack_id)
    assert as_python_socketio_reads(packet.encode_event(name, None, ack_id)).data == [name]


@given(payload=st.lists(payloads, max_size=3), ack_id=st.integers(min_value=0, max_value=10**15 - 1))
def test_acks_agree(payload: list[Any], ack_id: int) -> None:
    theirs = packet.decode(as_python_socketio_frames(socketio_packet.ACK, payload, packet.NAMESPACE, ack_id))
    assert isinstance(theirs, packet.Ack)
    assert (theirs.ack_id, json.loads(theirs.payload)) == (ack_id, payload)
    ours = as_python_socketio_reads(packet.encode_ack(ack_id, json_of(payload)))
    assert (ours.packet_type, ours.id, ours.data) == (socketio_packet.ACK, ack_id, payload)


@given(auth=st.dictionaries(st.text(), payloads, max_size=4))
def test_connecting_agrees(auth: dict[str, Any]) -> None:
    ours = as_python_socketio_reads(packet.encode_connect(json_of(auth)))
    assert (ours.packet_type, ours.namespace, ours.data or {}) == (socketio_packet.CONNECT, "/sdk", auth)
    accepted = as_python_socketio_frames(socketio_packet.CONNECT, {"sid": "x"}, packet.NAMESPACE, None)
    assert packet.decode(accepted) == packet.Joined()


def test_leaving_agrees() -> None:
    ours = as_python_socketio_reads(packet.encode_leave())
    assert (ours.packet_type, ours.namespace) == (socketio_packet.DISCONNECT, packet.NAMESPACE)
    theirs = as_python_socketio_frames(socketio_packet.DISCONNECT, None, packet.NAMESPACE, None)
    assert packet.decode(theirs) == packet.Left()


@pytest.mark.parametrize(
    ("said", "reason"),
    [("not today", "not today"), ({"message": "not today"}, "not today"), ({}, ""), (None, "")],
)
def test_a_refusal_is_read_with_its_reason(said: Any, reason: str) -> None:
    frame = as_python_socketio_frames(socketio_packet.CONNECT_ERROR, said, packet.NAMESPACE, None)
    assert packet.decode(frame) == packet.Refused(reason)


def test_a_refusal_does_not_flood_the_screen() -> None:
    assert packet.decode(f'44/sdk,"{"x" * 5_000}"') == packet.Refused("x" * 200)
    assert packet.decode("44/sdk,{broken") == packet.Refused("")


@given(namespace=namespaces, name=st.text())
def test_other_namespaces_are_none_of_our_business(namespace: str, name: str) -> None:
    frame = as_python_socketio_frames(socketio_packet.EVENT, [name], namespace, None)
    expected = packet.Event(name) if namespace == packet.NAMESPACE else packet.Ignored()
    assert packet.decode(frame) == expected


def test_a_namespace_may_carry_a_query() -> None:
    assert packet.decode("40/sdk?token=1,") == packet.Joined()


@given(probe=st.text())
def test_a_ping_is_answered_with_its_probe(probe: str) -> None:
    got = packet.decode(engineio_packet.Packet(engineio_packet.PING, data=probe or None).encode())
    assert got == packet.Ping(probe)
    assert (
        packet.encode_pong(probe) == engineio_packet.Packet(engineio_packet.PONG, data=probe or None).encode()
    )


def test_the_greeting_has_times_and_ignores_the_rest() -> None:
    greeting = packet.decode(
        '0{"sid":"a","upgrades":[],"pingInterval":1000,"pingTimeout":500,"maxPayload":1}'
    )
    assert greeting == packet.Open("a", 1000, 500)
    assert packet.decode('0{"sid":"a"}') == packet.Open("a", 25_000, 20_000)


@pytest.mark.parametrize("frame", ["3", "3probe", "5", "6", "40", "42[]", '42["a"]'])
def test_what_asks_nothing_is_ignored(frame: str) -> None:
    assert packet.decode(frame) == packet.Ignored()


def test_the_end_is_read() -> None:
    assert packet.decode("1") == packet.Close()


@pytest.mark.parametrize(
    "frame",
    [
        "", "7", "x", "4", "45/sdk,1-[]", "4x", "0", "0{}", "0[]", "0null", '0{"sid":1}',
        '0{"sid":"a","pingInterval":-1}', '0{"sid":"a","pingTimeout":-1}', '0{"sid":"a","pingTimeout":1e99}',
        "42/sdk,", "42/sdk", "42/sdk,[]", "42/sdk,{}", "42/sdk,[1]", "42/sdk,[null]", '42/sdk,["a"',
        '42/sdk,["a",]', '42/sdk,["\ud800"]', '42/sdk,٣["a"]', '42/sdk,-1["a"]', "43/sdk,[]", "43/sdk,1",
        '0{"sid":"\ud800"}', '42/sdk,["a",' + "[" * 100_000 + "]" * 100_001,
    ],
)  # fmt: skip
def test_what_is_no_packet_is_said_to_be_broken(frame: str) -> None:
    with pytest.raises(packet.BrokenFrame):
        packet.decode(frame)


@pytest.mark.parametrize("kind", [bytes, bytearray])
def test_a_frame_may_come_as_its_bytes(kind: type[bytes | bytearray]) -> None:
    frame = '42/sdk,7["\u00e4",{"a":"\U0001f600"}]'
    assert packet.decode(kind(frame.encode())) == packet.decode(frame)


def test_bytes_that_are_no_text_are_broken() -> None:
    with pytest.raises(packet.BrokenFrame, match="UTF-8"):
        packet.decode(b'42/sdk,["\xff"]')


pieces = st.sampled_from(
    ["0", "1", "2", "3", "4", "40", "41", "42", "43", "44", "/sdk,", "/sdk", "/x,", "[", "]", "{", "}", '"a"',
     ",", "7", '{"sid":"x"}', "null", "\ud800", "٣", "9" * 400]
)  # fmt: skip


@THOUSANDS
@given(frame=st.lists(pieces, max_size=8).map("".join) | st.text(st.characters()))
@example("42/sdk,1" * 10)
def test_nothing_else_is_ever_raised(frame: str) -> None:
    with suppress(packet.BrokenFrame):
        assert isinstance(packet.decode(frame), packet.Packet)
