"""Answers the commands that reach a running Heron, on its event loop."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.desktop.control_message import LONGEST, Answer, Malformed, Request, request_in

_LOG: Final = logging.getLogger(__name__)

PATIENCE_S: Final = 5.0
"""Seconds that a client may take to say what it wants."""

MOST_CLIENTS: Final = 16
"""Clients that are listened to at once; whoever comes on top of them is sent away."""

Handler = Callable[[Request], Answer]


class ControlServer:
    """Listens from `start` to `close`.

    Args:
        handler: Does what is asked for, at once; called on the event loop.
        secret: What a request has to bring along.
    """

    def __init__(self, handler: Handler, secret: str) -> None:
        self._handler = handler
        self._secret = secret
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def start(self, listening: socket.socket) -> None:
        """Answer whoever connects to this socket; whoever has before now, too. It is closed at the end."""
        if listening.family == getattr(socket, "AF_UNIX", None):
            self._server = await asyncio.start_unix_server(self._on_client, sock=listening, limit=LONGEST)
        else:
            self._server = await asyncio.start_server(self._on_client, sock=listening, limit=LONGEST)

    async def close(self) -> None:
        """Listen no more, and break off what clients still have to say."""
        if self._server is None:
            return
        self._server.close()
        clients = tuple(self._clients)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def _on_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._clients) >= MOST_CLIENTS:
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer), name="command")
        self._clients.add(task)
        task.add_done_callback(self._clients.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await self._answer(reader, writer)
                writer.write(answer.encoded())
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        except (TimeoutError, OSError):
            _LOG.info("a command was not finished")
        finally:
            writer.transport.abort()  # nothing is left to be sent, or nobody to take it

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
        try:
            request = request_in(await reader.readline())
        except Malformed as error:
            return Answer(False, str(error))
        except ValueError:  # longer than the reader's limit
            return Answer(False, "That is no message to Heron.")
        is_known = hmac.compare_digest(_bytes(request.secret), _bytes(self._secret))
        if not is_known or not _is_of_this_user(writer.get_extra_info("socket")):
            return Answer(False, "This Heron belongs to another user.")
        try:
            return self._handler(request)
        except Exception:
            _LOG.exception("the command %s has failed", request.command)
            return Answer(False, "Something went wrong inside Heron. Its log file has the details.")


def _is_of_this_user(link: socket.socket) -> bool:
    """Return whether the same user is at the other end, where the system tells; the secret decides too."""
    if sys.platform != "linux" or link.family != socket.AF_UNIX:
        return True
    with suppress(OSError):
        said = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        _, user, _ = struct.unpack("3i", said)
        return bool(user == os.getuid())
    return False


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
