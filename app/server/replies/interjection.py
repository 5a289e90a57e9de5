"""Words the character says of its own accord, such as a timer that rings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interjection:
    """Something to say to a player without having been asked.

    Attributes:
        character_id: Who speaks.
        player_id: Who is to hear it, on any session that player has open or opens next.
        text: The words.
        rings: Whether a bell sounds before the words.
    """

    character_id: str
    player_id: str
    text: str
    rings: bool = False


Announce = Callable[[Interjection], None]
"""Takes an interjection that is due; called on the event loop, must not block."""
