from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from benchmarks import flood


def read(chunks: list[bytes]) -> list[flood.Event]:
    """Return the events in a flood as a client's parser finds them."""
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN, max_size=None)
    for chunk in chunks:
        client.receive_data(chunk)
    events: list[flood.Event] = []
    for frame in client.events_received():
        assert isinstance(frame, Frame)
        assert frame.opcode is Opcode.TEXT
        event, payload = json.loads(bytes(frame.data).decode().removeprefix("42/sdk,"))
        events.append((event, payload))
    return events


def test_a_flood_of_voice_is_one_reply_in_pieces() -> None:
    events = read(flood.chunks(flood.voice(960, 500)))
    assert [payload["chunk_index"] for _, payload in events] == list(range(500))
    assert {event for event, _ in events} == {"bot_voice"}
    assert {len(base64.b64decode(payload["audio"])) for _, payload in events} == {960}


def test_a_flood_is_written_in_large_pieces() -> None:
    chunks = flood.chunks(flood.voice(9_600, 100))
    assert len(chunks) == 5
    assert all(len(chunk) >= 256 * 1024 for chunk in chunks[:-1])


def test_nothing_makes_no_flood() -> None:
    assert flood.chunks([]) == []


def test_a_mixed_flood_numbers_every_kind_through() -> None:
    events = read(flood.chunks(flood.mixed(400)))
    numbers = [flood.number_in(event, payload) for event, payload in events]
    assert [number for number in numbers if number is not None] == list(range(400))
    assert {event for event, _ in events} == set(flood.NUMBERED)


def test_a_mixed_flood_is_the_same_each_time() -> None:
    assert list(flood.mixed(100)) == list(flood.mixed(100))


def test_only_interim_captions_have_no_number() -> None:
    unnumbered: list[dict[str, Any]] = [
        payload for event, payload in flood.mixed(400) if flood.number_in(event, payload) is None
    ]
    assert unnumbered
    assert not any(payload["is_final"] for payload in unnumbered)


def test_the_number_is_the_same_on_both_sides() -> None:
    for event, payload in flood.mixed(50):
        assert flood.number_of(event, SimpleNamespace(**payload)) == flood.number_in(event, payload)
