"""The tables of a history file, and how an older file gets those of today."""

from __future__ import annotations

import sqlite3
from typing import Final

from app.history.history_error import NewerSchemaError, is_damage
from app.history.transaction import transaction

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE conversations (
            id INTEGER PRIMARY KEY,
            character_id TEXT NOT NULL,
            player_id TEXT NOT NULL,
            character_name TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            title TEXT NOT NULL
        )""",
        # form: the text as it is searched (see search_form); NULL until its words change no more
        """CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            conversation_id INTEGER NOT NULL REFERENCES conversations (id),
            who TEXT NOT NULL,
            text TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            heard_chars INTEGER,
            turn_id TEXT NOT NULL,
            clip TEXT NOT NULL,
            form TEXT
        )""",
        "CREATE INDEX messages_by_conversation ON messages (conversation_id)",
        "CREATE INDEX messages_in_flux ON messages (id) WHERE form IS NULL",
        # what the server still has to forget
        """CREATE TABLE owed (
            character_id TEXT NOT NULL,
            player_id TEXT NOT NULL,
            PRIMARY KEY (character_id, player_id)
        ) WITHOUT ROWID""",
        "CREATE TABLE marks (name TEXT PRIMARY KEY) WITHOUT ROWID",
    ),
)
"""What makes each version of the file out of the one before; version 1 out of nothing."""

STALE: Final = "stale index"
"""Marks that messages were written by a Python whose SQLite has no FTS5."""

UNPURGED: Final = "unpurged"
"""Marks, together with its number, a deletion whose words may still lie in the file."""

# ascii: words are made by search_form, SQLite has only to part them at spaces.
_INDEX: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5("
    "form, content='messages', content_rowid='id', columnsize=0, tokenize='ascii', prefix='1 2')"
)
_PROBE: Final = (
    "SELECT id, conversation_id, who, text, created_at, state, heard_chars, turn_id, clip, form "
    "FROM messages JOIN conversations USING (id) WHERE id IS NULL"
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Make the tables, or those of today out of older ones.

    Raises:
        NewerSchemaError: The file was written by a newer Heron.
        sqlite3.Error: The file is damaged, not a history, or cannot be written.
    """
    if _version(connection) != len(MIGRATIONS):
        with transaction(connection):
            version = _version(connection)  # another window may have been faster
            if version > len(MIGRATIONS):
                raise NewerSchemaError(f"version {version}, known are up to {len(MIGRATIONS)}")
            for statement in (each for step in MIGRATIONS[version:] for each in step):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute(_PROBE).fetchone()


def has_mark(connection: sqlite3.Connection, name: str) -> bool:
    """Tell whether something was marked as still to be done."""
    return connection.execute("SELECT 1 FROM marks WHERE name = ?", (name,)).fetchone() is not None


def marks(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Return the marks that begin like this."""
    rows = connection.execute(
        "SELECT name FROM marks WHERE substr(name, 1, ?) = ?", (len(beginning), beginning)
    )
    return [name for (name,) in rows]


def mark(connection: sqlite3.Connection, name: str) -> None:
    """Mark that something is still to be done."""
    connection.execute("INSERT OR IGNORE INTO marks VALUES (?)", (name,))


def unmark(connection: sqlite3.Connection, name: str) -> None:
    """Take a mark away."""
    connection.execute("DELETE FROM marks WHERE name = ?", (name,))


def prepare_index(connection: sqlite3.Connection) -> bool:
    """Make the search index ready, and return whether there is one: without FTS5 every message is read."""
    if not has_fts5(connection):
        if not has_mark(connection, STALE):
            mark(connection, STALE)
        return False
    if not has_index(connection) or has_mark(connection, STALE):
        rebuild_index(connection)
    return True


def has_index(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has a search index, whoever can read it."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'found'").fetchone() is not None


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make the search index anew out of the messages, however damaged it is."""
    try:
        connection.execute("DROP TABLE IF EXISTS found")
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        _tear_out_index(connection)
    with transaction(connection):
        connection.execute(_INDEX)
        connection.execute("INSERT INTO found(found) VALUES ('rebuild')")
        unmark(connection, STALE)


def _tear_out_index(connection: sqlite3.Connection) -> None:
    """Remove an index that SQLite cannot even open, and so not drop."""
    with transaction(connection):
        connection.execute("PRAGMA writable_schema = ON")
        try:
            connection.execute("DELETE FROM sqlite_master WHERE name = 'found'")
        finally:
            connection.execute("PRAGMA writable_schema = RESET")
        for part in ("data", "idx", "config", "docsize", "content"):
            connection.execute(f"DROP TABLE IF EXISTS found_{part}")


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite can search by an index."""
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
