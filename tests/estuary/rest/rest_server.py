"""A real HTTP server for tests: it notes what it was asked, and answers as it was told to."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import parse_qsl

from aiohttp import web

PATIENCE_S: Final = 5.0

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came over the wire."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str] = field(compare=False)

    @property
    def call(self) -> tuple[str, str, dict[str, str], Any]:
        return self.method, self.path, self.query, self.body


class RestServer:
    """Answers each request with the next answer of its script, and with ``{}`` when there is none.

    Args:
        port: Where to listen; any free port by default.
        tls: Speaks HTTPS with this certificate.
    """

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.is_hanging = asyncio.Event()
        self.hang_ended = asyncio.Event()
        self._script: list[Behaviour] = []
        self._release = asyncio.Event()
        application = web.Application(client_max_size=2**24)
        application.router.add_route("*", "/{anything:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True)
        self._port = port
        self._tls = tls

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True, ssl_context=self._tls)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._release.set()
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        return f"{'http' if self._tls is None else 'https'}://127.0.0.1:{self._port}"

    @property
    def last(self) -> Asked:
        return self.asked[-1]

    def says(
        self, content: Any = None, status: int = 200, headers: dict[str, str] | None = None, times: int = 1
    ) -> Self:
        """Answer with JSON, or with bytes as they are."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        known = {"Content-Type": "application/json"} | (headers or {})

        async def say(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=None if status == 204 else body, headers=known)

        self._script += [say] * times
        return self

    def hangs(self) -> Self:
        """Take a request and never answer it."""

        async def hang(_: web.Request) -> web.StreamResponse:
            self.is_hanging.set()
            try:
                await self._release.wait()
            finally:
                self.hang_ended.set()
            return web.Response()

        self._script.append(hang)
        return self

    def hangs_up(self, after: bytes = b"", times: int = 1) -> Self:
        """Cut the connection, having written ``after`` to it."""

        async def hang_up(request: web.Request) -> web.StreamResponse:
            assert request.transport is not None
            request.transport.write(after)
            request.transport.close()
            return web.Response()

        self._script += [hang_up] * times
        return self

    def pours(self, piece: bytes, pieces: int, status: int = 200) -> Self:
        """Answer with a long body."""

        async def pour(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(status=status)
            await response.prepare(request)
            for _ in range(pieces):
                await response.write(piece)
            return response

        self._script.append(pour)
        return self

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        path, _, query = request.raw_path.partition("?")
        told = dict(parse_qsl(query, keep_blank_values=True))
        body = json.loads(content) if content else None
        self.asked.append(Asked(request.method, path, told, body, dict(request.headers)))
        if not self._script:
            return web.json_response({})
        return await self._script.pop(0)(request)
