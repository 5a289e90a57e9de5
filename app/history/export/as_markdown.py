"""The history as Markdown: a heading for each conversation and day, the messages as quotations."""

from __future__ import annotations

from datetime import datetime

from app.history.conversation_record import ConversationRecord
from app.history.export.style import Labels, Narrator
from app.history.message import Message, MessageState


class AsMarkdown:
    """Writes Markdown. The words stay as they are, in a quotation that no heading of theirs can leave."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._narrator = Narrator(labels)

    def begin(self, exported_at: datetime) -> str:
        """Return the title."""
        labels = self._labels
        return f"# {_line(labels.title)}\n\n{_line(labels.exported)}: {exported_at:%Y-%m-%d %H:%M}\n"

    def conversation(self, conversation: ConversationRecord) -> str:
        """Return a heading."""
        return f"\n## {_line(self._narrator.begin(conversation))}\n"

    def message(self, message: Message) -> str:
        """Return a message, after the day's heading where a new one begins."""
        day = self._narrator.new_day(message)
        heading = f"\n### {day}\n" if day else ""
        cut = f" *({_line(self._labels.interrupted)})*" if message.state is MessageState.INTERRUPTED else ""
        quote = "\n".join(f"> {line}".rstrip() for line in message.text.splitlines() or [""])
        name = _line(self._narrator.name(message))
        return f"{heading}\n**{name}** {message.created_at:%H:%M}{cut}\n\n{quote}\n"

    def end(self) -> str:
        """Return nothing."""
        return ""


def _line(text: str) -> str:
    """Return a name as it is shown in one line, with nothing in it that means something to Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>#&" else char for char in " ".join(text.split()))
