"""What can go wrong between a program and an Estuary server.

HeronError
├── EstuaryError      a call failed, or the server reported something; `code` says what
│   └── AnswerTimeout     an answer was waited for in vain (a TimeoutError too)
└── UserError
    └── BadInput
        └── ConfigError   an `EstuaryConfig` that cannot be used as written (a ValueError too)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.core.errors import BadInput, HeronError
from app.core.translation import translate


class ErrorCode(StrEnum):
    """What kind of failure an `EstuaryError` reports."""

    CONNECTION_FAILED = "CONNECTION_FAILED"
    """There is no server, it refused, or the connection was lost."""
    AUTH_FAILED = "AUTH_FAILED"
    """The server refused the credentials."""
    CONNECTION_TIMEOUT = "CONNECTION_TIMEOUT"
    """The server never opened the session."""
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    """The account's allowance, or its number of sessions, is used up."""
    VOICE_NOT_SUPPORTED = "VOICE_NOT_SUPPORTED"
    """The audio packages are not installed."""
    VOICE_ALREADY_ACTIVE = "VOICE_ALREADY_ACTIVE"
    """`start_voice` was called while voice is active or starting."""
    VOICE_NOT_ACTIVE = "VOICE_NOT_ACTIVE"
    """The call needs `start_voice` first."""
    VOICE_START_FAILED = "VOICE_START_FAILED"
    """The server did not start voice."""
    LIVEKIT_UNAVAILABLE = "LIVEKIT_UNAVAILABLE"
    """The LiveKit transport is not part of this client."""
    NOT_CONNECTED = "NOT_CONNECTED"
    """The call needs an open connection."""
    REST_ERROR = "REST_ERROR"
    """A REST call failed."""
    UPLOAD_FAILED = "UPLOAD_FAILED"
    """A file could not be uploaded."""
    UNKNOWN = "UNKNOWN"
    """Anything else, such as an error the server reports or a malformed payload."""


class EstuaryError(HeronError):
    """A call to an Estuary server failed, or the server reported an error.

    Attributes:
        message: One sentence, without a secret.
        code: What kind of failure it is.
        details: More about it, by name.
        is_terminal: Trying again by itself would fail again: the credentials or the session were refused.
    """

    def __init__(
        self,
        message: str,
        code: ErrorCode = ErrorCode.UNKNOWN,
        details: Mapping[str, object] | None = None,
        *,
        is_terminal: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details: Mapping[str, object] = MappingProxyType(dict(details or {}))
        self.is_terminal = is_terminal

    def __repr__(self) -> str:
        return f"EstuaryError({self.message!r}, {self.code.name})"


class AnswerTimeout(EstuaryError, TimeoutError):  # noqa: N818 - names what happened
    """The character did not answer in time; the question stands, and an answer may still come as an event."""

    def __init__(self, message: str) -> None:
        super().__init__(message, ErrorCode.CONNECTION_TIMEOUT)


class ConfigError(BadInput, ValueError):
    """A field of an `EstuaryConfig` cannot be used as written; the message names it."""


def not_connected() -> EstuaryError:
    """Return the error of a call that needs a connection."""
    return EstuaryError("The client is not connected: call connect() first.", ErrorCode.NOT_CONNECTED)


def session_rejected(reason: str) -> str:
    """Return that the server did not take the session."""
    text = translate("Connection", "The server rejected the session: {reason}")
    return text.format(reason=reason or translate("Connection", "no reason given"))


def session_ended(reason: str) -> str:
    """Return that the server ended the session."""
    text = translate("Connection", "The server ended the session: {reason}")
    return text.format(reason=reason or translate("Connection", "no reason given"))


def session_minded(reason: str) -> str:
    """Return that the server ended the session because of what was said."""
    return session_ended(reason or translate("Connection", "it minds what was said"))


def sentence(reason: str) -> str:
    """Return a reason as a sentence, with a capital and a full stop."""
    end = "" if reason.endswith((".", "!", "?")) else "."
    return f"{reason[:1].upper()}{reason[1:]}{end}"
