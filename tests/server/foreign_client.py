"""A client that this project's client shares nothing with: the frames of Socket.IO, written by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.server.character_server import Address

PATIENCE_S: Final = 10.0
NO_PAYLOAD: Final = object()


class ForeignClient:
    """Speaks to ``/sdk``; keeps every event and every ack it gets. A context manager.

    Args:
        address: Whom to call.
        auth: What the namespace connect carries; None for nothing at all.
        origin: The page it pretends to run on.

    Attributes:
        frames: All that it got.
        events: The events in it, with their payloads.
        is_expelled: Whether the server has put it out.
        is_alive: Whether it answers pings.
    """

    def __init__(
        self, address: Address, auth: dict[str, Any] | None = None, origin: str | None = None
    ) -> None:
        self._url = f"ws://{address.host}:{address.port}/socket.io/?transport=websocket&EIO=4&t=1"
        self._auth = auth
        self._origin: Any = origin
        self._socket: ClientConnection | None = None
        self.frames: list[str] = []
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.is_expelled = False
        self.is_alive = True
        self._is_new = False

    async def __aenter__(self) -> Self:
        async with asyncio.timeout(PATIENCE_S):
            self._socket = await connect(self._url, proxy=None, origin=self._origin, max_queue=None)
            assert (await self._receive())[0] == "0"
            await self._socket.send("40/sdk," + ("" if self._auth is None else json.dumps(self._auth)))
            assert (await self._receive()).startswith('40/sdk,{"sid":')
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    @property
    def socket(self) -> ClientConnection:
        assert self._socket is not None
        return self._socket

    async def say(self, event: str, payload: Any = NO_PAYLOAD, *more: Any, ack_id: int | None = None) -> None:
        arguments = [event] if payload is NO_PAYLOAD else [event, payload, *more]
        number = "" if ack_id is None else str(ack_id)
        await self.socket.send(f"42/sdk,{number}{json.dumps(arguments)}")

    async def hear(self, event: str, **fields: Any) -> dict[str, Any]:
        """Return the payload of the next event of that name with these fields."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await self._receive()
                if self._is_new and self.events[-1][0] == event:
                    payload = self.events[-1][1]
                    if fields.items() <= payload.items():
                        return payload

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what was heard meets a condition."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await self._receive()

    async def acked(self, ack_id: int) -> str:
        """Return what an event with an id was answered with."""
        prefix = f"43/sdk,{ack_id}"
        async with asyncio.timeout(PATIENCE_S):
            while not (frame := await self._receive()).startswith(prefix):
                pass
        return frame.removeprefix(prefix)

    async def expelled(self) -> None:
        """Wait until the server has put this client out."""
        await self.until(lambda: self.is_expelled)

    async def first(self) -> str:
        """Return the name of the first event."""
        await self.until(lambda: bool(self.events))
        return self.names()[0]

    async def ended(self) -> None:
        """Wait until the connection is closed."""
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionClosed):
                while True:
                    await self._receive()

    def names(self) -> list[str]:
        """Return the names of all events so far."""
        return [name for name, _ in self.events]

    async def _receive(self) -> str:
        frame = await self.socket.recv()
        assert isinstance(frame, str)
        self.frames.append(frame)
        self._is_new = frame.startswith("42/sdk,")
        if frame == "2" and self.is_alive:
            await self.socket.send("3")
        elif frame.startswith("41/sdk,"):
            self.is_expelled = True
        elif self._is_new:
            # The official client loses an event without exactly one payload object.
            name, payload = json.loads(frame.removeprefix("42/sdk,"))
            assert isinstance(payload, dict)
            self.events.append((name, payload))
        return frame
