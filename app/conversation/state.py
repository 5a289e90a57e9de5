"""Everything a screen or a terminal shows of a conversation, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.conversation.line import Line
from app.estuary.voice_mode import VoiceMode, VoiceState

if TYPE_CHECKING:
    from app.conversation.request import Request

SERIES_BITS: Final = 20
"""Bits of a line's number below the milliseconds since 1970 at which it began."""


class Link(Enum):
    """How the conversation stands with its server."""

    OFFLINE = "offline"
    STARTING = "starting"
    """The embedded server is being started."""
    CONNECTING = "connecting"
    READY = "ready"
    RECONNECTING = "reconnecting"
    FAILED = "failed"
    """Lost or refused for good; only the person can change that."""


class Severity(Enum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the person: what happened and what to do next.

    Attributes:
        text: The sentence.
        severity: How much it matters.
        report: What can be copied and sent to us, after an error that nobody foresaw; empty otherwise.
    """

    text: str
    severity: Severity = Severity.INFO
    report: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A conversation at one moment.

    Attributes:
        link: How it stands with the server.
        voice: What the voice session does; IDLE without one.
        mode: Who ends a turn.
        is_muted: The person's microphone is muted.
        is_recording: A push-to-talk turn is open (the key is held).
        has_microphone: A microphone can be used.
        is_microphone_open: It is open: in a turn, or kept open for the next one.
        lines: What was said, oldest first; the last ones may be provisional.
        voices: Ids of the replies whose voice is kept and can be heard again.
        replaying: Id of the reply that is being heard again; None while none is.
        notice: What the person should know now.
        character_name: Whom the person talks to.
        character_picture: What that one looks like, as a ``data:`` address; empty where there is no picture.
        requests: What the character asks for, oldest first.
        series: `SERIES_BITS` random bits that make the lines' numbers differ from those of another program
            that keeps lines in the same history; None where none are kept, and they count from 1.
    """

    link: Link = Link.OFFLINE
    voice: VoiceState = VoiceState.IDLE
    mode: VoiceMode = VoiceMode.PUSH_TO_TALK
    is_muted: bool = False
    is_recording: bool = False
    has_microphone: bool = True
    is_microphone_open: bool = False
    lines: tuple[Line, ...] = ()
    voices: frozenset[str] = frozenset()
    replaying: str | None = None
    notice: Notice | None = None
    character_name: str = "Heron"
    character_picture: str = ""
    requests: tuple[Request, ...] = ()
    series: int | None = None
