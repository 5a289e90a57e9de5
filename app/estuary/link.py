"""One WebSocket connection to an Estuary server: the thin I/O around `app.protocol.connection`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from app import __version__
from app.core.translation import translate
from app.estuary.config import EstuaryConfig
from app.estuary.dialling import dial
from app.estuary.errors import (
    ErrorCode,
    EstuaryError,
    not_connected,
    sentence,
    session_ended,
    session_minded,
    session_rejected,
)
from app.estuary.heartbeat import Heartbeat
from app.estuary.outbox import AudioDropped, Outbox
from app.protocol.client_messages import Authenticate
from app.protocol.connection import Acked, BadPayload, ClientConnection, LinkLost, Occurrence, UnknownEvent
from app.protocol.message import Message
from app.protocol.server_messages import (
    AuthError,
    ModerationWarning,
    SessionInfo,
    SessionRejected,
    SessionTimeout,
)

if TYPE_CHECKING:
    from app.estuary.wire import Wire

_LOG: Final = logging.getLogger(__name__)

OPEN_TIMEOUT_S: Final = 15.0
"""Longest wait for the session, from the first byte on."""

FLUSH_TIMEOUT_S: Final = 1.0
"""Longest wait of `Link.close` for what is still to be sent."""

ACK_TIMEOUT_S: Final = 15.0
"""Longest wait of `Link.request` for its answer."""


class LinkListener(Protocol):
    """Who a link reports to."""

    def message_came(self, message: Message) -> None:
        """Take a message of the server; the `SessionInfo` comes first."""

    def unknown_came(self, event: UnknownEvent) -> None:
        """Take an event that has no type here."""

    def malformed_came(self, bad: BadPayload) -> None:
        """Take note of a payload that was not what its event promises."""

    def audio_dropped(self, dropped: AudioDropped) -> None:
        """Take note of microphone audio that grew too old while the network took nothing."""

    def link_lost(self, reason: str) -> None:
        """The open session has ended by itself. `Link.close` must be called after it."""


class Secrets(Protocol):
    """Takes secrets out of what a server says."""

    def redact(self, text: str) -> str:
        """Return ``text`` without the secrets."""

    def redact_frame(self, text: bytes | bytearray) -> bytes | bytearray:
        """Return a frame without the secrets."""


class Link:
    """One connection, from dialling to its end. It is never opened twice.

    Args:
        config: Whom to call.
        auth: As whom.
        listener: Who is told.
        secrets: Knows what a server must not have repeated.
    """

    def __init__(
        self,
        config: EstuaryConfig,
        auth: Authenticate,
        listener: LinkListener,
        secrets: Secrets,
    ) -> None:
        self._config = config
        self._listener = listener
        self._secrets = secrets
        self._protocol = ClientConnection(auth)
        self._outbox = Outbox(config.audio_age_limit)
        self._heart = Heartbeat(self._protocol, on_dead=self.drop, on_answer=self._flush)
        self._wire: Wire | None = None
        self._session: asyncio.Future[SessionInfo] | None = None
        self._opener: asyncio.Task[Any] | None = None
        self._is_opener_sent_away = False
        self._has_dialled = False
        self._acks: dict[int, asyncio.Future[bytes]] = {}
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
        self._opener = opener = asyncio.current_task()
        try:
            async with asyncio.timeout(OPEN_TIMEOUT_S):
                await self._dial()
                return await self._session
        except asyncio.CancelledError:
            await self.close()
            # Whoever was cancelled by others too is cancelled.
            if self._is_opener_sent_away and opener is not None and not opener.uncancel():
                raise _disconnected() from None
            raise
        except TimeoutError:
            await self.close()
            text = translate("Connection", "{server} did not open a session within {seconds:.0f} s.")
            why = text.format(server=self._config.server_url, seconds=OPEN_TIMEOUT_S)
            raise EstuaryError(why, ErrorCode.CONNECTION_TIMEOUT) from None
        except BaseException:
            await self.close()
            raise

    def send(self, message: Message, perishable_s: float = 0.0) -> None:
        """Send a message; it goes out in order, and before the connection is closed.

        Args:
            message: What to say.
            perishable_s: Length in seconds of audio that is worthless when it gets too old on the way.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        if not self.is_open:
            raise not_connected()
        if _LOG.isEnabledFor(logging.DEBUG):
            _LOG.debug("sent %s", message.event)
        self._put(self._protocol.send(message), perishable_s)

    async def request(self, message: Message) -> bytes:
        """Send a message and return the JSON array of the server's answer to it.

        Raises:
            EstuaryError: NOT_CONNECTED, CONNECTION_FAILED when the link ends first, CONNECTION_TIMEOUT.
        """
        if not self.is_open:
            raise not_connected()
        ack_id, frame = self._protocol.request(message)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._acks[ack_id] = answer
        self._put(frame)
        try:
            async with asyncio.timeout(ACK_TIMEOUT_S):
                return await answer
        except TimeoutError:
            why = f"The server did not answer {message.event} within {ACK_TIMEOUT_S:.0f} s."
            raise EstuaryError(why, ErrorCode.CONNECTION_TIMEOUT) from None
        finally:
            self._acks.pop(ack_id, None)

    def rest(self) -> None:
        """Read nothing more until `wake`, because nobody takes it; the server's pings are answered still."""
        if self._wire is not None and self.is_open:
            self._wire.rest()
            self._heart.rest()

    def wake(self) -> None:
        """Read again."""
        if self._wire is not None and self.is_open:
            self._wire.wake()
            self._heart.wake()

    def drop(self, reason: str) -> None:
        """End the connection without a goodbye, as if the server had done it."""
        if self._is_over:
            return
        reason = self._secrets.redact(reason)
        self._end(reason)
        if self._is_joined:
            self._listener.link_lost(reason)
        else:
            self._refuse(EstuaryError(sentence(reason), ErrorCode.CONNECTION_FAILED))
        if self._wire is not None:
            self._wire.abort()

    async def close(self) -> None:
        """Send what waits and a goodbye, then end everything this link started. May be called again."""
        wire = self._wire
        if self.is_open and wire is not None:
            for frame in self._outbox.take(asyncio.get_running_loop().time()):
                wire.put(frame)
            wire.put(self._protocol.leave())
        self._end("the client disconnected")
        self._refuse(_disconnected())
        is_dialling = not (self._has_dialled or self._is_opener_sent_away)
        if is_dialling and self._opener not in {None, asyncio.current_task()}:
            self._is_opener_sent_away = True
            self._opener.cancel()
        if wire is not None and wire.is_open:
            await self._hang_up(wire)

    def wire_made(self) -> None:
        """Use the time until the server has answered."""
        self._protocol.prepare()

    def frame_came(self, text: bytes | bytearray) -> None:
        """Take one text frame."""
        if self._is_over:
            return
        try:
            self._protocol.receive(self._secrets.redact_frame(text))
            for answer in self._protocol.frames_to_send():
                self._write(answer)
            self._heart.heard()
            if self._outbox:
                self._flush()
            for occurrence in self._protocol.occurrences():
                self._happened(occurrence)
        except Exception:
            _LOG.exception("the link failed")
            self.drop("the client failed while it read")

    def pong_came(self, token: bytes) -> None:
        """Take the answer to a ping of ours."""
        if not self._is_over:
            self._heart.answered(token)

    def room_came(self) -> None:
        """Send what waits."""
        self._flush()

    def wire_ended(self, reason: str) -> None:
        """Take note that the connection is gone."""
        if self._has_dialled:
            self.drop(reason)

    async def _dial(self) -> None:
        try:
            wire = await dial(self._config, f"heron-voice/{__version__}", self, self._made)
        except EstuaryError as error:
            self._refuse(error)
            return
        except Exception:
            _LOG.exception("the link failed")
            self.drop("the client failed while it dialled")
            return
        self._has_dialled = True
        if wire.end_reason is not None:
            self.drop(wire.end_reason)

    def _made(self, wire: Wire) -> None:
        """Take the connection before its first frame: the greeting may come with the handshake's answer."""
        self._wire = wire

    def _happened(self, occurrence: Occurrence) -> None:
        match occurrence:
            case _ if self._is_over:
                pass
            case SessionInfo() if not self._is_joined:
                self._joined(occurrence)
            case Message() if (
                not self._is_joined and (error := _refusal(occurrence, self._secrets.redact)) is not None
            ):
                self._refuse(error)
            case Message():
                if _LOG.isEnabledFor(logging.DEBUG):
                    _LOG.debug("received %s", occurrence.event)
                self._listener.message_came(occurrence)
            case LinkLost(reason):
                self.drop(reason)
            case BadPayload(event="session_info") if not self._is_joined:
                why = translate("Connection", "The server sent a session that cannot be read.")
                self._refuse(EstuaryError(why, ErrorCode.CONNECTION_FAILED))
            case BadPayload():
                self._listener.malformed_came(occurrence)
            case Acked(ack_id, payload):
                answer = self._acks.get(ack_id)
                if answer is not None and not answer.done():
                    answer.set_result(payload)
            case UnknownEvent():  # pragma: no branch - there are no others
                self._listener.unknown_came(occurrence)

    def _joined(self, session: SessionInfo) -> None:
        assert self._wire is not None
        self._is_joined = True
        self._heart.start(self._wire)
        self._listener.message_came(session)
        if self._session is not None and not self._session.done():
            self._session.set_result(session)

    def _refuse(self, error: EstuaryError) -> None:
        if self._session is not None and not self._session.done():
            self._session.set_exception(error)
            self._session.exception()  # whoever opens may have been cancelled, and not look at it

    def _put(self, frame: str, perishable_s: float = 0.0) -> None:
        if perishable_s:
            self._heart.beat()
        if self._outbox:
            self._flush()
        if self._outbox or not self._can_send():
            self._outbox.put(frame, asyncio.get_running_loop().time(), perishable_s)
        else:
            self._write(frame)

    @property
    def round_trip_s(self) -> float:
        """Seconds to the server and back; 0.0 before that is known."""
        return self._heart.round_trip_s

    def _can_send(self) -> bool:
        return self._wire is not None and not self._wire.is_congested and not self._heart.is_stalled()

    def _write(self, frame: str) -> None:
        assert self._wire is not None
        self._wire.put(frame)

    def _flush(self) -> None:
        if self._is_over or not self._can_send():
            return
        for frame in self._outbox.take(asyncio.get_running_loop().time()):
            self._write(frame)
        self._tell_dropped()

    def _tell_dropped(self) -> None:
        dropped = self._outbox.dropped()
        if dropped is not None:
            self._listener.audio_dropped(dropped)

    def _end(self, reason: str) -> None:
        """Take nothing more and let nobody wait."""
        self._is_over = True
        self._heart.stop()
        self._tell_dropped()
        for answer in self._acks.values():
            if not answer.done():
                answer.set_exception(EstuaryError(sentence(reason), ErrorCode.CONNECTION_FAILED))

    async def _hang_up(self, wire: Wire) -> None:
        try:
            async with asyncio.timeout(FLUSH_TIMEOUT_S):
                wire.wake()
                await wire.close()
        except (TimeoutError, OSError):
            _LOG.debug("the goodbye was not taken")
        finally:
            wire.abort()


def _refusal(message: Message, redact: Callable[[str], str]) -> EstuaryError | None:
    """Return what a message means for a session that is not open yet: the end, or nothing."""
    details: dict[str, object]
    match message:
        case AuthError(error=said):
            why, code, details = redact(said), ErrorCode.AUTH_FAILED, {"error": redact(said)}
        case SessionRejected(reason=reason, cap=cap):
            why = session_rejected(reason)
            code, details = ErrorCode.CONNECTION_FAILED, {"reason": reason, "cap": cap}
        case SessionTimeout(reason=reason):
            why = session_ended(reason)
            code, details = ErrorCode.CONNECTION_FAILED, {"reason": reason}
        case ModerationWarning(level=level, message=said) if message.is_terminal:
            why = session_minded(said)
            code, details = ErrorCode.CONNECTION_FAILED, {"level": level}
        case _:
            return None
    return EstuaryError(sentence(why), code, details, is_terminal=True)


def _disconnected() -> EstuaryError:
    return EstuaryError("The client was disconnected while connecting.", ErrorCode.CONNECTION_FAILED)
