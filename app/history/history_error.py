"""What can go wrong with the history, in words for the person."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.core.errors import UserError
from app.core.translation import translate


class HistoryError(UserError):
    """The history cannot be read, written, deleted or exported; the message is a sentence to show."""


class NewerSchemaError(sqlite3.DatabaseError):
    """The file was written by a newer Heron."""


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the content of the file is broken, rather than that it cannot be used just now."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def explained(error: sqlite3.Error | OSError, file: Path) -> HistoryError:
    """Return the error to raise for one of SQLite or of the operating system: what happened, what to do."""
    why = str(error)
    if isinstance(error, OSError):
        why, text = error.strerror or why, _unusable()
    else:
        text = _sentence(_code(error))
    return HistoryError(text.format(file=file, why=why))


def _sentence(code: int | None) -> str:
    match code:
        case sqlite3.SQLITE_FULL:
            return translate(
                "History", "The disk is full, so the history in {file} is not written. Make room on the disk."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return translate(
                "History", "Another program holds the history in {file}. Close it, or try again in a moment."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return translate(
                "History",
                "The history in {file} is damaged. Close all windows of Heron, then start it again.",
            )
    return _unusable()


def _unusable() -> str:
    return translate(
        "History",
        "The history in {file} cannot be used ({why}). Check the permissions of the file and of its folder.",
    )


def _code(error: sqlite3.Error) -> int | None:
    """Return SQLite's primary result code, without what it is more exactly."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
