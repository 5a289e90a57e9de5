"""A client's connection over its whole life: links that come and go, and one state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, Protocol

from app.estuary.config import EstuaryConfig
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.estuary.events import ConnectionState, EventName
from app.estuary.link import Link
from app.estuary.reconnect import Backoff, Reconnector
from app.estuary.voice_manager import VoiceManager
from app.protocol.connection import BadPayload
from app.protocol.message import Message
from app.protocol.server_messages import AuthError, SessionInfo, SessionRejected, SessionTimeout

_LOG: Final = logging.getLogger(__name__)


class Receiver(Protocol):
    """What becomes of the messages that are not about the connection itself."""

    def message(self, message: Message) -> None:
        """Take one message."""

    def malformed(self, bad: BadPayload) -> None:
        """Take note of a payload that cannot be read."""


class Connection:
    """Opens, restores and ends the session; every change of `state` is an event.

    Args:
        config: Whom to talk to, as whom.
        emit: Delivers events.
        voice: Is told when the connection is lost and restored.
        receiver: Gets the server's messages.
    """

    def __init__(
        self, config: EstuaryConfig, emit: Callable[..., None], voice: VoiceManager, receiver: Receiver
    ) -> None:
        self._config = config
        self._emit = emit
        self._voice = voice
        self._receiver = receiver
        self._state = ConnectionState.DISCONNECTED
        self._link: Link | None = None
        self._session: SessionInfo | None = None
        self._reconnector = Reconnector(
            Backoff(base_s=config.reconnect_delay, attempts=config.max_reconnect_attempts),
            on_attempt=lambda number: emit(EventName.RECONNECTING, number),
            attempt=self._restore,
            on_given_up=self._give_up,
        )

    @property
    def state(self) -> ConnectionState:
        """How the client stands with its server."""
        return self._state

    @property
    def session(self) -> SessionInfo | None:
        """The open session, or the last one while it is being restored."""
        return self._session

    def require(self) -> None:
        """Raise NOT_CONNECTED unless a session is open."""
        if self._state is not ConnectionState.CONNECTED:
            raise not_connected()

    def send(self, message: Message) -> None:
        """Put a message on the wire.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        if self._link is None:
            raise not_connected()
        self._link.send(message)

    async def connect(self) -> SessionInfo:
        """Open the session, or return the open one. An attempt to restore one gives way to this call.

        Raises:
            EstuaryError: AUTH_FAILED, CONNECTION_FAILED, CONNECTION_TIMEOUT.
        """
        if self._state is ConnectionState.CONNECTED and self._session is not None:
            return self._session
        if self._state is ConnectionState.CONNECTING:
            raise EstuaryError("The client is connecting already.", ErrorCode.CONNECTION_FAILED)
        self._enter(ConnectionState.CONNECTING)
        await self._reconnector.stop()
        try:
            session = await self._open()
        except BaseException as error:
            if self._is(ConnectionState.CONNECTING):
                self._voice.end()
                is_failure = isinstance(error, EstuaryError)
                self._enter(ConnectionState.ERROR if is_failure else ConnectionState.DISCONNECTED)
            raise
        await self._bring_voice_back()
        return session

    async def disconnect(self, reason: str) -> None:
        """End whatever is open, opening or being restored; the last words go on the wire."""
        self._voice.shut()
        self._voice.end()
        link, self._link = self._link, None
        self._session = None
        if self._state is not ConnectionState.DISCONNECTED:
            self._enter(ConnectionState.DISCONNECTED)
            self._emit(EventName.DISCONNECTED, reason)
        if link is not None:
            await link.close()
        await self._reconnector.stop()

    async def _open(self) -> SessionInfo:
        """Open a new link in place of the old one."""
        if self._state is ConnectionState.DISCONNECTED:
            raise EstuaryError("The client was disconnected while connecting.", ErrorCode.CONNECTION_FAILED)
        link = Link(
            self._config,
            on_message=self._message,
            on_malformed=self._receiver.malformed,
            on_lost=lambda reason: self._lost(reason, is_final=False),
        )
        old, self._link = self._link, link
        if old is not None:
            await old.close()
        return await link.open()

    async def _restore(self) -> None:
        await self._open()
        self._require_still_connected()
        await self._bring_voice_back()
        self._require_still_connected()

    async def _bring_voice_back(self) -> None:
        try:
            await self._voice.resume()
        except EstuaryError as error:
            if self._state is ConnectionState.CONNECTED:
                self._emit(EventName.ERROR, error)

    def _require_still_connected(self) -> None:
        if self._state is not ConnectionState.CONNECTED:
            raise EstuaryError("The connection was lost again.", ErrorCode.CONNECTION_FAILED)

    def _message(self, message: Message) -> None:
        match message:
            case SessionInfo():
                self._joined(message)
            case AuthError(error=said):
                self._emit(EventName.AUTH_ERROR, message)
                why = f"The server ended the session: {self._config.redact(said)}"
                self._end_for_good(EstuaryError(why, ErrorCode.AUTH_FAILED, is_terminal=True))
            case SessionRejected(reason=reason):
                self._emit(EventName.SESSION_REJECTED, message)
                why = f"The server ended the session: {reason or 'no reason given'}"
                self._end_for_good(EstuaryError(why, ErrorCode.CONNECTION_FAILED, is_terminal=True))
            case SessionTimeout():
                self._emit(EventName.SESSION_TIMEOUT, message)
                self._drop("the session timed out")
            case _:
                self._receiver.message(message)

    def _joined(self, session: SessionInfo) -> None:
        self._session = session
        if self._state is not ConnectionState.CONNECTED:
            self._enter(ConnectionState.CONNECTED)
            self._emit(EventName.CONNECTED, session)

    def _end_for_good(self, error: EstuaryError) -> None:
        self._drop(error.message)
        self._enter(ConnectionState.ERROR)
        self._emit(EventName.ERROR, error)

    def _drop(self, reason: str) -> None:
        link, self._link = self._link, None
        self._lost(reason, is_final=True)
        if link is not None:
            link.drop(reason)

    def _lost(self, reason: str, *, is_final: bool) -> None:
        if self._state is not ConnectionState.CONNECTED:
            return
        restores = self._config.auto_reconnect and self._config.max_reconnect_attempts > 0 and not is_final
        if restores:
            self._voice.suspend()
            self._enter(ConnectionState.RECONNECTING)
        else:
            self._voice.end()
            self._session = None
            self._enter(ConnectionState.DISCONNECTED)
        self._emit(EventName.DISCONNECTED, reason)
        if not restores:
            self._reconnector.cancel()
        elif self._is(ConnectionState.RECONNECTING):  # no listener has decided otherwise
            self._reconnector.start()

    def _give_up(self, error: EstuaryError) -> None:
        self._voice.end()
        self._session = None
        self._enter(ConnectionState.ERROR)
        self._emit(EventName.ERROR, error)

    def _is(self, state: ConnectionState) -> bool:
        return self._state is state

    def _enter(self, state: ConnectionState) -> None:
        _LOG.debug("connection: %s -> %s", self._state.value, state.value)
        self._state = state
        self._emit(EventName.CONNECTION_STATE_CHANGED, state)
