"""The history as JSON, with everything that is known of it.

An object of ``format``, ``version``, ``exported_at`` and ``conversations``; each of these has ``messages``.
Times are ISO 8601 with a zone, to the millisecond. Ids are text: a JavaScript number cannot hold them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.history.conversation_record import ConversationRecord
from app.history.message import Message

FORMAT: Final = "heron-history"

VERSION: Final = 1
"""Of the layout. It rises when a reader of the one before would misread a file."""


class AsJson:
    """Writes JSON, a message to a line."""

    def __init__(self) -> None:
        self._is_first_conversation = True
        self._is_first_message = True

    def begin(self, exported_at: datetime) -> str:
        """Return the head of the object."""
        head = {"format": FORMAT, "version": VERSION, "exported_at": _time(exported_at)}
        return f'{_text(head)[:-1]}, "conversations": ['

    def conversation(self, conversation: ConversationRecord) -> str:
        """Return the head of a conversation."""
        before = "" if self._is_first_conversation else "\n]},"
        self._is_first_conversation, self._is_first_message = False, True
        head = {
            "id": str(conversation.id),
            "character_id": conversation.partner.character_id,
            "character_name": conversation.character_name,
            "player_id": conversation.partner.player_id,
            "started_at": _time(conversation.started_at),
            "title": conversation.title,
        }
        return f'{before}\n{_text(head)[:-1]}, "messages": ['

    def message(self, message: Message) -> str:
        """Return a message."""
        before = "" if self._is_first_message else ","
        self._is_first_message = False
        told = {
            "id": str(message.id),
            "who": message.who.value,
            "text": message.text,
            "created_at": _time(message.created_at),
            "state": message.state.value,
            "heard_chars": message.heard_chars,
            "turn_id": message.turn_id,
            "clip": message.clip,
        }
        return f"{before}\n{_text(told)}"

    def end(self) -> str:
        """Return what closes the object."""
        return f"{'' if self._is_first_conversation else chr(10) + ']}'}\n]}}\n"


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
