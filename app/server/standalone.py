"""``heron serve``: the server on its own, until it is told to stop."""

from __future__ import annotations

import asyncio
import secrets
import signal
from typing import Final

from app.core import paths
from app.core.errors import BadInput
from app.core.logs import log_to_file
from app.server.character_server import Address, CharacterServer

_IDLE_LIMIT_S: Final = 24 * 3600.0
"""Seconds of silence after which a session is ended where others are served: somebody has forgotten it."""


def run(address: Address, api_key: str | None) -> int:
    """Serve at ``address`` until SIGINT or SIGTERM; return the exit code.

    Prints where it listens once clients can connect, and the key if it made one.

    Raises:
        BadInput: The address cannot be used, or is open to others and no key was given.
    """
    if not address.is_loopback and not api_key:
        raise BadInput(
            f"Serving on {address.host} lets other machines in: "
            "choose the key they must present with --api-key."
        )
    log_to_file("server.log")
    asyncio.run(_serve(address, api_key))
    return 0


def idle_limit_s(address: Address) -> float | None:
    """Return after how many seconds of silence a session is ended; None for never: on one's own machine."""
    return None if address.is_loopback else _IDLE_LIMIT_S


async def _serve(address: Address, given_key: str | None) -> None:
    api_key = given_key or secrets.token_hex(32)
    server = CharacterServer(address, api_key, paths.server_data(), idle_limit_s(address))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, server.stop)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(server.stop))

    def ready(bound: Address) -> None:
        print(f"Listening on {bound.url}", flush=True)
        if given_key is None:
            print(f"API key: {api_key}", flush=True)

    await server.run(ready)
