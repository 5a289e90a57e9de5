"""The server of the client benchmarks: a process that does no more than the measures need.

It speaks Engine.IO and Socket.IO by hand over the parser of `websockets`: it is no client's other half, and
never the slower side. A client steers it by what it sends as text:

``flood voice SIZE COUNT``  pours `flood.voice` on it
``flood mixed COUNT``       pours `flood.mixed` on it

The process prints its port and ends when standard input does. It answers each line on standard input with a
JSON object: by ``player_id`` the latencies in milliseconds of the stamped audio frames since the last line.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from benchmarks import flood
from benchmarks.priority import take_priority
from benchmarks.stamp import latency_ms

_PING_S: Final = 25.0
_OPEN: Final = b'0{"sid":"e1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":10000000}'
_JOINED: Final = b'40/sdk,{"sid":"s1"}'
_SESSION: Final = {
    "session_id": "session-1",
    "conversation_id": "conversation-1",
    "character_id": "character-1",
    "player_id": "player-1",
}
_EVENT: Final = re.compile(rb"42/sdk,(\d*)(\[.*)", re.DOTALL)
_WRITE_LIMIT: Final = 2 * 2**20
"""Bytes that wait to be sent before a flood waits: enough that the client always has something to read."""


class ScriptedServer:
    """What the connections share.

    Attributes:
        latencies_ms: By player: of each stamped audio frame, from the client's call until it was here.
    """

    def __init__(self) -> None:
        self.latencies_ms: dict[str, list[float]] = {}
        self._floods: dict[str, list[bytes]] = {}

    async def listen(self) -> asyncio.Server:
        """Listen on a free loopback port."""
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: Connection(self), "127.0.0.1", 0)

    def take_latencies(self) -> dict[str, list[float]]:
        """Return the latencies that were noted, and begin anew."""
        taken, self.latencies_ms = self.latencies_ms, {}
        return taken

    def flood(self, what: str) -> list[bytes]:
        """Return the flood of that description; it is made once."""
        if what not in self._floods:
            kind, *numbers = what.split()
            make: Callable[..., Iterator[flood.Event]] = flood.voice if kind == "voice" else flood.mixed
            self._floods[what] = flood.chunks(make(*map(int, numbers)))
        return self._floods[what]


class Connection(asyncio.Protocol):
    """One client."""

    def __init__(self, server: ScriptedServer) -> None:
        self._server = server
        self._protocol = ServerProtocol(max_size=None)
        self._player = ""
        self._transport: asyncio.Transport | None = None
        self._flooding: asyncio.Task[None] | None = None
        self._pinging: asyncio.TimerHandle | None = None
        self._has_room = asyncio.Event()
        self._has_room.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        transport.set_write_buffer_limits(high=_WRITE_LIMIT)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """Stop what was begun."""
        if self._flooding is not None:
            self._flooding.cancel()
        if self._pinging is not None:
            self._pinging.cancel()

    def pause_writing(self) -> None:
        """Let a flood wait."""
        self._has_room.clear()

    def resume_writing(self) -> None:
        """Let it go on."""
        self._has_room.set()

    def data_received(self, data: bytes) -> None:
        """Take what came, and note when."""
        now = time.monotonic_ns()
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Request):
                self._protocol.send_response(self._protocol.accept(event))
                self._write_out()
                self._say(_OPEN)
                self._ping()
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._packet(bytes(event.data), now)
        self._write_out()

    def eof_received(self) -> None:
        """Let the closing handshake take note."""
        self._protocol.receive_eof()
        self._write_out()

    def _packet(self, packet: bytes, now: int) -> None:
        if packet.startswith(b"40/sdk,"):
            self._player = msgspec.json.decode(packet.removeprefix(b"40/sdk,"))["player_id"]
            self._say(_JOINED)
            self._tell("session_info", _SESSION)
        elif found := _EVENT.fullmatch(packet):
            ack, body = found.groups()
            event, *payload = msgspec.json.decode(body)
            if ack:
                self._say(b"43/sdk," + ack + b"[]")
            self._event(event, payload[0] if payload else {}, now)

    def _event(self, event: str, payload: dict[str, Any], now: int) -> None:
        match event:
            case "stream_audio":
                latency = latency_ms(base64.b64decode(payload["audio"]), now)
                if latency is not None:
                    self._server.latencies_ms.setdefault(self._player, []).append(latency)
            case "start_voice":
                self._tell("voice_started", {})
            case "stop_voice":
                self._tell("voice_stopped", {})
            case "text" if payload["text"].startswith("flood "):
                what = payload["text"].removeprefix("flood ")
                self._flooding = asyncio.get_running_loop().create_task(self._flood(what))

    async def _flood(self, what: str) -> None:
        assert self._transport is not None
        for chunk in self._server.flood(what):
            self._transport.write(chunk)
            await self._has_room.wait()

    def _ping(self) -> None:
        self._pinging = asyncio.get_running_loop().call_later(_PING_S, self._ping_now)

    def _ping_now(self) -> None:
        self._say(b"2")
        self._write_out()
        self._ping()

    def _tell(self, event: str, payload: dict[str, Any]) -> None:
        self._say(flood.packet(event, payload))

    def _say(self, packet: bytes) -> None:
        if self._protocol.state is State.OPEN:  # a client may leave right after its last word
            self._protocol.send_text(packet)

    def _write_out(self) -> None:
        """Write what the protocol has to send: one write for all of it, as a socket that is corked would."""
        assert self._transport is not None
        pieces = self._protocol.data_to_send()
        if any(pieces):
            self._transport.write(b"".join(pieces))
        if b"" in pieces:
            self._transport.close()


async def _serve() -> None:
    server = ScriptedServer()
    async with await server.listen() as listening:
        print(listening.sockets[0].getsockname()[1], flush=True)
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, sys.stdin.readline):
            print(json.dumps(server.take_latencies()), flush=True)


if __name__ == "__main__":
    take_priority()
    asyncio.run(_serve())
