"""The WebSocket under a link: text frames in and out at once, without a task or a queue in between.

`websockets` keeps the protocol, TLS, proxies and the closing handshake. Its queue of received messages is
left out: each frame is handed on as it is parsed, and what is sent is written before the call returns, which
costs a third of the time and keeps the order by itself.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, Protocol, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidProxy, InvalidStatus, InvalidURI, ProxyError
from websockets.frames import Frame, Opcode
from websockets.protocol import Event, State
from websockets.typing import LoggerLike
from websockets.uri import WebSocketURI, parse_uri

__all__ = [
    "InvalidHandshake",
    "InvalidProxy",
    "InvalidStatus",
    "InvalidURI",
    "ProxyError",
    "Wire",
    "WireListener",
    "dial_as_the_network_wants",
    "dial_directly",
]

_WRITE_LIMIT: Final = 32 * 1024
"""Bytes that may wait in the socket's buffer before the wire is congested: 0.7 s of audio at 16 kHz."""

_parsed = lru_cache(maxsize=8)(parse_uri)

_AT_ONCE_S: Final = 0.01
"""Longest time in which a connection within this machine may hold up the event loop; it takes 0.1 ms."""


class WireListener(Protocol):
    """Who a wire reports to. Nothing here may block."""

    def wire_made(self) -> None:
        """Take note that the server was asked for the WebSocket; its answer takes a moment."""

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
        user_agent: What to call ourselves.
        settings: What `connect` hands over.
    """

    def __init__(
        self, protocol: ClientProtocol, *, listener: WireListener, user_agent: str, **settings: Any
    ) -> None:
        super().__init__(protocol, **{**settings, "write_limit": _WRITE_LIMIT})
        self._listener = listener
        self._user_agent = user_agent
        self._has_transport = False
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

    def hello(self) -> bytes:
        """Return the request for the WebSocket, which is to be sent once."""
        self.request = self.protocol.connect()
        self.request.headers["User-Agent"] = self._user_agent
        self.protocol.send_request(self.request)
        return b"".join(self.protocol.data_to_send())

    def abort(self) -> None:
        """End the connection without a goodbye. May be called before there is one."""
        if self._has_transport:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the WebSocket at once, not when `connect` comes round to it."""
        super().connection_made(transport)
        self._has_transport = True
        if self.request is None:
            self.transport.write(self.hello())
        self._listener.wire_made()

    async def handshake(self, *_: Any) -> None:
        """Wait for the answer."""
        await self.response_rcvd
        if self.protocol.handshake_exc is not None:
            raise self.protocol.handshake_exc

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
        if not self.response_rcvd.done():
            self.response_rcvd.set_result(None)
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


async def dial_directly(
    url: str,
    make: Callable[..., Wire],
    tls: ssl.SSLContext | None,
    *,
    max_size: int,
    close_timeout: float,
    logger: LoggerLike,
) -> Wire:
    """Open a connection without a proxy. ``make`` is called with the protocol and what a `Wire` needs."""
    uri = _parsed(url)
    protocol = ClientProtocol(uri, max_size=max_size, logger=logger)
    wire = make(protocol, ping_interval=None, close_timeout=close_timeout)
    loop = asyncio.get_running_loop()
    try:
        if tls is None and _is_address(uri.host):
            await loop.create_connection(lambda: wire, sock=await _called(uri, wire.hello()))
        else:
            await loop.create_connection(lambda: wire, uri.host, uri.port, ssl=tls)
        await wire.handshake()
    except BaseException:
        wire.abort()
        raise
    return wire


async def _called(uri: WebSocketURI, hello: bytes) -> socket.socket:
    """Return a socket that is connected and has said hello: the answer is made while the rest is set up.

    On this machine a connection is there in the moment it is asked for. To have the event loop look out for
    it would cost more than the connection, so only one that is not there at once is waited for that way.
    """
    place = (uri.host, uri.port)
    calling = _calling(uri.host)
    try:
        try:
            calling.connect(place)
        except TimeoutError:
            calling.close()
            calling = _calling(uri.host)
            calling.setblocking(False)
            await asyncio.get_running_loop().sock_connect(calling, place)
        calling.sendall(hello)  # into an empty buffer
    except BaseException:
        calling.close()
        raise
    return calling


def _calling(host: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    calling = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    calling.settimeout(_AT_ONCE_S)
    return calling


def _is_address(host: str) -> bool:
    return host == "127.0.0.1" or ":" in host


async def dial_as_the_network_wants(
    url: str, make: Callable[..., Wire], tls: ssl.SSLContext | None, *, proxy: str | None, **settings: Any
) -> Wire:
    """Open a connection through ``proxy``, by default through the one that the environment names, if any."""
    wire = await _Dial(
        url,
        create_connection=cast("type[ClientConnection]", make),
        ssl=tls,
        proxy=True if proxy is None else proxy,
        compression=None,
        open_timeout=None,
        ping_interval=None,
        **settings,
    )
    return cast("Wire", wire)


class _Dial(connect):
    """Follows no redirect: the key is for the server that was named."""

    def process_redirect(self, exc: Exception) -> Exception:
        """Take a redirect for the refusal it is."""
        return exc
