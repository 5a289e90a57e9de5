"""One WebSocket connection to an Estuary server: the thin I/O around `app.protocol.connection`."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app import __version__
from app.estuary.config import EstuaryConfig
from app.estuary.dialling import dial
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.protocol.client_messages import Authenticate
from app.protocol.connection import BadPayload, ClientConnection, LinkLost, Occurrence
from app.protocol.message import Message
from app.protocol.server_messages import AuthError, SessionInfo, SessionRejected

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection as Socket

_LOG: Final = logging.getLogger(__name__)

OPEN_TIMEOUT_S: Final = 15.0
"""Longest wait for the session, from the first byte on."""

FLUSH_TIMEOUT_S: Final = 1.0
"""Longest wait of `Link.close` for what is still to be sent."""

_LATE_LOOP_S: Final = 0.05
"""Patience of the liveness check after a stall of the event loop: frames may lie unread in the socket."""


class Link:
    """One connection, from dialling to its end. It is never opened twice.

    Args:
        config: Whom to call, as whom.
        on_message: Gets every message of the server in order, the `SessionInfo` first.
        on_malformed: Gets every payload that was not what its event promises.
        on_lost: Gets the reason, once, when an open session ends by itself. `close` must be called after it.
    """

    def __init__(
        self,
        config: EstuaryConfig,
        *,
        on_message: Callable[[Message], None],
        on_malformed: Callable[[BadPayload], None],
        on_lost: Callable[[str], None],
    ) -> None:
        self._config = config
        self._on_message = on_message
        self._on_malformed = on_malformed
        self._on_lost = on_lost
        self._protocol = ClientConnection(_credentials(config))
        self._socket: Socket | None = None
        self._session: asyncio.Future[SessionInfo] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._liveness: asyncio.TimerHandle | None = None
        self._heard_at = 0.0
        self._outbox: deque[str] = deque()
        self._outbox_filled = asyncio.Event()
        self._is_joined = False
        self._is_over = False

    @property
    def is_open(self) -> bool:
        """Whether the session is open and messages can be sent."""
        return self._is_joined and not self._is_over

    async def open(self) -> SessionInfo:
        """Dial, join and wait for the session.

        Raises:
            EstuaryError: AUTH_FAILED, CONNECTION_FAILED (at once when refused or closed) or
                CONNECTION_TIMEOUT. Nothing is left open.
        """
        if self._is_over:
            raise _disconnected()
        self._session = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._run(), name="estuary link reader")
        try:
            async with asyncio.timeout(OPEN_TIMEOUT_S):
                return await self._session
        except TimeoutError:
            await self.close()
            raise EstuaryError(
                f"{self._config.server_url} did not open a session within {OPEN_TIMEOUT_S:.0f} s.",
                ErrorCode.CONNECTION_TIMEOUT,
            ) from None
        except BaseException:
            await self.close()
            raise

    def send(self, message: Message) -> None:
        """Queue a message; it goes out in order, and before the connection is closed.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        if not self.is_open:
            raise not_connected()
        _LOG.debug("sent %s", message.event)
        self._put(self._protocol.send(message))

    def drop(self, reason: str) -> None:
        """End the connection without a goodbye, as if the server had done it."""
        if self._is_over:
            return
        self._is_over = True
        if self._liveness is not None:
            self._liveness.cancel()
        if self._is_joined:
            self._on_lost(reason)
        else:
            self._refuse(EstuaryError(_sentence(reason), ErrorCode.CONNECTION_FAILED))
        self._outbox_filled.set()
        if self._socket is not None:
            self._socket.transport.abort()

    async def close(self) -> None:
        """Send what is queued and a goodbye, then end everything this link started. May be called again."""
        if self.is_open:
            self._put(self._protocol.leave())
        self._is_over = True
        self._refuse(_disconnected())
        try:
            await self._say_goodbye()
        finally:
            await self._end()

    async def _run(self) -> None:
        try:
            self._socket = await dial(self._config, f"heron-voice/{__version__}")
            self._writer = asyncio.create_task(self._write(self._socket), name="estuary link writer")
            reason = await self._read(self._socket)
        except EstuaryError as error:
            self._refuse(error)
        except Exception:
            _LOG.exception("the link failed")
            self.drop("the client failed while it read")
        else:
            self.drop(reason)

    async def _read(self, socket: Socket) -> str:
        """Take frames until the connection ends, and return why it did."""
        from websockets.exceptions import ConnectionClosed

        loop = asyncio.get_running_loop()
        try:
            while not self._is_over:
                frame = await socket.recv()
                self._heard_at = loop.time()
                if isinstance(frame, str):
                    self._take(frame)
        except ConnectionClosed as closed:
            said = closed.rcvd.reason if closed.rcvd is not None else ""
            return f"the server closed the connection{f': {said}' if said else ''}"
        return "the connection ended"

    def _take(self, frame: str) -> None:
        self._protocol.receive(frame)
        for answer in self._protocol.frames_to_send():
            self._put(answer)
        for occurrence in self._protocol.occurrences():
            self._happened(occurrence)
        if self._liveness is None and self._protocol.liveness_s is not None and not self._is_over:
            self._watch()

    def _happened(self, occurrence: Occurrence) -> None:
        match occurrence:
            case _ if self._is_over:
                pass
            case LinkLost(reason):
                self.drop(reason)
            case BadPayload(event="session_info") if not self._is_joined:
                self._refuse(
                    EstuaryError(
                        "The server sent a session that cannot be read.", ErrorCode.CONNECTION_FAILED
                    )
                )
            case BadPayload():
                self._on_malformed(occurrence)
            case AuthError(error=said) if not self._is_joined:
                self._refuse(_unauthorised(self._config.redact(said)))
            case SessionRejected() if not self._is_joined:
                self._refuse(_rejected(occurrence))
            case SessionInfo():
                self._is_joined = True
                self._on_message(occurrence)
                if self._session is not None and not self._session.done():
                    self._session.set_result(occurrence)
            case Message():
                _LOG.debug("received %s", occurrence.event)
                self._on_message(occurrence)

    def _refuse(self, error: EstuaryError) -> None:
        if self._session is not None and not self._session.done():
            self._session.set_exception(error)

    def _watch(self) -> None:
        """Look again when the connection would be dead if nothing more were heard."""
        loop = asyncio.get_running_loop()
        self._liveness = loop.call_at(self._heard_at + (self._protocol.liveness_s or 0), self._look, False)

    def _look(self, is_sure: bool) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._heard_at + (self._protocol.liveness_s or 0):
            self._watch()
        elif not is_sure:
            self._liveness = loop.call_later(_LATE_LOOP_S, self._look, True)
        else:
            self.drop("the server fell silent")

    def _put(self, frame: str) -> None:
        self._outbox.append(frame)
        self._outbox_filled.set()

    async def _write(self, socket: Socket) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                while self._outbox:
                    await socket.send(self._outbox[0])
                    self._outbox.popleft()
                if self._is_over:
                    return
                self._outbox_filled.clear()
                await self._outbox_filled.wait()
        except ConnectionClosed:
            self._outbox.clear()

    async def _say_goodbye(self) -> None:
        self._outbox_filled.set()
        if self._writer is not None and self._writer is not asyncio.current_task():
            await asyncio.wait({self._writer}, timeout=FLUSH_TIMEOUT_S)
        if self._socket is not None:
            await self._socket.close()

    async def _end(self) -> None:
        if self._liveness is not None:
            self._liveness.cancel()
        tasks = [task for task in (self._writer, self._reader) if task is not None]
        for task in tasks:
            task.cancel()
        if self._socket is not None:
            self._socket.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)


def _credentials(config: EstuaryConfig) -> Authenticate:
    return Authenticate(
        api_key=config.api_key,
        character_id=config.character_id,
        player_id=config.player_id,
        audio_sample_rate=config.audio_sample_rate,
        realtime_memory=config.realtime_memory,
    )


def _unauthorised(said: str) -> EstuaryError:
    return EstuaryError(
        _sentence(said),
        ErrorCode.AUTH_FAILED,
        {"error": said},
        is_terminal=True,
    )


def _rejected(rejection: SessionRejected) -> EstuaryError:
    return EstuaryError(
        f"The server rejected the session: {rejection.reason or 'no reason given'}.",
        ErrorCode.CONNECTION_FAILED,
        {"reason": rejection.reason, "cap": rejection.cap},
        is_terminal=True,
    )


def _disconnected() -> EstuaryError:
    return EstuaryError("The client was disconnected while connecting.", ErrorCode.CONNECTION_FAILED)


def _sentence(reason: str) -> str:
    end = "" if reason.endswith((".", "!", "?")) else "."
    return f"{reason[:1].upper()}{reason[1:]}{end}"
