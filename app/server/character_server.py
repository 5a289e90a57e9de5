"""The character server: engines, gateway and listening socket, started and ended together."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn

from app.core.errors import BadInput
from app.server.engines import Engines
from app.server.gateway import Gateway
from app.server.loopback import is_loopback_host
from app.server.replies.interjection import Interjection

_GRACE_S: Final = 2
"""Seconds that open connections get at the end."""

_BACKLOG: Final = 128
"""Connections that may wait to be accepted."""

_TICK_S: Final = 1.0
"""Seconds for which the date that answers carry is good."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 0

    @property
    def url(self) -> str:
        """The address as a client takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only programs on this machine can reach it."""
        return is_loopback_host(self.host)


class CharacterServer:
    """Serves the local character over the Estuary protocol.

    Args:
        address: Where to listen.
        api_key: What clients must present.
        folder: Where the character keeps what it is told.
        idle_limit_s: Seconds in which a client may be silent before its session is ended; None for ever.
    """

    def __init__(
        self, address: Address, api_key: str, folder: Path, idle_limit_s: float | None = None
    ) -> None:
        self.address = address
        self._api_key = api_key
        self._folder = folder
        self._idle_limit_s = idle_limit_s
        self._stop = asyncio.Event()

    async def run(self, on_ready: Callable[[Address], None]) -> None:
        """Serve until `stop`; ``on_ready`` is called with the `Address` once clients can connect.

        Raises:
            BadInput: The address is taken or is none of this machine.
        """
        listener = bind(self.address)
        host, port = listener.getsockname()[:2]
        with listener:
            await self._serve(listener, lambda: on_ready(Address(host, port)))

    def stop(self) -> None:
        """End `run`."""
        self._stop.set()

    async def _serve(self, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        gateway: Gateway | None = None

        def announce(interjection: Interjection) -> None:
            if gateway is not None:
                gateway.announce(interjection)

        engines = Engines(self._folder, announce)
        try:
            gateway = Gateway(self._api_key, engines, self._idle_limit_s)
            await engines.load()
            web = _WebServer(gateway.application)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(web.serve(sockets=[listener]), name="web server")
                await web.listening.wait()
                on_ready()
                await self._stop.wait()
                await gateway.close()
                web.leave()
        finally:
            engines.close()


def bind(address: Address) -> socket.socket:
    """Return a socket that listens.

    Raises:
        BadInput: The address is taken, forbidden, or is none of this machine.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
    except (socket.gaierror, OverflowError, UnicodeError) as error:
        raise BadInput(
            f"{address.host}:{address.port} is no address to listen on. Try --host 127.0.0.1."
        ) from error
    # Named protocol: asyncio sets TCP_NODELAY only where it can see that the socket is TCP.
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        # Only this claims the port: with SO_REUSEADDR two programs may both bind it.
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise BadInput(_bind_problem(address, error)) from error
    return listener


def _bind_problem(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} on {address.host} is in use by another program. Choose another with --port."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{address.host} is no address of this machine. Try --host 127.0.0.1."
    if error.errno == errno.EACCES:
        return (
            f"Port {address.port} needs the system administrator's rights. Choose one above 1023 with --port."
        )
    return (
        f"Cannot listen on {address.host}:{address.port} ({error.strerror}). Choose another --host or --port."
    )


class _WebServer(uvicorn.Server):
    """uvicorn that says when it listens and leaves signals to whoever runs it."""

    def __init__(self, application: Any) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_S,
            )
        )
        self.listening = asyncio.Event()
        self._is_left = asyncio.Event()

    def leave(self) -> None:
        """End `serve`."""
        self.should_exit = True
        self._is_left.set()

    async def main_loop(self) -> None:
        """Do what is done once a second; uvicorn itself wakes up ten times as often to look for the end."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK_S):
                    await self._is_left.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
