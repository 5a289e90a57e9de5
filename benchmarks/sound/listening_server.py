"""A server that keeps what it hears and plays what it is told to; it recognises nothing."""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from types import TracebackType
from typing import Any, Final, Self

from benchmarks.scripted_server import Connection, ScriptedServer

RATE: Final = 16_000
AHEAD_S: Final = 2.0
"""Seconds that voice is sent ahead of real time, as the embedded server does."""

_CHUNK_BYTES: Final = RATE // 10 * 2
"""One `bot_voice`: 100 ms."""


class ListeningServer(ScriptedServer):
    """Runs in a thread until the end of the block. A context manager.

    Attributes:
        frames: Each piece of audio that came, and when.
    """

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[tuple[float, bytes]] = []
        self.connection: _Connection | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="listening server", daemon=True)
        self._port: int | None = None
        self._is_up = threading.Event()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._is_up.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def play(self, pcm: bytes, name: str) -> None:
        """Send a message of voice to the client, at the pace in which it is heard."""
        asyncio.run_coroutine_threadsafe(self._play(pcm, name), self._loop)

    def heard(self, since: int = 0) -> bytes:
        """Return the audio that came, from the ``since``-th piece on."""
        return b"".join(pcm for _, pcm in self.frames[since:])

    async def listen(self) -> asyncio.Server:
        """Listen on a free loopback port."""
        return await self._loop.create_server(self._connected, "127.0.0.1", 0)

    def _connected(self) -> _Connection:
        self.connection = _Connection(self)
        return self.connection

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = self._loop.run_until_complete(self.listen())
        self._port = listening.sockets[0].getsockname()[1]
        self._is_up.set()
        self._loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _play(self, pcm: bytes, name: str) -> None:
        began = self._loop.time()
        chunks = range(0, len(pcm), _CHUNK_BYTES)
        for index, at in enumerate(chunks):
            await asyncio.sleep(began + at / 2 / RATE - AHEAD_S - self._loop.time())
            if self.connection is not None:
                self.connection.say_voice(
                    pcm[at : at + _CHUNK_BYTES], name, index, is_final=index == len(chunks) - 1
                )


class _Connection(Connection):
    """One client."""

    def __init__(self, server: ListeningServer) -> None:
        super().__init__(server)
        self._frames = server.frames

    def say_voice(self, pcm: bytes, name: str, index: int, *, is_final: bool) -> None:
        """Send a piece of voice."""
        self._tell(
            "bot_voice",
            {
                "audio": base64.b64encode(pcm).decode(),
                "message_id": name,
                "chunk_index": index,
                "is_final": is_final,
                "sample_rate": RATE,
            },
        )
        self._write_out()

    def _event(self, event: str, payload: dict[str, Any], now: int) -> None:
        if event == "stream_audio":
            self._frames.append((time.monotonic(), base64.b64decode(payload["audio"])))
        else:
            super()._event(event, payload, now)
