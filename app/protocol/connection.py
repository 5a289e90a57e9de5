"""The client's side of one connection, without any I/O: frames in, occurrences and frames out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Final

import msgspec

from app.protocol import packet
from app.protocol.client_messages import Authenticate
from app.protocol.message import UNREADABLE, MalformedPayload, Message
from app.protocol.server_messages import SERVER_MESSAGES
from app.protocol.voice_frame import read_voice

_TYPES: Final = {kind.event: kind for kind in SERVER_MESSAGES}

_EVENT_BEGINS: Final = f'42{packet.NAMESPACE},["'.encode()
_READERS: Final = {kind.event.encode(): msgspec.json.Decoder(kind) for kind in SERVER_MESSAGES}


class LinkState(Enum):
    """How far a connection has come."""

    OPENING = "opening"
    JOINING = "joining"
    JOINED = "joined"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The server ended or refused the connection; nothing follows."""

    reason: str


@dataclass(frozen=True, slots=True)
class BadPayload:
    """A payload or frame was malformed; the connection lives on."""

    event: str
    problem: str


@dataclass(frozen=True, slots=True)
class Acked:
    """The server has done what the message with this ack id asked for; ``payload`` is a JSON array."""

    ack_id: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event this client has no type for; ``payload`` is JSON text, None where there was none."""

    name: str
    payload: bytes | None


Occurrence = Message | LinkLost | BadPayload | Acked | UnknownEvent


class ClientConnection:
    """Speaks Engine.IO and Socket.IO for a client.

    Feed each text frame to `receive`; then take what happened from `occurrences` and what must be sent from
    `frames_to_send`. Nothing here waits or reads a clock.

    Args:
        auth: Who connects; sent when the server has greeted.
    """

    def __init__(self, auth: Authenticate) -> None:
        self._auth = auth
        self._joining: str | None = None
        self._state = LinkState.OPENING
        self._occurrences: list[Occurrence] = []
        self._outgoing: list[str] = []
        self._ack_ids = count(1)
        self._pongs_ahead = 0
        self.pongs = 0
        """How many pongs were given, ahead or in turn."""
        self.ping_interval_s: float | None = None
        """Seconds from a pong to the server's next ping; None until the server has said so."""
        self.liveness_s: float | None = None
        """Seconds without a frame after which the link is dead; None until the server has said so."""

    def prepare(self) -> None:
        """Make ready what the server's greeting will be answered with, while there is time."""
        self._joining = packet.encode_connect(self._auth.to_json())

    @property
    def state(self) -> LinkState:
        """How far the connection has come."""
        return self._state

    def receive(self, frame: str | bytes | bytearray) -> None:
        """Take one text frame from the server; bytes are its UTF-8."""
        if self._state is LinkState.CLOSED or self._is_plain_event(frame):
            return
        try:
            got = packet.decode(frame)
        except packet.BrokenFrame as error:
            if self._state is LinkState.OPENING:
                self._lost("the server does not speak the voice protocol")
            else:
                self._occurrences.append(BadPayload("frame", str(error)))
            return
        match got:
            case packet.Open():
                self._greeted(got)
            case packet.Ping(probe):
                self._pinged(probe)
            case packet.Joined():
                self._state = LinkState.JOINED
            case packet.Event():
                self._event(got)
            case packet.Ack(ack_id, payload):
                self._occurrences.append(Acked(ack_id, payload))
            case packet.Refused(reason):
                self._lost(reason or "the server refused the connection")
            case packet.Left() | packet.Close():
                self._lost("the server closed the connection")

    def send(self, message: Message) -> str:
        """Return the frame that carries ``message``."""
        payload = message.to_json()
        bare = payload == b"{}" and not message.has_payload
        return packet.encode_event(message.event, None if bare else payload)

    def request(self, message: Message) -> tuple[int, str]:
        """Return an ack id and the frame that carries ``message`` with it; an `Acked` will answer."""
        ack_id = next(self._ack_ids)
        return ack_id, packet.encode_event(message.event, message.to_json(), ack_id)

    def pong_ahead(self) -> str:
        """Return the answer to a ping that must have been sent but is not read yet, because reading rests."""
        self._pongs_ahead += 1
        self.pongs += 1
        return packet.encode_pong()

    def leave(self) -> str:
        """Return the frame that says goodbye, and take nothing more."""
        self._state = LinkState.CLOSED
        return packet.encode_leave()

    def occurrences(self) -> list[Occurrence]:
        """Return and forget what happened, in order."""
        taken, self._occurrences = self._occurrences, []
        return taken

    def frames_to_send(self) -> list[str]:
        """Return and forget the frames that must be sent, in order."""
        taken, self._outgoing = self._outgoing, []
        return taken

    def _is_plain_event(self, frame: str | bytes | bytearray) -> bool:
        """Take the usual frame in one step: a known event without an ack id, with a payload that is well."""
        if isinstance(frame, str) or not frame.startswith(_EVENT_BEGINS):
            return False
        if (voice := read_voice(frame)) is not None:
            self._occurrences.append(voice)
            return True
        end = frame.find(b'",', len(_EVENT_BEGINS))
        reader = _READERS.get(bytes(frame[len(_EVENT_BEGINS) : end]))
        if reader is None or not frame.endswith(b"}]"):
            return False
        try:
            self._occurrences.append(reader.decode(memoryview(frame)[end + 2 : -1]))
        except UNREADABLE:
            return False  # whatever it is, the long way says it
        return True

    def _greeted(self, greeting: packet.Open) -> None:
        self.ping_interval_s = greeting.ping_interval / 1000 or None
        self.liveness_s = (greeting.ping_interval + greeting.ping_timeout) / 1000 or None
        if self._state is LinkState.OPENING:
            self._state = LinkState.JOINING
            self._outgoing.append(self._joining or packet.encode_connect(self._auth.to_json()))

    def _pinged(self, probe: str) -> None:
        if self._pongs_ahead:
            self._pongs_ahead -= 1
        else:
            self.pongs += 1
            self._outgoing.append(packet.encode_pong(probe))

    def _event(self, got: packet.Event) -> None:
        if got.ack_id is not None:
            self._outgoing.append(packet.encode_ack(got.ack_id))
        kind = _TYPES.get(got.name)
        if kind is None:
            self._occurrences.append(UnknownEvent(got.name, got.payload))
            return
        try:
            self._occurrences.append(kind.from_json(got.payload))
        except MalformedPayload as error:
            self._occurrences.append(BadPayload(error.event, error.problem))

    def _lost(self, reason: str) -> None:
        self._state = LinkState.CLOSED
        self._occurrences.append(LinkLost(reason))
