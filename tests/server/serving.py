"""A character server that runs beside the tests, on an event loop and a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.server.character_server import Address, CharacterServer

KEY: Final = "est_key_of_the_tests"
START_S: Final = 20.0


def auth(**fields: Any) -> dict[str, Any]:
    """Return what a client says of itself when it connects."""
    return {
        "api_key": KEY,
        "character_id": "default",
        "player_id": "ada",
        "audio_sample_rate": 16_000,
        "realtime_memory": False,
        "capabilities": {"version": "1", "camera": True, "microphone": True, "speaker": True},
    } | fields


@contextmanager
def served(
    folder: Path, address: Address | None = None, idle_limit_s: float | None = None
) -> Iterator[Address]:
    """Serve the real character, and yield where."""
    ready: Future[tuple[Address, asyncio.AbstractEventLoop, CharacterServer]] = Future()

    async def serve() -> None:
        server = CharacterServer(address or Address(), KEY, folder, idle_limit_s)
        loop = asyncio.get_running_loop()
        await server.run(lambda bound: ready.set_result((bound, loop, server)))

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    thread = threading.Thread(target=run, name="served")
    thread.start()
    try:
        bound, loop, server = ready.result(START_S)
        try:
            yield bound
        finally:
            loop.call_soon_threadsafe(server.stop)
    finally:
        thread.join(START_S)
    assert not thread.is_alive()
