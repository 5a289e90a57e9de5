"""Where the characters are kept: an SQLite file, read and written in one thread."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.core.errors import UserError
from app.server.characters.character import DEFAULT_ID, HERON, Character
from app.server.database import Database, Layout

FILE_NAME: Final = "characters.sqlite3"
"""Name of the database file in the folder given."""

MOST_CHARACTERS: Final = 500
"""How many characters there can be."""

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

_OWN_COLUMNS: Final = ("id", "avatar", "created_at", "updated_at")
"""Fields that are no part of the document."""

_COLUMNS: Final = "document, id, created_at, updated_at"
_LAYOUT: Final = Layout(
    "file of the characters",
    """
    CREATE TABLE IF NOT EXISTS characters (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL,
        avatar TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    );
    INSERT OR IGNORE INTO characters (id, document, created_at, updated_at)
        SELECT 'default', '{"name": "Heron"}', now, now
        FROM (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS now);
    PRAGMA user_version = 1;
    """,
    "SELECT number, id, document, avatar, created_at, updated_at FROM characters LIMIT 1",
)


class CharacterError(UserError):
    """A character cannot be kept, read or changed; the message is a sentence."""


class NotThere(CharacterError):  # noqa: N818 - names what was met
    """There is no character of that id."""


class NotPossible(CharacterError):  # noqa: N818 - names what was met
    """The characters are as they should be, but this cannot be done with them."""


class CharacterStore:
    """Characters in an SQLite file that only its user can read; `HERON`'s is always there.

    A damaged file is kept under another name. For use in one thread; the owner calls `close` at the end.

    Args:
        folder: Where the file lies or is made.

    Raises:
        CharacterError: The file cannot be opened or made.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE_NAME
        try:
            self._database = Database(path, _LAYOUT)
        except (sqlite3.Error, OSError) as error:
            raise CharacterError(
                f"Heron cannot use {path} for its characters ({error}). Make its folder writable."
            ) from error

    def version(self) -> int:
        """Return a number that is another one when another program has changed the file."""
        return self._run(lambda connection: int(connection.execute("PRAGMA data_version").fetchone()[0]))

    def all(self) -> list[Character]:
        """Return every character in the order they were made, without its picture."""
        return self._run(lambda connection: _listed(connection, "NULL", MOST_CHARACTERS, 0))

    def page(self, limit: int, offset: int) -> tuple[list[Character], int]:
        """Return ``limit`` characters behind the first ``offset``, and how many there are in all."""

        def select(connection: sqlite3.Connection) -> tuple[list[Character], int]:
            return _listed(connection, "avatar", limit, offset), _count(connection)

        return self._run(select)

    def get(self, character_id: str) -> Character:
        """Return one character.

        Raises:
            NotThere: There is none of that id.
        """
        return self._run(lambda connection: _one(connection, character_id))

    def create(self, character_id: str, fields: Mapping[str, Any]) -> Character:
        """Keep a new character and return it.

        Raises:
            NotPossible: There are `MOST_CHARACTERS`.
        """

        def insert(connection: sqlite3.Connection) -> Character:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                if _count(connection) >= MOST_CHARACTERS:
                    raise NotPossible(f"There are {MOST_CHARACTERS} characters. Delete one first.")
                made = msgspec.structs.replace(HERON, **fields)
                now = _now()
                connection.execute(
                    "INSERT INTO characters (id, document, avatar, created_at, updated_at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (character_id, _document(made), made.avatar, now, now),
                )
            return _one(connection, character_id)

        return self._run(insert)

    def update(self, character_id: str, changes: Mapping[str, Any]) -> Character:
        """Change fields of a character and return it as it is then.

        Raises:
            NotThere: There is none of that id.
        """

        def change(connection: sqlite3.Connection) -> Character:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                changed = msgspec.structs.replace(_one(connection, character_id), **changes)
                connection.execute(
                    "UPDATE characters SET document = ?, avatar = ?, updated_at = ? WHERE id = ?",
                    (_document(changed), changed.avatar, _now(), character_id),
                )
            return _one(connection, character_id)

        return self._run(change)

    def delete(self, character_id: str) -> None:
        """Delete a character for good, from the file too.

        Raises:
            NotThere: There is none of that id.
            NotPossible: It is the one that is always there.
        """
        if character_id == DEFAULT_ID:
            raise NotPossible("This character comes with Heron and cannot be deleted. Change it instead.")

        def remove(connection: sqlite3.Connection) -> None:
            with connection:
                cursor = connection.execute("DELETE FROM characters WHERE id = ?", (character_id,))
            if not cursor.rowcount:
                raise _not_there(character_id)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._run(remove)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        try:
            return self._database.run(work)
        except (sqlite3.Error, OSError) as error:
            _log.warning("The file of the characters failed: %s", error)
            raise CharacterError(
                "The characters cannot be read or written just now. Please try again in a moment."
            ) from error


def _one(connection: sqlite3.Connection, character_id: str) -> Character:
    row = connection.execute(
        f"SELECT {_COLUMNS}, avatar FROM characters WHERE id = ?",  # noqa: S608 - constants
        (character_id,),
    ).fetchone()
    if row is None:
        raise _not_there(character_id)
    return _read(*row)


def _listed(connection: sqlite3.Connection, avatar: str, limit: int, offset: int) -> list[Character]:
    rows = connection.execute(
        f"SELECT {_COLUMNS}, {avatar} FROM characters ORDER BY number LIMIT ? OFFSET ?",  # noqa: S608 - constants
        (limit, offset),
    )
    return [_read(*row) for row in rows]


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM characters").fetchone()[0])


def _read(
    document: str, character_id: str, created_at: str, updated_at: str, avatar: str | None
) -> Character:
    try:
        character = msgspec.json.decode(document, type=Character)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # Written by another version, or by hand: what is left of it can still be seen, and deleted.
        _log.warning("The character %s cannot be read: %s", character_id, error)
        character = HERON
    return msgspec.structs.replace(
        character, id=character_id, avatar=avatar, created_at=created_at, updated_at=updated_at
    )


def _document(character: Character) -> str:
    told = msgspec.to_builtins(character)
    return msgspec.json.encode({name: told[name] for name in told if name not in _OWN_COLUMNS}).decode()


def _not_there(character_id: str) -> NotThere:
    return NotThere(f"There is no character “{character_id[:80]}” here.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
