"""What an exported file is made of, and the words in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.history.conversation_record import ConversationRecord
from app.history.message import Message


@dataclass(frozen=True, slots=True)
class Labels:
    """The words an export is written with, in the person's language.

    Attributes:
        language: The language's tag, as in ``en`` or ``pt-BR``.
        title: What the file is called.
        person: Who the person is.
        notice: Who Heron's own notices are from.
        interrupted: Said of a reply that was cut.
        exported: Said before the time of the export.
        is_right_to_left: The language is written from the right.
    """

    language: str = "en"
    title: str = "Conversations"
    person: str = "You"
    notice: str = "Heron"
    interrupted: str = "interrupted"
    exported: str = "Exported"
    is_right_to_left: bool = False


class Style(Protocol):
    """Writes the history in one format, part by part and in order."""

    def begin(self, exported_at: datetime) -> str:
        """Return what the file begins with."""

    def conversation(self, conversation: ConversationRecord) -> str:
        """Return what stands before the messages of a conversation."""

    def message(self, message: Message) -> str:
        """Return a message of it."""

    def end(self) -> str:
        """Return what the file ends with."""


@dataclass(slots=True)
class Narrator:
    """Knows who speaks and when a new day begins, while messages pass by."""

    labels: Labels
    _conversation: ConversationRecord | None = None
    _day: str = field(default="", init=False)

    def begin(self, conversation: ConversationRecord) -> str:
        """Pass to a conversation, and return what to call it."""
        self._conversation, self._day = conversation, ""
        return conversation.title or conversation.character_name

    def name(self, message: Message) -> str:
        """Return whose words these are."""
        names = {"person": self.labels.person, "notice": self.labels.notice}
        character = "" if self._conversation is None else self._conversation.character_name
        return names.get(message.who.value, character)

    def new_day(self, message: Message) -> str:
        """Return the day, in ISO form, where it is another one than that of the message before."""
        day = message.day.isoformat()
        if day == self._day:
            return ""
        self._day = day
        return day
