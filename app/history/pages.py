"""Windows on the messages: the newest, older ones on demand, those around one that was searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from app.history.conversation_record import ConversationRecord
from app.history.message import Message, from_ms, to_ms
from app.history.rows import CONVERSATION, MESSAGE, conversation_of, message_of
from app.history.store import Store

PAGE: Final = 100
"""Messages of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages that follow each other.

    Attributes:
        messages: Oldest first.
        has_older: There are some before the first one.
        has_newer: There are some after the last one.
    """

    messages: tuple[Message, ...] = ()
    has_older: bool = False
    has_newer: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something was said, where the person is.

    Attributes:
        date: The day.
        first_id: Its first message.
    """

    date: date
    first_id: int


class Pages:
    """Reads the history. How long it is makes no difference but to `count`, `position` and `days`.

    Each call takes a ``conversation_id``, or None for all conversations of the profile, and raises
    `HistoryError` when the file cannot be read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def newest(self, limit: int = PAGE, conversation_id: int | None = None) -> Page:
        """Return the last messages."""
        return await self._store.read(lambda base: _older(base, None, limit, conversation_id))

    async def older(self, than_id: int, limit: int = PAGE, conversation_id: int | None = None) -> Page:
        """Return the last messages before one, whether that is still there or not."""
        return await self._store.read(lambda base: _older(base, than_id, limit, conversation_id))

    async def newer(self, than_id: int, limit: int = PAGE, conversation_id: int | None = None) -> Page:
        """Return the first messages after one."""
        return await self._store.read(lambda base: newer(base, than_id, limit, conversation_id))

    async def around(self, message_id: int, limit: int = PAGE, conversation_id: int | None = None) -> Page:
        """Return a message in the middle of those around it, as for a jump to what was found."""

        def look(base: sqlite3.Connection) -> Page:
            after = newer(base, message_id - 1, limit - limit // 2, conversation_id)
            before = _older(base, message_id, limit - len(after.messages), conversation_id)
            return Page((*before.messages, *after.messages), before.has_older, after.has_newer)

        return await self._store.read(look)

    async def message(self, message_id: int) -> Message | None:
        """Return one message; None when it is not there."""

        def look(base: sqlite3.Connection) -> Message | None:
            query = f"SELECT {MESSAGE} FROM messages WHERE id = ?"  # noqa: S608 - constants only
            row = base.execute(query, (message_id,)).fetchone()
            return None if row is None else message_of(row)

        return await self._store.read(look)

    async def numbers(self, conversation_id: int) -> tuple[int, ...]:
        """Return the ids of all messages of a conversation, oldest first."""

        def look(base: sqlite3.Connection) -> tuple[int, ...]:
            query = "SELECT id FROM messages WHERE conversation_id = ? ORDER BY id"
            return tuple(number for (number,) in base.execute(query, (conversation_id,)))

        return await self._store.read(look)

    async def count(self, conversation_id: int | None = None) -> int:
        """Return how many messages there are."""
        return await self._store.read(lambda base: count(base, conversation_id))

    async def position(self, message_id: int, conversation_id: int | None = None) -> int:
        """Return how many messages are older than one."""
        return await self._store.read(lambda base: count(base, conversation_id, message_id))

    async def days(self, conversation_id: int | None = None) -> tuple[Day, ...]:
        """Return the days on which something was said, oldest first."""
        return await self._store.read(lambda base: _days(base, conversation_id))

    async def speakers(self, conversation_ids: Iterable[int]) -> dict[int, str]:
        """Return what the characters of some conversations were called then."""
        wanted = sorted(set(conversation_ids))

        def look(base: sqlite3.Connection) -> dict[int, str]:
            marks = ", ".join("?" * len(wanted))
            query = f"SELECT id, character_name FROM conversations WHERE id IN ({marks})"  # noqa: S608
            return dict(base.execute(query, wanted).fetchall())

        return await self._store.read(look)

    async def conversations(self) -> tuple[ConversationRecord, ...]:
        """Return all conversations, the latest first."""

        def look(base: sqlite3.Connection) -> tuple[ConversationRecord, ...]:
            return tuple(reversed(conversations(base)))

        return await self._store.read(look)


def newer(base: sqlite3.Connection, than_id: int, limit: int, conversation_id: int | None) -> Page:
    """Return the first messages after one."""
    which, values = _where(conversation_id)
    rows = base.execute(
        f"SELECT {MESSAGE} FROM messages WHERE id > ? {which} ORDER BY id LIMIT ?",  # noqa: S608
        (than_id, *values, limit + 1),
    ).fetchall()
    messages = tuple(message_of(row) for row in rows[:limit])
    before = messages[0].id if messages else than_id + 1
    return Page(messages, _is_any(base, "<", before, conversation_id), len(rows) > limit)


def count(base: sqlite3.Connection, conversation_id: int | None, before_id: int | None = None) -> int:
    """Return how many messages there are, or are older than one."""
    which, values = _where(conversation_id)
    if before_id is not None:
        which, values = f"{which} AND id < ?", (*values, before_id)
    query = f"SELECT count(*) FROM messages WHERE 1 {which}"  # noqa: S608 - constants only
    found: int = base.execute(query, values).fetchone()[0]
    return found


def conversations(base: sqlite3.Connection, conversation_id: int | None = None) -> list[ConversationRecord]:
    """Return all conversations, or one, oldest first."""
    which, values = ("", ()) if conversation_id is None else ("WHERE c.id = ?", (conversation_id,))
    query = f"SELECT {CONVERSATION} FROM conversations AS c {which} ORDER BY c.id"  # noqa: S608
    return [conversation_of(row) for row in base.execute(query, values)]


def _older(base: sqlite3.Connection, than_id: int | None, limit: int, conversation_id: int | None) -> Page:
    which, values = _where(conversation_id)
    if than_id is not None:
        which, values = f"{which} AND id < ?", (*values, than_id)
    rows = base.execute(
        f"SELECT {MESSAGE} FROM messages WHERE 1 {which} ORDER BY id DESC LIMIT ?",  # noqa: S608
        (*values, limit + 1),
    ).fetchall()
    messages = tuple(message_of(row) for row in reversed(rows[:limit]))
    has_newer = than_id is not None and _is_any(base, ">=", than_id, conversation_id)
    return Page(messages, len(rows) > limit, has_newer)


def _is_any(base: sqlite3.Connection, side: str, message_id: int, conversation_id: int | None) -> bool:
    which, values = _where(conversation_id)
    query = f"SELECT 1 FROM messages WHERE id {side} ? {which} LIMIT 1"  # noqa: S608 - constants only
    return base.execute(query, (message_id, *values)).fetchone() is not None


def _days(base: sqlite3.Connection, conversation_id: int | None) -> tuple[Day, ...]:
    which, values = _where(conversation_id)
    query = (
        "SELECT id, created_at FROM messages "  # noqa: S608 - constants only
        f"WHERE id > ? AND NOT created_at BETWEEN ? AND ? {which} ORDER BY id LIMIT 1"
    )
    days: list[Day] = []
    number, begin, end = 0, 0, -1
    while (row := base.execute(query, (number, begin, end, *values)).fetchone()) is not None:
        number = row[0]
        day = from_ms(row[1]).date()
        begin, end = to_ms(_midnight(day)), to_ms(_midnight(day + timedelta(days=1))) - 1
        days.append(Day(day, number))
    return tuple(days)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _where(conversation_id: int | None) -> tuple[str, tuple[int, ...]]:
    return ("", ()) if conversation_id is None else ("AND conversation_id = ?", (conversation_id,))
