"""One line of a conversation: who said what, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Author(Enum):
    """Who said a line."""

    PERSON = "person"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Line:
    """What one side said in one go.

    Attributes:
        number: Unique within the conversation, rising.
        author: Who said it.
        text: The words so far.
        is_final: False while words may still change or be added.
        is_interrupted: The character was stopped before it had said all of it.
        time: When it began, with its zone.
        message_id: The server's id of a reply; empty for the person's lines.
        heard_chars: Characters of `text` that the person has heard so far, as well as is known. None where
            all of it counts as heard: it has no voice, or was spoken to its end.
        speaker: What the character was called then; empty where it is the one of now.
    """

    number: int
    author: Author
    text: str
    is_final: bool = False
    is_interrupted: bool = False
    time: datetime = field(default_factory=lambda: datetime.now().astimezone())
    message_id: str = ""
    heard_chars: int | None = None
    speaker: str = field(default="", compare=False)
