"""What can go wrong with the history, in words for the person."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.core.errors import UserError


class HistoryError(UserError):
    """The history cannot be read, written, deleted or exported; the message is a sentence to show."""


class NewerSchemaError(sqlite3.DatabaseError):
    """The file was written by a newer Heron."""


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the content of the file is broken, rather than that it cannot be used just now."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def explained(error: sqlite3.Error | OSError, file: Path) -> HistoryError:
    """Return the error to raise for one of SQLite or of the operating system: what happened, what to do."""
    if isinstance(error, OSError):
        return HistoryError(
            f"The history in {file} cannot be used ({error.strerror or error}). "
            "Check the permissions of the file and of its folder."
        )
    match _code(error):
        case sqlite3.SQLITE_FULL:
            text = f"The disk is full, so the history in {file} is not written. Make room on the disk."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            text = f"Another program holds the history in {file}. Close it, or try again in a moment."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            text = f"The history in {file} is damaged. Close all windows of Heron, then start it again."
        case _:
            text = (
                f"The history in {file} cannot be used ({error}). "
                "Check the permissions of the file and of its folder."
            )
    return HistoryError(text)


def _code(error: sqlite3.Error) -> int | None:
    """Return SQLite's primary result code, without what it is more exactly."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
