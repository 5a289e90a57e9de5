"""Messages and conversations as rows of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from app.history.conversation_record import ConversationRecord, Partner
from app.history.message import Message, MessageState, Who, from_ms, to_ms
from app.history.search_form import search_form
from app.history.transaction import transaction

MESSAGE: Final = (
    "messages.id, messages.conversation_id, messages.who, messages.text, messages.created_at, "
    "messages.state, messages.heard_chars, messages.turn_id, messages.clip"
)
"""The columns that `message_of` takes."""

CONVERSATION: Final = """
    c.id, c.character_id, c.player_id, c.character_name, c.started_at, c.title,
    (SELECT count(*) FROM messages WHERE conversation_id = c.id),
    (SELECT substr(text, 1, 80) FROM messages
        WHERE conversation_id = c.id AND who <> 'notice' ORDER BY id LIMIT 1)
"""
"""The columns that `conversation_of` takes, of ``conversations AS c``."""

_ADD_CONVERSATION: Final = "INSERT OR IGNORE INTO conversations VALUES (?, ?, ?, ?, ?, ?)"
_ADD: Final = (
    "INSERT INTO messages "
    "(conversation_id, who, text, created_at, state, heard_chars, turn_id, clip, form, id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CHANGE: Final = (
    "UPDATE messages SET conversation_id = ?, who = ?, text = ?, created_at = ?, state = ?, heard_chars = ?, "
    "turn_id = ?, clip = ?, form = ? WHERE id = ?"
)


def message_of(row: tuple[Any, ...]) -> Message:
    """Return the message of a row of the columns `MESSAGE`."""
    number, conversation, who, text, created, state, heard, turn, clip = row
    return Message(
        number, conversation, Who(who), text, from_ms(created), MessageState(state), heard, turn, clip
    )


def conversation_of(row: tuple[Any, ...]) -> ConversationRecord:
    """Return the conversation of a row of the columns `CONVERSATION`."""
    number, character, player, name, started, title, messages, opening = row
    return ConversationRecord(
        number, Partner(character, player), name, from_ms(started), title, opening or "", messages
    )


def write(
    connection: sqlite3.Connection,
    entries: Iterable[tuple[Message, ConversationRecord | None]],
    *,
    has_index: bool,
) -> None:
    """Write messages: new ones with their conversation, changed ones without.

    A change of a message that was deleted meanwhile changes nothing; the conversation of a new one is made
    again if it was.
    """
    with transaction(connection):
        for message, conversation in entries:
            _write(connection, message, conversation, has_index=has_index)


def rename(connection: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Give a conversation a title."""
    connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (_storable(title), conversation_id))


def sign(connection: sqlite3.Connection, conversation_id: int, character_name: str) -> None:
    """Keep what the character of a conversation is called."""
    connection.execute(
        "UPDATE conversations SET character_name = ? WHERE id = ?",
        (_storable(character_name), conversation_id),
    )


def settle(connection: sqlite3.Connection, *, has_index: bool) -> None:
    """End the messages of a process that has ended before them; a living one writes its own again."""
    in_flux = f"SELECT {MESSAGE} FROM messages WHERE form IS NULL"  # noqa: S608 - constants only
    if connection.execute(in_flux).fetchone() is None:
        return
    with transaction(connection):  # to read them again: they may have been settled meanwhile
        for row in connection.execute(in_flux).fetchall():
            ended = replace(message_of(row), state=MessageState.INTERRUPTED)
            _write(connection, ended, None, has_index=has_index)


def unindex(connection: sqlite3.Connection, which: str, *values: int) -> None:
    """Take messages out of the search index, before they are changed or deleted.

    Args:
        connection: In a transaction.
        which: Which ones, as an SQL condition.
        values: Its parameters.
    """
    connection.execute(
        "INSERT INTO found (found, rowid, form) "  # noqa: S608 - constants only
        f"SELECT 'delete', id, form FROM messages WHERE form IS NOT NULL AND {which}",
        values,
    )


def _write(
    connection: sqlite3.Connection,
    message: Message,
    conversation: ConversationRecord | None,
    *,
    has_index: bool,
) -> None:
    found = connection.execute("SELECT form FROM messages WHERE id = ?", (message.id,)).fetchone()
    if found is None and conversation is None:
        return
    if conversation is not None:
        connection.execute(_ADD_CONVERSATION, _conversation_row(conversation))
    form = search_form(message.text) if message.is_settled else None
    if has_index and found is not None and found[0] is not None:
        unindex(connection, "id = ?", message.id)
    connection.execute(_ADD if found is None else _CHANGE, (*_message_row(message, form), message.id))
    if has_index and form is not None:
        connection.execute("INSERT INTO found (rowid, form) VALUES (?, ?)", (message.id, form))


def _message_row(message: Message, form: str | None) -> tuple[object, ...]:
    return (
        message.conversation_id,
        message.who.value,
        _storable(message.text),
        to_ms(message.created_at),
        message.state.value,
        message.heard_chars,
        _storable(message.turn_id),
        _storable(message.clip),
        form,
    )


def _conversation_row(conversation: ConversationRecord) -> tuple[object, ...]:
    return (
        conversation.id,
        _storable(conversation.partner.character_id),
        _storable(conversation.partner.player_id),
        _storable(conversation.character_name),
        to_ms(conversation.started_at),
        _storable(conversation.title),
    )


def _storable(text: str) -> str:
    """Return text without half characters, which no file can hold; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")
