from __future__ import annotations

import logging
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.database import Database, Layout

LAYOUT = Layout(
    "file of the tests",
    "CREATE TABLE IF NOT EXISTS words (word TEXT); INSERT INTO words VALUES ('first');",
    "SELECT word FROM words LIMIT 1",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "words.sqlite3"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(file, LAYOUT)
    yield database
    database.close()


def words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words")]


def test_a_new_file_is_private_and_has_what_its_layout_says(file: Path, database: Database) -> None:
    assert database.run(words) == ["first"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert database.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_work_on_a_file_that_is_damaged_is_done_on_a_new_one(
    file: Path, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.write_bytes(b"\xa5" * file.stat().st_size)
    database.connection.execute("PRAGMA shrink_memory")
    with caplog.at_level(logging.WARNING):
        assert database.run(words) == ["first"]
    assert file.with_name("words.damaged-1.sqlite3").read_bytes().startswith(b"\xa5")
    assert "The file of the tests was damaged" in caplog.text
    assert "words.damaged-1.sqlite3" in caplog.text


def test_a_file_of_something_else_is_kept_aside(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE words (number INTEGER)")
    other.close()
    database = Database(file, LAYOUT)
    assert database.run(words) == ["first"]
    database.close()
    assert file.with_name("words.damaged-1.sqlite3").exists()


def test_other_failures_come_out(database: Database) -> None:
    def breaks(connection: sqlite3.Connection) -> None:
        raise sqlite3.IntegrityError("no")

    with pytest.raises(sqlite3.IntegrityError):
        database.run(breaks)
    assert database.run(words) == ["first"]
