"""The WebSocket under a link: text frames in and out at once, without a task or a queue in between.

`websockets` keeps the protocol, TLS, proxies and the closing handshake. Its queue of received messages is
left out: each frame is handed on as it is parsed, and what is sent is written before the call returns, which
costs a third of the time and keeps the order by itself.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import Event, State

_WRITE_LIMIT: Final = 32 * 1024
"""Bytes that may wait in the socket's buffer before the wire is congested: 0.7 s of audio at 16 kHz."""


class WireListener(Protocol):
    """Who a wire reports to. Nothing here may block."""

    def frame_came(self, text: bytes | bytearray) -> None:
        """Take one text frame, as UTF-8."""

    def pong_came(self, token: bytes) -> None:
        """The other end has answered the ping with this token."""

    def room_came(self) -> None:
        """What waited in the socket's buffer has left; more can be written."""

    def wire_ended(self, reason: str) -> None:
        """The connection is gone; nothing follows."""


class Wire(ClientConnection):
    """One WebSocket connection, made by `websockets.asyncio.client.connect`.

    Args:
        protocol: The connection's protocol, without I/O.
        listener: Who is told.
        settings: What `connect` hands over.
    """

    def __init__(self, protocol: ClientProtocol, *, listener: WireListener, **settings: Any) -> None:
        super().__init__(protocol, **{**settings, "write_limit": _WRITE_LIMIT})
        self._listener = listener
        self._fragments: bytearray | None = None
        self.end_reason: str | None = None
        """Why the connection ended; None while it lives."""

    @property
    def is_open(self) -> bool:
        """Whether frames can be sent."""
        return self.protocol.state is State.OPEN

    @property
    def is_congested(self) -> bool:
        """Whether the network takes less than is written."""
        return self.paused

    def put(self, text: str) -> None:
        """Write one text frame. Nothing happens when the connection is not open."""
        if self.is_open:
            self.protocol.send_text(text.encode())
            self.send_data()

    def ping(self, token: bytes) -> None:  # type: ignore[override]
        """Ask for a pong with this token. Nothing happens when the connection is not open."""
        if self.is_open:
            self.protocol.send_ping(token)
            self.send_data()

    def rest(self) -> None:
        """Read nothing more until `wake`."""
        self.transport.pause_reading()

    def wake(self) -> None:
        """Read again."""
        self.transport.resume_reading()

    def process_event(self, event: Event) -> None:
        """Hand frames on; the handshake's answer is the base's."""
        if self.response is None or not isinstance(event, Frame):
            super().process_event(event)
        elif event.opcode is Opcode.TEXT:
            self._text(event)
        elif event.opcode is Opcode.CONT:
            self._continuation(event)
        elif event.opcode is Opcode.PONG:
            self._listener.pong_came(bytes(event.data))

    def resume_writing(self) -> None:
        """Tell that more can be written."""
        super().resume_writing()
        self._listener.room_came()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that the connection is gone, and why."""
        super().connection_lost(exc)
        closed = self.protocol.close_rcvd
        said = closed.reason if closed is not None else ""
        self.end_reason = f"the server closed the connection{f': {said}' if said else ''}"
        self._listener.wire_ended(self.end_reason)

    def _text(self, frame: Frame) -> None:
        if frame.fin:
            self._listener.frame_came(frame.data)  # type: ignore[arg-type]
        else:
            self._fragments = bytearray(frame.data)

    def _continuation(self, frame: Frame) -> None:
        if self._fragments is None:  # of a binary message, which means nothing here
            return
        self._fragments += frame.data
        if frame.fin:
            whole, self._fragments = self._fragments, None
            self._listener.frame_came(whole)
