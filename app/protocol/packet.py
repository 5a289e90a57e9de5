"""One text frame of Engine.IO 4 with Socket.IO 5 inside, as a typed packet and back.

An Engine.IO packet is one digit and a body. Digit ``4`` carries a Socket.IO packet: a digit, an optional
``/namespace,``, an optional ack id and JSON. Only what an Estuary client meets is here: text frames, one
namespace, no binary attachments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from app.protocol.message import UNREADABLE

NAMESPACE: Final = "/sdk"
"""Socket.IO namespace of the voice and chat API."""


_LONGEST_REASON: Final = 200
"""Characters taken of the reason a server gives for a refusal."""

_Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=86_400_000)]


class BrokenFrame(ValueError):  # noqa: N818 - names what was met
    """A frame that is no Engine.IO or Socket.IO packet."""


class Open(
    msgspec.Struct, frozen=True, rename={"ping_interval": "pingInterval", "ping_timeout": "pingTimeout"}
):
    """The server's greeting. Times are in milliseconds; servers round those below a second down to 0."""

    sid: str
    ping_interval: _Milliseconds = 25_000
    ping_timeout: _Milliseconds = 20_000


@dataclass(frozen=True, slots=True)
class Ping:
    """The server asks whether the client lives; ``probe`` is to be sent back."""

    probe: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """The server ends the connection."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The namespace is connected."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The namespace was refused."""

    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """The server disconnected the namespace."""


@dataclass(frozen=True, slots=True)
class Event:
    """A named event; ``payload`` is the JSON text of its first argument, None where there was none."""

    name: str
    payload: bytes | None = None
    ack_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ack:
    """The answer to an event that carried an id; ``payload`` is the JSON array of its arguments."""

    ack_id: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Ignored:
    """A packet that asks nothing of an Estuary client (noop, pong, another namespace)."""


Packet = Open | Ping | Close | Joined | Refused | Left | Event | Ack | Ignored


def decode(frame: str | bytes | bytearray) -> Packet:
    """Return the packet in a text frame; bytes are its UTF-8.

    Raises:
        BrokenFrame: The frame is none.
    """
    if not isinstance(frame, str):
        try:
            frame = frame.decode()
        except UnicodeDecodeError as error:
            raise BrokenFrame("the frame is no UTF-8") from error
    kind, body = frame[:1], frame[1:]
    if kind == "4":
        return _decode_socketio(body)
    if kind == "0":
        try:
            return msgspec.json.decode(body, type=Open)
        except UNREADABLE as error:
            raise BrokenFrame(f"broken open packet: {error}") from error
    if kind == "2":
        return Ping(body)
    if kind == "1":
        return Close()
    if kind in {"3", "5", "6"}:
        return Ignored()
    raise BrokenFrame(f"unknown packet type {kind!r}")


def encode_connect(auth: bytes) -> str:
    """Return the frame that joins the namespace; ``auth`` is JSON text."""
    return f"40{NAMESPACE},{auth.decode()}"


def encode_event(name: str, payload: bytes | None = None, ack_id: int | None = None) -> str:
    """Return the frame of an event; ``payload`` is JSON text, left out when None."""
    quoted = msgspec.json.encode(name).decode()
    argument = "" if payload is None else "," + payload.decode()
    number = "" if ack_id is None else str(ack_id)
    return f"42{NAMESPACE},{number}[{quoted}{argument}]"


def encode_ack(ack_id: int, payload: bytes = b"[]") -> str:
    """Return the frame that answers an event with an id; ``payload`` is a JSON array."""
    return f"43{NAMESPACE},{ack_id}{payload.decode()}"


def encode_pong(probe: str = "") -> str:
    """Return the answer to a ping."""
    return f"3{probe}"


def encode_leave() -> str:
    """Return the frame that disconnects the namespace."""
    return f"41{NAMESPACE},"


def _decode_socketio(packet: str) -> Packet:
    kind, rest = packet[:1], packet[1:]
    if kind not in {"0", "1", "2", "3", "4"}:
        raise BrokenFrame(f"unknown Socket.IO packet type {kind!r}")
    namespace, rest = _split_namespace(rest)
    if namespace != NAMESPACE:
        return Ignored()
    if kind == "0":
        return Joined()
    if kind == "1":
        return Left()
    if kind == "4":
        return Refused(_refusal(rest))
    return _decode_event(kind, rest)


def _split_namespace(rest: str) -> tuple[str, str]:
    if not rest.startswith("/"):
        return "/", rest
    namespace, _, rest = rest.partition(",")
    return namespace.partition("?")[0], rest


def _decode_event(kind: str, rest: str) -> Packet:
    digits = len(rest) - len(rest.lstrip("0123456789"))
    ack_id = int(rest[:digits]) if 0 < digits <= 15 and rest[:digits].isascii() else None
    try:
        arguments = msgspec.json.decode(rest[digits:], type=list[msgspec.Raw])
        if kind == "3":
            if ack_id is None:
                raise BrokenFrame("an ack without its id")
            return Ack(ack_id, rest[digits:].encode())
        if not arguments:
            raise BrokenFrame("an event without a name")
        name = msgspec.json.decode(arguments[0], type=str)
    except UNREADABLE as error:
        raise BrokenFrame(f"broken event: {error}") from error
    return Event(name, bytes(arguments[1]) if len(arguments) > 1 else None, ack_id)


def _refusal(rest: str) -> str:
    try:
        body = msgspec.json.decode(rest) if rest else ""
    except UNREADABLE:
        body = ""
    if isinstance(body, dict):
        body = body.get("message", "")
    return str(body)[:_LONGEST_REASON]
