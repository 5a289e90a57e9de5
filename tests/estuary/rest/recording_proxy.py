"""A small HTTP proxy that passes every request to one server, whatever host it names, and notes what came."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Self

HEAD_END = b"\r\n\r\n"


class RecordingProxy:
    """Knows plain requests in absolute form, and CONNECT.

    Args:
        port: The port of the server on this machine that everything goes to.
    """

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        self.refusal: bytes | None = None
        self._to = port
        self._listening: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._listening.wait_closed()

    @property
    def address(self) -> str:
        assert self._listening is not None
        return f"127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    @property
    def request_lines(self) -> list[str]:
        return [head.split(b"\r\n", 1)[0].decode() for head in self.heads]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
                await self._pass_on(reader, writer)
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(HEAD_END)
        self.heads.append(head)
        if self.refusal is not None:
            writer.write(self.refusal)
            await writer.drain()
            return
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            if head.startswith(b"CONNECT "):
                writer.write(b"HTTP/1.1 200 OK" + HEAD_END)
            else:
                upstream_writer.write(_in_origin_form(head))
            async with asyncio.TaskGroup() as group:
                group.create_task(_pass(reader, upstream_writer))
                group.create_task(_pass(upstream_reader, writer))
        finally:
            upstream_writer.transport.abort()


def _in_origin_form(head: bytes) -> bytes:
    """Turn ``GET http://host/path`` into ``GET /path``."""
    method, target, rest = head.split(b" ", 2)
    return b" ".join((method, b"/" + target.split(b"/", 3)[3], rest))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()
