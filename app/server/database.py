"""An SQLite file of the server: private to its user, and replaced by a new one when it is damaged."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

_BUSY_S: Final = 1.0
"""Seconds to wait for another program that writes."""

_SIDE_FILES: Final = ("", "-wal", "-shm")
_DAMAGED: Final = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,
}  # the last: another schema


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file holds.

    Attributes:
        title: What the file is called in the log: ``memory file``.
        schema: Makes the tables where there are none.
        probe: A query that fails where the tables are others.
    """

    title: str
    schema: str
    probe: str


class Database:
    """A file in WAL mode. A damaged one, at the start or later, is kept under another name.

    For use in one thread; calls take milliseconds. The owner calls `close` at the end.

    Args:
        path: The file, which is made if it is not there.
        layout: What it holds.

    Raises:
        sqlite3.Error: It cannot be opened or made.
        OSError: The same.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path = path
        self._layout = layout
        self.connection = self._open()

    def run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Do ``work``; on a damaged file do it again with a new one.

        Raises:
            sqlite3.Error: It failed for another reason.
            OSError: The damaged file cannot be replaced.
        """
        try:
            return work(self.connection)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self.connection.close()
            self._set_aside(error)
            self.connection = self._open()
            return work(self.connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._set_aside(error)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)  # SQLite gives its side files the same mode
        connection = sqlite3.connect(self._path, timeout=_BUSY_S)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _damage("the quick check found errors")
            connection.executescript(self._layout.schema)
            connection.execute(self._layout.probe).fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self, error: sqlite3.Error) -> None:
        """Give the damaged file and its side files a name that is free."""
        number = 1
        while (
            kept := self._path.with_name(f"{self._path.stem}.damaged-{number}{self._path.suffix}")
        ).exists():
            number += 1
        for side in _SIDE_FILES:
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self._path}{side}").rename(f"{kept}{side}")
        _log.warning(
            "The %s was damaged (%s). It is kept as %s, and a new one was made.",
            self._layout.title,
            error,
            kept.name,
        )


def _damage(text: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(text)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _DAMAGED
