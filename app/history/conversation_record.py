"""What the history knows of a conversation besides its messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Partner:
    """Who talked to whom on the profile's server. The server can forget all between the two, or nothing.

    Attributes:
        character_id: The server's id of the character.
        player_id: The person's id there.
    """

    character_id: str
    player_id: str


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation, from one start to its end.

    Attributes:
        id: Names it within the profile; the larger, the later.
        partner: Who talks to whom.
        character_name: What the character was called then.
        started_at: When it began, in local time with its zone, to the millisecond.
        title: What the person called it; empty for nothing.
        opening: The beginning of its first words, to show where there is no title. Nothing keeps it but the
            message itself.
        messages: How many it has.
    """

    id: int
    partner: Partner
    character_name: str
    started_at: datetime
    title: str = ""
    opening: str = ""
    messages: int = 0
