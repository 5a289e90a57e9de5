"""What can happen in a conversation. Each is a fact; `app.conversation.reduce` says what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.conversation.line import Line
from app.conversation.state import Link, Notice
from app.estuary.voice_mode import VoiceMode, VoiceState

if TYPE_CHECKING:
    from app.conversation.request import Request


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The conversation stands differently with its server."""

    link: Link


@dataclass(frozen=True, slots=True)
class Met:
    """The server has told what the character is called, and what it looks like.

    ``picture`` is a ``data:`` address; empty for none.
    """

    name: str
    picture: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """The person should know something, or has read it (None)."""

    notice: Notice | None


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """The voice session does something else."""

    voice: VoiceState


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """Another one decides when a turn ends."""

    mode: VoiceMode


@dataclass(frozen=True, slots=True)
class MuteChanged:
    """The microphone was muted or unmuted."""

    is_muted: bool


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """A push-to-talk turn was begun or ended."""

    is_recording: bool


@dataclass(frozen=True, slots=True)
class MicrophoneChanged:
    """A microphone was found missing, or works again."""

    has_microphone: bool


@dataclass(frozen=True, slots=True)
class MicrophoneOpened:
    """The microphone was opened, or closed."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the person were recognised; ``is_final`` ends their turn, without words for nothing."""

    text: str
    is_final: bool
    time: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """The person wrote a turn."""

    text: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Replied:
    """The character's words so far; with ``is_final`` all of them."""

    message_id: str
    text: str
    is_final: bool
    time: datetime


@dataclass(frozen=True, slots=True)
class Spoken:
    """So much of a reply's text was heard; None when its voice has come to its end."""

    message_id: str
    heard_chars: int | None


@dataclass(frozen=True, slots=True)
class VoicesKept:
    """These replies, and no others, can be heard again."""

    message_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Replaying:
    """A reply is heard again; None when that has ended."""

    message_id: str | None


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A reply was cut; None means whichever was being given."""

    message_id: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection was lost: nothing that was under way will be completed."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """The person has deleted a line."""

    number: int


@dataclass(frozen=True, slots=True)
class ConversationDeleted:
    """The person has deleted all lines of a conversation; these are their numbers, shown or not."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Recalled:
    """Earlier lines were brought back, all of them from before those that are there."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Emptied:
    """The person has deleted everything that was said."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The conversation goes on elsewhere: what was said here does not belong there."""


@dataclass(frozen=True, slots=True)
class RequestMade:
    """The character asks for something, or what it has asked for stands differently now."""

    request: Request


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """A request was answered or refused, or has expired."""

    number: int


Happening = (
    LinkChanged
    | Met
    | Noticed
    | VoiceChanged
    | ModeChanged
    | MuteChanged
    | RecordingChanged
    | MicrophoneChanged
    | MicrophoneOpened
    | Heard
    | Typed
    | Replied
    | Spoken
    | VoicesKept
    | Replaying
    | Interrupted
    | Lost
    | Deleted
    | ConversationDeleted
    | Recalled
    | Emptied
    | Moved
    | RequestMade
    | RequestAnswered
)
