"""A real server for tests: python-socketio on uvicorn, on a loopback port, with a scripted character."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Final, Self

import socketio
import uvicorn
from engineio.async_drivers.asgi import WebSocket

NAMESPACE: Final = "/sdk"
KEY: Final = "est_right"
PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Received:
    """One event from the client; ``payload`` is None where there was none, and is without ``turn_id``."""

    event: str
    payload: Any = None
    turn_id: str | None = field(default=None, compare=False)


class _Socket(WebSocket):  # type: ignore[misc]
    """A connection whose greeting names the times as they are: engineio rounds the interval to seconds."""

    def __init__(self, handler: Any, server: Any, is_acking: Callable[[], bool]) -> None:
        super().__init__(handler, server)
        self.pongs = 0
        self._has_greeted = False
        self._is_acking = is_acking
        self._interval = int(server.ping_interval * 1_000)

    async def send(self, message: str | bytes) -> None:
        if isinstance(message, str) and message.startswith("43") and not self._is_acking():
            return
        if not self._has_greeted:
            self._has_greeted = True
            message = "0" + json.dumps(json.loads(message[1:]) | {"pingInterval": self._interval})
        await super().send(message)

    async def wait(self) -> str | bytes:
        frame: str | bytes = await super().wait()
        self.pongs += frame[:1] == "3"
        return frame


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()
        self.is_to_end = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.is_to_end.wait()

    def capture_signals(self) -> Any:
        return nullcontext()


class PeerServer:
    """Speaks the protocol through a framing this project did not write, and notes what it was told.

    Args:
        ping_s: Seconds between pings.
        pong_s: Seconds the client has to answer one.
    """

    def __init__(self, ping_s: float = 25.0, pong_s: float = 20.0) -> None:
        self.received: list[Received] = []
        self.auth: list[dict[str, Any]] = []
        self.goodbyes: list[str] = []
        self.answers_voice = True
        self.exactly_once = False
        self.answers: dict[str, Any] = {}
        """What an event that asks for an answer is answered with."""
        self.acks = True
        """Whether such events are answered at all."""
        self.key = KEY
        self.refusal: str | None = None
        self.on_join: Callable[[str], Awaitable[None]] = self.open_session
        self._news = asyncio.Condition()
        self._sio = socketio.AsyncServer(
            async_mode="asgi",
            namespaces=[NAMESPACE],
            async_handlers=False,
            ping_interval=ping_s,
            ping_timeout=pong_s,
            cors_allowed_origins=[],
            max_http_buffer_size=100_000_000,
        )
        self._sio.eio.start_background_task = self._background
        self._background_tasks: set[asyncio.Task[Any]] = set()
        self._sio.on("connect", self._connect, namespace=NAMESPACE)
        self._sio.on("disconnect", self._disconnect, namespace=NAMESPACE)
        self._sio.on("*", self._event, namespace=NAMESPACE)
        self._sio.eio._async = {**self._sio.eio._async, "websocket": self._wire}
        self._wires: list[_Socket] = []
        self._sids: list[str] = []
        self._sessions = 0
        self._port = 0
        self._server: _Uvicorn | None = None
        self._serving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; after `stop` on the same port again."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        config = uvicorn.Config(
            socketio.ASGIApp(self._sio),
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=100_000_000,
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Uvicorn(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        await self._server.is_up.wait()

    async def stop(self) -> None:
        """Drop everyone and listen no more."""
        if self._server is None or self._serving is None:
            return
        for server in self._server.servers:
            server.close()
        await self.drop()
        self._server.is_to_end.set()
        await self._serving
        self._server = None
        for task in self._background_tasks:
            task.cancel()
        await asyncio.gather(*self._background_tasks, return_exceptions=True)

    async def drop(self) -> None:
        """Close every connection without a word."""
        for wire in self._wires:
            await wire.close()
        self._wires.clear()
        await self.until_empty()

    async def emit(self, event: str, payload: Any = None) -> None:
        """Say something to every client; None sends no payload element."""
        for sid in list(self._sids):
            await self._sio.emit(event, payload, to=sid, namespace=NAMESPACE)

    async def raw(self, frame: str | bytes) -> None:
        """Send a frame as it is to every client."""
        for wire in self._wires:
            await wire.send(frame)

    async def expel(self) -> None:
        """Disconnect every client from the namespace, in the protocol's words."""
        for sid in list(self._sids):
            await self._sio.disconnect(sid, namespace=NAMESPACE)

    async def until(self, event: str, count: int = 1) -> Received:
        """Return the ``count``-th event of that name, when it has come."""
        found: list[Received] = []

        def is_there() -> bool:
            found[:] = [each for each in self.received if each.event == event]
            return len(found) >= count

        await self._until(is_there, f"{event} x {count}")
        return found[count - 1]

    async def until_joined(self, count: int) -> None:
        """Wait until that many sessions were opened."""
        await self._until(lambda: self._sessions >= count, f"{count} sessions")

    async def until_empty(self) -> None:
        """Wait until the server knows that every client has left."""
        await self._until(lambda: not self._sids, "the clients to leave")

    def events(self, *without: str) -> list[str]:
        """Return the names of what was received, in order."""
        return [each.event for each in self.received if each.event not in without]

    @property
    def pongs(self) -> int:
        """Pongs that came over the connections there are."""
        return sum(wire.pongs for wire in self._wires)

    @property
    def connections(self) -> int:
        """Sessions that were opened so far."""
        return self._sessions

    async def open_session(self, sid: str) -> None:
        """Answer a join as a server does that likes its client."""
        self._sessions += 1
        info = {
            "session_id": f"session-{self._sessions}",
            "conversation_id": "conversation-1",
            "character_id": self.auth[-1].get("character_id", ""),
            "player_id": self.auth[-1].get("player_id", ""),
            **({"exactly_once": True} if self.exactly_once else {}),
        }
        await self._sio.emit("session_info", info, to=sid, namespace=NAMESPACE)
        await self._notify()

    async def say(self, sid: str, event: str, payload: Any = None) -> None:
        """Say something to one client."""
        await self._sio.emit(event, payload, to=sid, namespace=NAMESPACE)

    async def until_heard(self, sid: str) -> None:
        """Wait until one client has taken everything so far: it acks even an event that it does not know."""
        heard = asyncio.Event()
        where = {"to": sid, "namespace": NAMESPACE}
        await self._sio.emit("are_you_there", {}, callback=lambda *_: heard.set(), **where)
        async with asyncio.timeout(PATIENCE_S):
            await heard.wait()

    async def close(self, sid: str) -> None:
        """Close one client's connection."""
        await self._sio.disconnect(sid, namespace=NAMESPACE)

    def _background(self, target: Any, *arguments: Any, **named: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(target(*arguments, **named))
        self._background_tasks.add(task)
        task.add_done_callback(self._background_tasks.discard)
        return task

    def _wire(self, handler: Any, server: Any) -> _Socket:
        self._wires.append(_Socket(handler, server, lambda: self.acks))
        return self._wires[-1]

    async def _connect(self, sid: str, _environ: Any, auth: Any) -> None:
        if self.refusal is not None:
            raise socketio.exceptions.ConnectionRefusedError(self.refusal)
        self.auth.append(auth or {})
        self._sids.append(sid)
        self._sio.start_background_task(self._joined, sid)
        await self._notify()

    async def _joined(self, sid: str) -> None:
        if self.key not in {self.auth[-1].get("api_key"), self.auth[-1].get("client_token")}:
            await self.say(sid, "auth_error", {"error": "no such key"})
            await self.close(sid)
            return
        await self.on_join(sid)

    async def _disconnect(self, sid: str, reason: str) -> None:
        if sid in self._sids:
            self._sids.remove(sid)
        self.goodbyes.append(reason)
        await self._notify()

    async def _event(self, event: str, sid: str, *payload: Any) -> Any:
        said = payload[0] if payload else None
        turn_id = said.pop("turn_id", None) if isinstance(said, dict) else None
        self.received.append(Received(event, said, turn_id))
        await self._notify()
        if self.answers_voice and event in {"start_voice", "stop_voice"}:
            answer = "voice_started" if event == "start_voice" else "voice_stopped"
            await self.say(sid, answer, {})
        return self.answers.get(event)

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _until(self, is_so: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S), self._news:
                await self._news.wait_for(is_so)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}; received {self.events()}") from None
