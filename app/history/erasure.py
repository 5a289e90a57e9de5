"""Deleting for good: the words are gone from every file of the history, and the server's part is owed."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
from dataclasses import dataclass, replace
from typing import Final

from app.history import schema
from app.history.conversation_record import Partner
from app.history.database import BUSY_MS
from app.history.history_error import HistoryError
from app.history.rows import unindex
from app.history.store import Store
from app.history.transaction import transaction

_log = logging.getLogger(__name__)

_STEP_PAGES: Final = 500
"""Pages of the search index that are renewed at once, in about 50 ms; writes get their turn between."""

_TRIES: Final = 20
_SHORT_BUSY_MS: Final = 100
_PAUSE_S: Final = 0.1
"""Between two tries to empty the write-ahead log while another window reads."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted here, and what is left to do elsewhere.

    Attributes:
        messages: How many messages.
        clips: Their voice clips; whoever keeps those deletes them.
        owed: Partners of whom nothing is left here: the server has to forget all between them. They stay owed
            until `Erasure.paid` says that it has.
        kept: Partners of whom something was deleted and something is left. The server can forget all between
            them or nothing, so it still knows what was deleted here.
        is_purged: The words are gone from the files of the history as well. If not, another window was in the
            way, and it is made up for when the history is opened again.
    """

    messages: int = 0
    clips: tuple[str, ...] = ()
    owed: tuple[Partner, ...] = ()
    kept: tuple[Partner, ...] = ()
    is_purged: bool = True


class Erasure:
    """Deletes from the history. Every call raises `HistoryError` when that fails; nothing is deleted then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._purging = asyncio.Lock()

    async def message(self, message_id: int) -> Deleted:
        """Delete one message, and its conversation if that was all of it."""
        return await self._delete("messages.id = ?", message_id)

    async def conversation(self, conversation_id: int) -> Deleted:
        """Delete a conversation. A message that is added to it later begins it again."""
        return await self._delete("conversation_id = ?", conversation_id)

    async def everything(self) -> Deleted:
        """Delete all conversations of the profile."""
        return await self._delete("1")

    async def owed(self) -> tuple[Partner, ...]:
        """Return whose conversations the server still has to forget, as when it could not be reached."""
        return await self._store.read(
            lambda base: tuple(Partner(*row) for row in base.execute("SELECT * FROM owed ORDER BY 1, 2"))
        )

    async def paid(self, partner: Partner) -> None:
        """Note that the server has forgotten all between the two."""

        def note(base: sqlite3.Connection) -> None:
            base.execute("DELETE FROM owed WHERE character_id = ? AND player_id = ?", _ids(partner))

        await self._store.write(note)

    async def purge(self) -> bool:
        """Take deleted words out of the files, and return whether that was possible.

        It is done in steps, so that what is said meanwhile is written as ever.
        """
        async with self._purging:
            if await self.is_purged():
                return True  # together with an earlier deletion
            await self._store.write(lambda base: _renew(base, -_STEP_PAGES))  # the minus: all of it
            while await self._store.write(lambda base: _renew(base, _STEP_PAGES)):
                pass
            for _ in range(_TRIES):
                if await self._store.write(_emptied):
                    return True
                await asyncio.sleep(_PAUSE_S)
            return False

    async def is_purged(self) -> bool:
        """Return whether no deleted words are left in the files."""
        return not await self._store.read(lambda base: schema.marks(base, schema.UNPURGED))

    async def _delete(self, which: str, *values: int) -> Deleted:
        deleted = await self._store.write(
            lambda base: _delete(base, which, values, has_index=self._store.has_index)
        )
        if not deleted.messages:
            return deleted
        try:
            is_purged = await self.purge()
        except HistoryError as error:
            _log.warning("deleted messages were not purged: %s", error)
            is_purged = False
        return replace(deleted, is_purged=is_purged)


def _delete(base: sqlite3.Connection, which: str, values: tuple[int, ...], *, has_index: bool) -> Deleted:
    with transaction(base):
        rows = base.execute(
            "SELECT conversation_id, character_id, player_id, count(*) FROM messages "  # noqa: S608
            "JOIN conversations ON conversations.id = conversation_id "
            f"WHERE {which} GROUP BY conversation_id",
            values,
        ).fetchall()
        clips = base.execute(f"SELECT clip FROM messages WHERE clip <> '' AND {which}", values)  # noqa: S608
        names = tuple(name for (name,) in clips)
        if has_index:
            unindex(base, which, *values)
        base.execute(f"DELETE FROM messages WHERE {which}", values)  # noqa: S608
        base.executemany(
            "DELETE FROM conversations WHERE id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?1)",
            [(row[0],) for row in rows],
        )
        touched = {Partner(row[1], row[2]) for row in rows}
        kept = touched & {
            Partner(*row)
            for row in base.execute("SELECT DISTINCT character_id, player_id FROM conversations")
        }
        owed = sorted(touched - kept)
        base.executemany("INSERT OR IGNORE INTO owed VALUES (?, ?)", [_ids(partner) for partner in owed])
        if rows:
            schema.mark(base, f"{schema.UNPURGED} {secrets.token_hex(8)}")
    return Deleted(sum(row[3] for row in rows), names, tuple(owed), tuple(sorted(kept)))


def _renew(base: sqlite3.Connection, pages: int) -> bool:
    """Write a part of the search index anew without what was deleted; return whether more is left of it."""
    if not schema.has_fts5(base):
        return False
    before = base.total_changes
    base.execute("INSERT INTO found (found, rank) VALUES ('merge', ?)", (pages,))
    return base.total_changes - before > 1


def _emptied(base: sqlite3.Connection) -> bool:
    """Write all files anew, and return whether no deleted words are left in them.

    SQLite's ``secure_delete`` does not suffice: where it had moved a row to another page, the page before may
    keep a copy between its rows, and later the deletion does not find that one.
    """
    deletions = schema.marks(base, schema.UNPURGED)
    if not deletions:
        return True
    if schema.has_mark(base, schema.STALE) and schema.has_index(base):
        return False  # this Python cannot clean the index that another one has made
    base.execute("VACUUM")
    base.execute(f"PRAGMA busy_timeout = {_SHORT_BUSY_MS}")
    try:
        is_busy = base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        base.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if not is_busy:
        for deletion in deletions:  # not one of another window that came since
            schema.unmark(base, deletion)
    return not is_busy


def _ids(partner: Partner) -> tuple[str, str]:
    return partner.character_id, partner.player_id
