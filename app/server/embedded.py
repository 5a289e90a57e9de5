"""The server as another program's child: address and key go up a pipe, and the pipe's end ends it."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
import threading
from typing import Final

from app.core import paths
from app.core.logs import log_to_file, told_level
from app.server.character_server import Address, CharacterServer

_GRACE_S: Final = 3.0
"""Seconds that an orderly end may take after the parent has gone."""


def run() -> int:
    """Serve on a free loopback port with a new key until standard input ends; return the exit code.

    One line of JSON on standard output, ``{"url": ..., "api_key": ...}``, says that clients can connect.
    Neither is ever in the arguments, where other users could read them. However the parent ends, the
    system closes its end of the pipe, and this process ends too.
    """
    log_to_file("server.log", told_level())
    handover, sys.stdout = sys.stdout, sys.stderr
    asyncio.run(_serve(handover.fileno()))
    return 0


async def _serve(handover: int) -> None:
    api_key = secrets.token_hex(32)
    server = CharacterServer(Address(), api_key, paths.server_data())
    loop = asyncio.get_running_loop()
    watcher = threading.Thread(target=_await_parent, args=(loop, server), name="parent watch", daemon=True)
    watcher.start()

    def ready(address: Address) -> None:
        line = json.dumps({"url": address.url, "api_key": api_key}) + "\n"
        os.write(handover, line.encode())

    await server.run(ready)


def _await_parent(loop: asyncio.AbstractEventLoop, server: CharacterServer) -> None:
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    # If the orderly end gets stuck, the process still must not outlive its parent.
    deadline = threading.Timer(_GRACE_S, os._exit, args=(0,))
    deadline.daemon = True
    deadline.start()
    try:
        loop.call_soon_threadsafe(server.stop)
    except RuntimeError:
        os._exit(0)
