"""The client's side of one connection, without any I/O: frames in, occurrences and frames out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.protocol import packet
from app.protocol.client_messages import Authenticate
from app.protocol.message import MalformedPayload, Message
from app.protocol.server_messages import SERVER_MESSAGES

_TYPES: Final = {kind.event: kind for kind in SERVER_MESSAGES}


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


Occurrence = Message | LinkLost | BadPayload


class ClientConnection:
    """Speaks Engine.IO and Socket.IO for a client.

    Feed each text frame to `receive`; then take what happened from `occurrences` and what must be sent from
    `frames_to_send`. Nothing here waits or reads a clock.

    Args:
        auth: Who connects; sent when the server has greeted.
    """

    def __init__(self, auth: Authenticate) -> None:
        self._auth = auth
        self._state = LinkState.OPENING
        self._occurrences: list[Occurrence] = []
        self._outgoing: list[str] = []
        self.liveness_s: float | None = None
        """Seconds without a frame after which the link is dead; None until the server has said so."""

    @property
    def state(self) -> LinkState:
        """How far the connection has come."""
        return self._state

    def receive(self, frame: str) -> None:
        """Take one text frame from the server."""
        if self._state is LinkState.CLOSED:
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
                self._outgoing.append(packet.encode_pong(probe))
            case packet.Joined():
                self._state = LinkState.JOINED
            case packet.Event():
                self._event(got)
            case packet.Refused(reason):
                self._lost(reason or "the server refused the connection")
            case packet.Left() | packet.Close():
                self._lost("the server closed the connection")
            case _:
                pass

    def send(self, message: Message) -> str:
        """Return the frame that carries ``message``."""
        payload = message.to_json()
        bare = payload == b"{}" and not message.has_payload
        return packet.encode_event(message.event, None if bare else payload)

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

    def _greeted(self, greeting: packet.Open) -> None:
        self.liveness_s = (greeting.ping_interval + greeting.ping_timeout) / 1000 or None
        if self._state is LinkState.OPENING:
            self._state = LinkState.JOINING
            self._outgoing.append(packet.encode_connect(self._auth.to_json()))

    def _event(self, got: packet.Event) -> None:
        if got.ack_id is not None:
            self._outgoing.append(packet.encode_ack(got.ack_id))
        kind = _TYPES.get(got.name)
        if kind is None:
            return
        try:
            self._occurrences.append(kind.from_json(got.payload))
        except MalformedPayload as error:
            self._occurrences.append(BadPayload(error.event, error.problem))

    def _lost(self, reason: str) -> None:
        self._state = LinkState.CLOSED
        self._occurrences.append(LinkLost(reason))
