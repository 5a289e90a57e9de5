"""A network between client and server that can go silent, as a pulled cable does, or hang up."""

from __future__ import annotations

import asyncio
from typing import Self
from urllib.parse import urlsplit


class Relay:
    """Passes bytes between clients and one server.

    Args:
        url: The server's address.
    """

    def __init__(self, url: str) -> None:
        self._port = urlsplit(url).port
        self._listening: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._passes = asyncio.Event()
        self._passes.set()
        self._is_deaf = False
        self.dialled = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        await self.hang_up()
        await self._listening.wait_closed()

    @property
    def url(self) -> str:
        assert self._listening is not None
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def fall_silent(self) -> None:
        """Pass nothing more, in either direction, and close nothing."""
        self._passes.clear()

    def recover(self) -> None:
        """Pass bytes again."""
        self._passes.set()

    def deafen(self, is_deaf: bool = True) -> None:
        """Let the client hear nothing of what the server says; what the client says still arrives."""
        self._is_deaf = is_deaf

    async def hang_up(self) -> None:
        """Cut every connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.dialled.set()
        try:
            await self._passes.wait()
            upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self._port)
            try:
                await self._both_ways((reader, upstream_writer, False), (upstream_reader, writer, True))
            finally:
                upstream_writer.transport.abort()
        except asyncio.CancelledError:
            pass
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _both_ways(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter, bool]) -> None:
        passing = [asyncio.create_task(self._pass(*way)) for way in ways]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_to_client: bool
    ) -> None:
        while data := await reader.read(65_536):
            await self._passes.wait()
            if is_to_client and self._is_deaf:
                continue
            writer.write(data)
            await writer.drain()
