"""What the character was told and keeps: facts, in one database file."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.core.errors import UserError
from app.server.database import Database, Layout
from app.server.replies.likeness import likeness
from app.server.replies.words import Words

FILE_NAME = "memory.sqlite3"
"""Name of the database file in the folder given."""

MOST_FACTS = 500
"""How many facts are kept per character and player."""

LONGEST_FACT = 500
"""How many characters a fact may have."""

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS facts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        character_id TEXT NOT NULL,
        player_id TEXT NOT NULL,
        words TEXT NOT NULL,
        UNIQUE (character_id, player_id, words)
    );
    PRAGMA user_version = 1;
"""
_LAYOUT = Layout("memory file", _SCHEMA, "SELECT number, character_id, player_id, words FROM facts LIMIT 1")


class StoreError(UserError):
    """A fact cannot be kept, read or forgotten; the message is a sentence to say or show."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a player told.

    Attributes:
        number: Names it within the store; the larger, the later it was told.
        words: The player's own words.
    """

    number: int
    words: str


class Store:
    """Facts per character and player in an SQLite file that only its user can read.

    A file that is damaged, at the start or later, is kept under another name, a new one is made, and a
    warning is logged. For use in one thread; calls take milliseconds. The owner calls `close` at the end.

    Args:
        folder: Where the file lies or is made.

    Raises:
        StoreError: The file cannot be opened or made.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE_NAME
        try:
            self._database = Database(path, _LAYOUT)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"Heron cannot use {path} for its memory ({error}). Make its folder writable."
            ) from error

    def remember(self, character_id: str, player_id: str, words: str) -> Fact:
        """Keep ``words``; told a second time they count as told just now.

        Raises:
            StoreError: They are empty or too long, there are too many already, or the file fails.
        """
        words = " ".join(words.encode(errors="replace").decode().split())
        if not words:
            raise StoreError("There is nothing to remember in that.")
        if len(words) > LONGEST_FACT:
            raise StoreError(f"That is too long for me. I can remember at most {LONGEST_FACT} characters.")
        if len(self.facts(character_id, player_id)) >= MOST_FACTS:
            raise StoreError(f"I remember {MOST_FACTS} things already. Tell me to forget something first.")

        def insert(connection: sqlite3.Connection) -> Fact:
            row = (character_id, player_id, words)
            with connection:
                cursor = connection.execute(
                    "INSERT OR REPLACE INTO facts (character_id, player_id, words) VALUES (?, ?, ?)", row
                )
            return Fact(cursor.lastrowid or 0, words)

        return self._run(insert)

    def facts(self, character_id: str, player_id: str) -> list[Fact]:
        """Return all facts, the one told last first.

        Raises:
            StoreError: The file fails.
        """

        def select(connection: sqlite3.Connection) -> list[Fact]:
            rows = connection.execute(
                "SELECT number, words FROM facts WHERE character_id = ? AND player_id = ? "
                "ORDER BY number DESC",
                (character_id, player_id),
            )
            return [Fact(number, words) for number, words in rows]

        return self._run(select)

    def recall(
        self, character_id: str, player_id: str, question: Words, at_least: float = 0.5
    ) -> Fact | None:
        """Return the fact that shares the most with ``question``, the later one of equals.

        Args:
            question: The words asked with.
            at_least: The share of the question's meaningful words that must occur in the fact.

        Raises:
            StoreError: The file fails.
        """
        best, best_score = None, (0.0, 0.0)
        for fact in self.facts(character_id, player_id):
            score = likeness(question, fact.words)
            if score > best_score:
                best, best_score = fact, score
        return best if best_score[0] >= at_least else None

    def forget(self, character_id: str, player_id: str, *facts: Fact) -> None:
        """Delete ``facts`` for good, from the file too; one that is gone already is passed over.

        Raises:
            StoreError: The file fails.
        """
        rows = [(fact.number, character_id, player_id) for fact in facts]

        def delete(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany(
                    "DELETE FROM facts WHERE number = ? AND character_id = ? AND player_id = ?", rows
                )
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._run(delete)

    def erase(self, character_id: str, player_id: str | None = None) -> int:
        """Delete all that was told to a character for good, and return how many facts that were.

        Args:
            character_id: The character.
            player_id: Whose facts; None for everybody's.

        Raises:
            StoreError: The file fails.
        """

        def delete(connection: sqlite3.Connection) -> int:
            with connection:
                cursor = connection.execute(
                    "DELETE FROM facts WHERE character_id = ?1 AND (?2 IS NULL OR player_id = ?2)",
                    (character_id, player_id),
                )
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return cursor.rowcount

        return self._run(delete)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        try:
            return self._database.run(work)
        except (sqlite3.Error, OSError) as error:
            _log.warning("The memory of the character failed: %s", error)
            raise StoreError("My memory does not answer just now. Please try again in a moment.") from error
