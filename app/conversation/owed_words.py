"""Whether the words of a push-to-talk turn are still to come."""

from __future__ import annotations

from typing import Final

from app.conversation import happening as h
from app.core.translation import marked
from app.estuary import VoiceState

NOTHING_HEARD: Final = marked(
    "Conversation", "No words were heard. Hold the key while you speak, close to the microphone."
)
"""What to say, in the person's language, when they never come."""

NOT_REACHED: Final = marked(
    "Conversation", "The character cannot be reached yet. Wait for it, or type your words."
)
"""What to say, in the person's language, when a turn cannot even begin."""


class OwedWords:
    """Follows what happens after a release."""

    def __init__(self) -> None:
        self._is_owed = False

    def pressed(self) -> None:
        """A turn begins: nothing is owed for the one before any more."""
        self._is_owed = False

    def released(self) -> None:
        """A turn has ended: its words are to come."""
        self._is_owed = True

    def is_missed_after(self, happening: h.Happening) -> bool:
        """Return whether it is certain now that no word was recognised."""
        if (isinstance(happening, h.Heard) and happening.is_final) or isinstance(happening, h.Lost):
            self._is_owed = False
        elif self._is_owed and happening == h.VoiceChanged(VoiceState.IDLE):
            self._is_owed = False
            return True
        return False
