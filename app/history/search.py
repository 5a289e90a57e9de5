"""Search over the whole history, as quick as one types."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from app.history.message import Message
from app.history.rows import MESSAGE, message_of
from app.history.search_form import parts_of, places
from app.history.store import Store

HITS: Final = 50
"""Messages that one search returns."""

_BEFORE_CHARS: Final = 40
"""Characters of the text before the first place found that an excerpt shows."""

_EXCERPT_CHARS: Final = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found.

    Attributes:
        message: The message.
        excerpt: One line of its text, with the first place found in it.
        places: Where in the excerpt what was looked for stands: (start, end) in characters, not in UTF-16.
    """

    message: Message
    excerpt: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found.

    Attributes:
        hits: Newest first.
        has_more: There are older ones; ask again with the last id as ``before_id``.
    """

    hits: tuple[Hit, ...] = ()
    has_more: bool = False


class Search:
    """Finds messages by their words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(
        self,
        query: str,
        limit: int = HITS,
        *,
        before_id: int | None = None,
        conversation_id: int | None = None,
    ) -> Found:
        """Return the newest messages in which every part of ``query`` is the beginning of words.

        Parts are divided by spaces. Case, accents and the kind of quotation marks do not matter; signs and
        emoji are found as well. A message is found once its words change no more.

        Args:
            query: What a person typed.
            limit: How many at most.
            before_id: Only messages before this one.
            conversation_id: Only those of this conversation.

        Raises:
            HistoryError: The file cannot be read.
        """
        parts = parts_of(query)
        if not parts:
            return Found()
        has_index = self._store.has_index

        def look(base: sqlite3.Connection) -> Found:
            statement, values = _indexed(parts) if has_index else _unindexed(parts)
            order = "found.rowid" if has_index else "messages.id"
            if before_id is not None:
                statement, values = f"{statement} AND {order} < ?", [*values, before_id]
            if conversation_id is not None:  # the plus: walk the index, not the conversation
                statement, values = f"{statement} AND +conversation_id = ?", [*values, conversation_id]
            statement = f"{statement} ORDER BY {order} DESC LIMIT ?"
            messages = [message_of(row) for row in base.execute(statement, (*values, limit + 1))]
            return Found(tuple(_hit(message, parts) for message in messages[:limit]), len(messages) > limit)

        return await self._store.read(look)


def _indexed(parts: list[list[str]]) -> tuple[str, list[str | int]]:
    expression = " ".join(f'"{" ".join(part)}" *' for part in parts)  # no word has a quotation mark of ASCII
    statement = (
        f"SELECT {MESSAGE} FROM found CROSS JOIN messages ON messages.id = found.rowid "  # noqa: S608
        "WHERE found MATCH ?"
    )
    return statement, [expression]


def _unindexed(parts: list[list[str]]) -> tuple[str, list[str | int]]:
    tests = " AND ".join("instr(' ' || form, ?) > 0" for _ in parts)
    statement = f"SELECT {MESSAGE} FROM messages WHERE form IS NOT NULL AND {tests}"  # noqa: S608
    return statement, [f" {' '.join(part)}" for part in parts]


def _hit(message: Message, parts: list[list[str]]) -> Hit:
    found = places(message.text, parts)
    first = found[0][0] if found else 0
    start = _start(message.text, first)
    end = min(len(message.text), start + _EXCERPT_CHARS)
    ahead, behind = "…" * (start > 0), "…" * (end < len(message.text))
    shown = "".join(" " if char.isspace() else char for char in message.text[start:end])
    shift = len(ahead) - start
    kept = tuple((a + shift, min(b, end) + shift) for a, b in found if a < end)
    return Hit(message, f"{ahead}{shown}{behind}", kept)


def _start(text: str, first: int) -> int:
    """Return where an excerpt begins: a little before the first place, at a word where there is one."""
    if first <= _BEFORE_CHARS:
        return 0
    space = text.find(" ", first - _BEFORE_CHARS, first)
    return first - _BEFORE_CHARS if space < 0 else space + 1
