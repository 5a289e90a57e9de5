"""What every reply engine looks like to the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.server.characters.character import HERON, Character


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the character is asked to answer.

    Attributes:
        text: The person's words: recognised speech (lower case, no digits, no punctuation) or typed text.
        player_id: Who speaks; what is remembered is kept per character and player.
        character_id: Which character answers.
        now: The person's local time, with its zone.
        character: That character as it is now.
        can_show: The client can be asked for a picture.
        can_act: The client can be asked to do something.
    """

    text: str
    player_id: str
    character_id: str
    now: datetime
    character: Character = HERON
    can_show: bool = False
    can_act: bool = False


class Replier(Protocol):
    """Turns a prompt into words, piece by piece, as they are made."""

    def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        """Yield the pieces of one reply in order; joined without separator they are the whole reply.

        A piece may be a few words or a sentence; the server speaks each sentence as it is completed.
        The iterator may be closed at any point (the person interrupted).
        """
        ...
