"""What the scripted server pours on a client: events as fast as the wire takes them."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterable, Iterator
from typing import Any, Final

NUMBERED: Final = {
    "stt_response": "text",
    "bot_response": "text",
    "bot_voice": "message_id",
    "interrupt": "message_id",
    "client_action": "name",
}
"""The kinds of a mixed flood that no client may lose, and the field that carries an event's `label`."""

_SEED: Final = 20_000
_INTERIM_SHARE: Final = 0.2
"""Interim captions per numbered event of a mixed flood: a client that is behind may drop these."""

_CHUNK_BYTES: Final = 256 * 1024
"""Size of the pieces a flood is written in, so that the wire never runs dry between two of them."""

Event = tuple[str, dict[str, Any]]
"""Name and payload."""


def label(number: int) -> str:
    """Return how the event of that number names itself."""
    return f"n{number}"


def number_in(event: str, payload: dict[str, Any]) -> int | None:
    """Return the number of an event as the server sends it; None for an interim caption."""
    return _number(payload[NUMBERED[event]])


def number_of(event: str, payload: object) -> int | None:
    """Return the number of an event as a client delivered it; None for an interim caption."""
    return _number(getattr(payload, NUMBERED[event]))


def voice(size: int, count: int) -> Iterator[Event]:
    """Yield one long reply in ``count`` pieces of ``size`` bytes of PCM each."""
    audio = base64.b64encode(random.Random(_SEED).randbytes(size)).decode()
    for index in range(count):
        yield (
            "bot_voice",
            {
                "audio": audio,
                "message_id": "m1",
                "chunk_index": index,
                "is_final": False,
                "sample_rate": 24_000,
            },
        )


def mixed(count: int) -> Iterator[Event]:
    """Yield ``count`` events of the kinds in `NUMBERED`, numbered through, and interim captions in between.

    The order looks random and is the same each time.
    """
    dice = random.Random(_SEED)
    audio = base64.b64encode(dice.randbytes(960)).decode()
    kinds = list(NUMBERED)
    for number in range(count):
        if dice.random() < _INTERIM_SHARE:
            yield "stt_response", {"text": "", "is_final": False}
        name = label(number)
        match dice.choice(kinds):
            case "stt_response":
                yield "stt_response", {"text": name, "is_final": True}
            case "bot_response":
                yield (
                    "bot_response",
                    {"text": name, "partial": name, "message_id": name, "chunk_index": 0, "is_final": True},
                )
            case "bot_voice":
                yield "bot_voice", {"audio": audio, "message_id": name, "chunk_index": 0, "is_final": True}
            case "interrupt":
                yield "interrupt", {"message_id": name, "interrupted_at": 1.0}
            case _:
                yield "client_action", {"name": name, "arguments": {}, "message_id": name}


def packet(event: str, payload: dict[str, Any]) -> bytes:
    """Return one event as the text of a Socket.IO packet in the protocol's namespace."""
    return f"42/sdk,{json.dumps([event, payload], separators=(',', ':'))}".encode()


def chunks(events: Iterable[Event]) -> list[bytes]:
    """Return the events as WebSocket frames of a server, ready to be written in large pieces."""
    from websockets.frames import Frame, Opcode  # not where a client is measured that does without

    pieces: list[bytes] = []
    piece = bytearray()
    for event, payload in events:
        piece += Frame(Opcode.TEXT, packet(event, payload)).serialize(mask=False)
        if len(piece) >= _CHUNK_BYTES:
            pieces.append(bytes(piece))
            piece.clear()
    return [*pieces, bytes(piece)] if piece else pieces


def _number(name: str) -> int | None:
    return int(name[1:]) if name else None
