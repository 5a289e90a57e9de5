"""The SQLite file of a history: opened when it is needed, private to its user, renewed when it is damaged."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from app.core.translation import translate
from app.history import schema
from app.history.history_error import NewerSchemaError, is_damage

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

BUSY_MS: Final = 5000
"""Milliseconds to wait for another window that writes."""

_SIDE_FILES: Final = ("", "-wal", "-shm")


class Database:
    """The connection that writes. For use in one thread, whose owner calls `close` at the end.

    A file that is damaged or was written by a newer Heron is put aside under a name that says so, and a new
    one is begun. Where another program has put it aside or removed it, the new one is used.

    Args:
        file: The file, made if it is not there.
        tell: Gets a sentence about a file that was put aside.
        let_go: Is called before that: whoever else has opened the file in this process has to close it.
    """

    def __init__(self, file: Path, tell: Callable[[str], None], let_go: Callable[[], None]) -> None:
        self.file = file
        self._tell = tell
        self._let_go = let_go
        self._connection: sqlite3.Connection | None = None
        self._file_number = 0
        self.has_index = False
        """Whether the search index is kept up with the messages."""

    def run(self, work: Work[Result]) -> Result:
        """Do ``work``; on a damaged file do it again with what could be mended, or with a new one.

        Raises:
            sqlite3.Error: It failed, or the file cannot be opened.
            OSError: The same.
        """
        try:
            return work(self._opened())
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self.mend()
            return work(self._opened())

    def mend(self) -> None:
        """Make the search index anew where only that is damaged; else put the file aside.

        Raises:
            sqlite3.Error: Neither is possible just now.
            OSError: The file cannot be put aside.
        """
        self.close()
        if not _is_sound(self.file):
            self._put_aside(is_damaged=True)
            return
        with suppress(sqlite3.DatabaseError):
            schema.rebuild_index(self._opened())
            return
        self._put_aside(is_damaged=True)

    def close(self) -> None:
        """Close the file, if it is open."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is not None and _number(self.file) != self._file_number:
            self.close()
        if self._connection is None:
            try:
                connection = self._connect()
            except NewerSchemaError:
                self._put_aside(is_damaged=False)
                connection = self._connect()
            except sqlite3.DatabaseError as error:
                # Tables that are not ours are an SQLITE_ERROR.
                if not is_damage(error) and getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR:
                    raise
                self._put_aside(is_damaged=True)
                connection = self._connect()
            self._connection, self._file_number = connection, _number(self.file)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        _make(self.file)
        connection = sqlite3.connect(self.file, timeout=BUSY_MS / 1000, isolation_level=None)
        try:
            connection.execute("PRAGMA temp_store = MEMORY")  # no words in files elsewhere
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA user_version").fetchone()  # a file that is no database fails here
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            schema.upgrade(connection)
            self.has_index = schema.prepare_index(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_aside(self, *, is_damaged: bool) -> None:
        self._let_go()
        kind = "damaged" if is_damaged else "newer"
        aside = self.file.with_name(f"{self.file.name}.{kind}-{datetime.now():%Y%m%d-%H%M%S}")
        if aside.exists():
            aside = aside.with_name(f"{aside.name}-{secrets.token_hex(2)}")
        for side in _SIDE_FILES:
            with suppress(FileNotFoundError):
                Path(f"{self.file}{side}").rename(f"{aside}{side}")
        if is_damaged:
            told = translate(
                "History",
                "The history in {file} is damaged, so a new one was begun. The old file was kept as {aside}.",
            )
        else:
            told = translate(
                "History",
                "The history in {file} was written by a newer Heron, so a new one was begun. "
                "The old file was kept as {aside}.",
            )
        self._tell(told.format(file=self.file, aside=aside.name))


class ReadingDatabase:
    """A connection that only reads, beside the one that writes. For use in one thread.

    Args:
        file: A file that `Database` has opened before.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._file_number = 0

    def run(self, work: Work[Result]) -> Result:
        """Do ``work``.

        Raises:
            sqlite3.Error: It failed, or the file cannot be opened.
        """
        if self._connection is not None and _number(self._file) != self._file_number:
            self.close()
        if self._connection is None:
            number = _number(self._file)
            self._connection = _reader(self._file)
            self._file_number = number
        return work(self._connection)

    def close(self) -> None:
        """Close the file, if it is open."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _make(file: Path) -> None:
    """Make the file, if it is not there, private to its user; SQLite gives its side files the same mode.

    One that is there is not even opened: to close it again would end the locks of this process on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _reader(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.as_uri()}?mode=rw", uri=True, timeout=BUSY_MS / 1000, isolation_level=None
    )
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite does not wait for another window with that."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _is_sound(file: Path) -> bool:
    """Tell whether SQLite finds nothing wrong in the file, the search index apart."""
    try:
        connection = _reader(file)
    except sqlite3.Error:
        return False
    try:
        found: tuple[str] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return False
    else:
        return found == ("ok",)
    finally:
        connection.close()


def _number(file: Path) -> int:
    """Return what tells a file from another one that later gets its name; 0 for no file."""
    try:
        return file.stat().st_ino
    except FileNotFoundError:
        return 0
