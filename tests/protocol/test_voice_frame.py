"""The short way to read a character's voice, held against the general one."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol import packet
from app.protocol.message import MalformedPayload
from app.protocol.server_messages import BotVoice
from app.protocol.voice_frame import read_voice

BEGINS = '42/sdk,["bot_voice",{"audio":"'


def generally(frame: bytes) -> BotVoice:
    """Return what the general way reads."""
    event = packet.decode(frame)
    assert isinstance(event, packet.Event)
    message = BotVoice.from_json(event.payload)
    assert isinstance(message, BotVoice)
    return message


def frame_of(payload: dict[str, object]) -> bytes:
    """Return a frame as python-socketio writes it."""
    return f'42/sdk,["bot_voice",{json.dumps(payload, separators=(",", ":"))}]'.encode()


@settings(max_examples=1_000, deadline=None)
@given(
    pcm=st.binary(max_size=2_000),
    rest=st.fixed_dictionaries(
        {},
        optional={
            "message_id": st.text(),
            "chunk_index": st.integers(0, 10**6),
            "is_final": st.booleans(),
            "sample_rate": st.none() | st.integers(8_000, 48_000),
            "of a later version": st.text() | st.lists(st.integers()),
        },
    ),
)
def test_both_ways_read_the_same(pcm: bytes, rest: dict[str, object]) -> None:
    frame = frame_of({"audio": base64.b64encode(pcm).decode(), **rest})
    read = read_voice(frame)
    assert read is not None
    assert read == generally(frame)
    assert read.audio == pcm
    assert read_voice(bytearray(frame)) == read


@pytest.mark.parametrize(
    "frame",
    [
        "",
        '42/sdk,["bot_response",{"text":"hi"}]',
        '42/sdk,["bot_voice",{"message_id":"m","audio":"AAA="}]',
        '42/sdk,["bot_voice",{"audio": "AAA="}]',
        '42/sdk,1["bot_voice",{"audio":"AAA="}]',
        BEGINS + 'AAA="}',
        BEGINS + "AAA=}]",
        BEGINS + 'AAA"}]',
        BEGINS + 'A-_="}]',
        BEGINS + 'AA\\/="}]',
        BEGINS + 'AAA=","chunk_index":"one"}]',
        BEGINS + 'AAA=","audio":"AAAA"}]',
        BEGINS + 'AAA=""message_id":"m"}]',
        BEGINS + 'AAA=",}]',
        BEGINS + 'AAA="},{}]',
        BEGINS + 'AAA="}]}]',
    ],
)
def test_anything_else_is_left_to_the_general_way(frame: str) -> None:
    assert read_voice(frame.encode()) is None


@settings(max_examples=2_000, deadline=None)
@given(tail=st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_nothing_is_read_that_the_general_way_would_refuse(tail: bytes) -> None:
    frame = BEGINS.encode() + tail + b"}]"
    if (read := read_voice(frame)) is None:
        return
    try:
        assert read == generally(frame)
    except MalformedPayload:
        pytest.fail(f"{frame!r} is malformed")
