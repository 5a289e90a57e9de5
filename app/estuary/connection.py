"""A client's connection over its whole life: links that come and go, and one state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from app.core.translation import translate
from app.estuary.config import EstuaryConfig
from app.estuary.credentials import Credentials
from app.estuary.errors import ErrorCode, EstuaryError, not_connected, session_ended, session_minded
from app.estuary.events import ConnectionState, EventName
from app.estuary.link import Link
from app.estuary.outbox import AudioDropped
from app.estuary.questions import Questions
from app.estuary.reconnect import Backoff, Reconnector
from app.estuary.renewal import Renewal
from app.estuary.voice_manager import VoiceManager
from app.protocol.client_messages import Authenticate, SessionCapabilities
from app.protocol.connection import BadPayload, UnknownEvent
from app.protocol.message import Message
from app.protocol.server_messages import (
    AuthError,
    ModerationWarning,
    SessionInfo,
    SessionRejected,
    SessionTimeout,
)

_LOG: Final = logging.getLogger(__name__)


_RENEWAL_FAILED: Final = "credential_renewal_failed"


class Receiver(Protocol):
    """What becomes of the messages that are not about the connection itself."""

    def message(self, message: Message) -> None:
        """Take one message."""

    def malformed(self, bad: BadPayload) -> None:
        """Take note of a payload that cannot be read."""

    def unknown(self, event: UnknownEvent) -> None:
        """Take an event that has no type."""


class Connection:
    """Opens, restores and ends the session; every change of `state` is an event.

    Args:
        config: Whom to talk to, as whom.
        emit: Delivers events.
        voice: Is told when the connection is lost and restored.
        questions: Are told too.
        receiver: Gets the server's messages.
        credentials: Who the client is.
    """

    def __init__(
        self,
        config: EstuaryConfig,
        emit: Callable[..., None],
        voice: VoiceManager,
        questions: Questions,
        receiver: Receiver,
        credentials: Credentials,
    ) -> None:
        self._config = config
        self._emit = emit
        self._voice = voice
        self._questions = questions
        self._receiver = receiver
        self._state = ConnectionState.DISCONNECTED
        self._link: Link | None = None
        self._session: SessionInfo | None = None
        self._is_resting = False
        self._attempt = object()
        self._login: asyncio.Task[Authenticate] | None = None
        self._credentials = credentials
        self._renewal = Renewal(credentials, self._request, self._not_renewed)
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

    @property
    def round_trip_s(self) -> float:
        """Seconds to the server and back; 0.0 while that is not known."""
        return 0.0 if self._link is None else self._link.round_trip_s

    def require(self) -> None:
        """Raise NOT_CONNECTED unless a session is open."""
        if self._state is not ConnectionState.CONNECTED:
            raise not_connected()

    def send(self, message: Message, perishable_s: float = 0.0) -> None:
        """Put a message on the wire; with ``perishable_s`` it is that much audio, worthless when too old.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        if self._link is None:
            raise not_connected()
        self._link.send(message, perishable_s)

    def rest(self, is_resting: bool) -> None:
        """Read nothing more from the server because listeners are behind, or read again."""
        self._is_resting = is_resting
        if self._link is not None:
            (self._link.rest if is_resting else self._link.wake)()

    def hurry(self) -> None:
        """Make the next attempt to restore the connection at once."""
        self._reconnector.hurry()

    async def connect(self) -> SessionInfo:
        """Open the session, or return the open one. An attempt to restore one gives way to this call.

        Raises:
            EstuaryError: AUTH_FAILED, CONNECTION_FAILED, CONNECTION_TIMEOUT.
        """
        if self._state is ConnectionState.CONNECTED and self._session is not None:
            return self._session
        if self._state is ConnectionState.CONNECTING:
            raise EstuaryError("The client is connecting already.", ErrorCode.CONNECTION_FAILED)
        self._attempt = attempt = object()
        self._enter(ConnectionState.CONNECTING)
        try:
            await self._reconnector.stop()
            session = await self._open()
        except BaseException as error:
            if self._attempt is attempt and self._is(ConnectionState.CONNECTING):
                self._session = None
                self._end_turns()
                is_failure = isinstance(error, EstuaryError)
                self._enter(ConnectionState.ERROR if is_failure else ConnectionState.DISCONNECTED)
            raise
        await self._bring_back()
        return session

    async def disconnect(self, reason: str) -> None:
        """End whatever is open, opening or being restored; the last words go on the wire."""
        self._attempt = object()
        self._voice.shut()
        self._end_turns()
        link, self._link = self._link, None
        self._session = None
        self._renewal.cancel()
        self._reconnector.cancel()
        if self._state is not ConnectionState.DISCONNECTED:
            self._enter(ConnectionState.DISCONNECTED)
            self._emit(EventName.DISCONNECTED, reason)
        if self._login is not None:
            self._login.cancel()
        if link is not None:
            await link.close()
        await self._reconnector.stop()

    async def _open(self) -> SessionInfo:
        """Open a new link in place of the old one."""
        attempt = self._attempt
        self._require_wanted(attempt)
        login = await self._log_in()
        self._require_wanted(attempt)
        config = self._config
        auth = msgspec.structs.replace(
            login,
            character_id=config.character_id,
            audio_sample_rate=config.audio_sample_rate,
            realtime_memory=config.realtime_memory,
            capabilities=msgspec.structs.replace(
                config.capabilities or SessionCapabilities(), client_action=True
            ),
        )
        link = Link(config, auth, self, self._credentials)
        old, self._link = self._link, link
        if old is not None:
            await old.close()
        session = await link.open()
        self._require_wanted(attempt)
        return session

    async def _log_in(self) -> Authenticate:
        """Return who connects; `disconnect` does not wait for a token that is being fetched."""
        if not self._credentials.expire:
            return await self._credentials.login()
        login = self._login = asyncio.create_task(self._credentials.login(), name="estuary login")
        mine = asyncio.current_task()
        try:
            return await login
        except asyncio.CancelledError:
            if mine is None or mine.cancelling():
                raise
            raise _unwanted() from None

    def _require_wanted(self, attempt: object) -> None:
        """Raise CONNECTION_FAILED when the client was disconnected since ``attempt`` began."""
        if self._attempt is not attempt or self._state is ConnectionState.DISCONNECTED:
            raise _unwanted()

    async def _restore(self) -> None:
        await self._open()
        self._require_still_connected()
        await self._bring_back()
        self._require_still_connected()

    async def _bring_back(self) -> None:
        """Let voice go on where the connection was lost."""
        if self._state is not ConnectionState.CONNECTED:  # it was lost again already
            return
        try:
            await self._voice.resume()
        except EstuaryError as error:
            if self._state is ConnectionState.CONNECTED:
                self._emit(EventName.ERROR, error)

    def _require_still_connected(self) -> None:
        if self._state is not ConnectionState.CONNECTED:
            why = translate("Connection", "The connection was lost again.")
            raise EstuaryError(why, ErrorCode.CONNECTION_FAILED)

    def message_came(self, message: Message) -> None:
        """Take a message of the server."""
        match message:
            case SessionInfo():
                self._joined(message)
            case AuthError(error=said):
                self._emit(EventName.AUTH_ERROR, message)
                why = session_ended(self._credentials.redact(said))
                self._end_for_good(EstuaryError(why, ErrorCode.AUTH_FAILED, is_terminal=True))
            case SessionRejected(reason=reason):
                self._emit(EventName.SESSION_REJECTED, message)
                why = session_ended(reason)
                self._end_for_good(EstuaryError(why, ErrorCode.CONNECTION_FAILED, is_terminal=True))
            case SessionTimeout():
                self._emit(EventName.SESSION_TIMEOUT, message)
                self._drop("the session timed out")
            case ModerationWarning(message=said) if message.is_terminal:
                self._emit(EventName.MODERATION_WARNING, message)
                why = session_minded(said)
                self._end_for_good(EstuaryError(why, ErrorCode.CONNECTION_FAILED, is_terminal=True))
            case _:
                self._receiver.message(message)

    def unknown_came(self, event: UnknownEvent) -> None:
        """Take an event that has no type here."""
        self._receiver.unknown(event)

    def malformed_came(self, bad: BadPayload) -> None:
        """Take note of a payload that was not what its event promises."""
        self._receiver.malformed(bad)

    def audio_dropped(self, dropped: AudioDropped) -> None:
        """Tell that microphone audio grew too old on its way."""
        self._emit(EventName.AUDIO_DROPPED, dropped)

    def link_lost(self, reason: str) -> None:
        """Restore the connection, where that is wanted."""
        self._lost(reason, is_final=False)

    def _joined(self, session: SessionInfo) -> None:
        self._session = session
        self._renewal.start()
        if self._is_resting:  # what was heard before the connection was lost is still being worked on
            self.rest(True)
        self._questions.connected(are_named=session.exactly_once)
        if self._state is not ConnectionState.CONNECTED:
            self._questions.resume()  # before anybody hears of it and says something new
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
        self._renewal.cancel()
        restores = self._config.auto_reconnect and self._config.max_reconnect_attempts > 0 and not is_final
        if restores:
            is_told_by_id = self._session is not None and self._session.exactly_once
            self._voice.suspend(is_told_by_id=is_told_by_id)
            self._questions.suspend(are_told_by_id=is_told_by_id)
            self._enter(ConnectionState.RECONNECTING)
            self._reconnector.start()
        else:
            self._reconnector.cancel()
            self._voice.doubt()
            self._questions.suspend(are_told_by_id=False)
            self._end_turns()
            self._session = None
            self._enter(ConnectionState.DISCONNECTED)
        self._emit(EventName.DISCONNECTED, reason)

    def _end_turns(self) -> None:
        self._voice.end()
        self._questions.end()

    async def _request(self, message: Message) -> bytes:
        if self._link is None:
            raise not_connected()
        return await self._link.request(message)

    def _not_renewed(self) -> None:
        self._emit(EventName.AUTH_ERROR, AuthError(error=_RENEWAL_FAILED))
        why = translate(
            "Connection", "The session ended because its token could not be renewed: connect again."
        )
        self._end_for_good(EstuaryError(why, ErrorCode.AUTH_FAILED, is_terminal=True))

    def _give_up(self, error: EstuaryError) -> None:
        self._end_turns()
        self._session = None
        self._enter(ConnectionState.ERROR)
        self._emit(EventName.ERROR, error)

    def _is(self, state: ConnectionState) -> bool:
        return self._state is state

    def _enter(self, state: ConnectionState) -> None:
        _LOG.debug("connection: %s -> %s", self._state.value, state.value)
        self._state = state
        self._emit(EventName.CONNECTION_STATE_CHANGED, state)


def _unwanted() -> EstuaryError:
    return EstuaryError("The client was disconnected while connecting.", ErrorCode.CONNECTION_FAILED)
