"""One message of the history: who said what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


class Who(Enum):
    """Whose words a message holds."""

    PERSON = "person"
    CHARACTER = "character"
    NOTICE = "notice"
    """Heron's own: what happened to the conversation."""


class MessageState(Enum):
    """How far a message has come."""

    PROVISIONAL = "provisional"
    """What is being recognised; words may still change."""
    STREAMING = "streaming"
    """A reply to which words are still added."""
    FINAL = "final"
    INTERRUPTED = "interrupted"
    """It was cut; see `Message.heard_chars`."""


_SETTLED: Final = frozenset({MessageState.FINAL, MessageState.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Message:
    """What one side said in one go.

    Attributes:
        id: Names it within the profile and is its place: the larger, the later. More than a Qt ``int`` holds.
        conversation_id: The conversation it belongs to.
        who: Whose words these are.
        text: The words so far.
        created_at: When it began, in local time with its zone, to the millisecond.
        state: How far it has come.
        heard_chars: Characters of `text` that the person has heard. None where all of it counts as heard.
        turn_id: The server's id of the reply; empty for none.
        clip: Names the file of its voice, for whoever keeps those; empty for none.
    """

    id: int
    conversation_id: int
    who: Who
    text: str
    created_at: datetime
    state: MessageState = MessageState.FINAL
    heard_chars: int | None = None
    turn_id: str = ""
    clip: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether its words will not change any more."""
        return self.state in _SETTLED

    @property
    def day(self) -> date:
        """The day it belongs to, where the person is. A view puts a separator where it changes."""
        return self.created_at.date()

    @property
    def unheard(self) -> str:
        """The end of the text that the person has not heard."""
        return "" if self.heard_chars is None else self.text[self.heard_chars :]


def to_ms(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970, as the database keeps it."""
    return (moment - _EPOCH) // _MS


def from_ms(milliseconds: int) -> datetime:
    """Return the moment in local time, with its zone."""
    return (_EPOCH + milliseconds * _MS).astimezone()
