from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.history import rows, schema
from app.history.history_error import NewerSchemaError
from tests.history.samples import conversation, database, message


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "h.sqlite3", isolation_level=None)) as opened:
        yield opened


def found(base: sqlite3.Connection, word: str) -> list[int]:
    rows = base.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY 1", (word,))
    return [number for (number,) in rows]


def test_an_empty_file_gets_the_tables_and_their_version(base: sqlite3.Connection) -> None:
    schema.upgrade(base)
    assert base.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
    schema.upgrade(base)
    assert schema.prepare_index(base)
    assert schema.prepare_index(base)


def test_an_older_file_gets_what_is_new_and_keeps_what_it_has(
    base: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.upgrade(base)
    schema.prepare_index(base)
    rows.write(base, [(message(5), conversation())], has_index=True)
    later = (*schema.MIGRATIONS, ("ALTER TABLE messages ADD COLUMN mood TEXT", "CREATE TABLE moods (name)"))
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    schema.upgrade(base)
    assert base.execute("PRAGMA user_version").fetchone() == (len(later),)
    assert base.execute("SELECT id, mood FROM messages").fetchall() == [(5, None)]
    assert base.execute("SELECT * FROM moods").fetchall() == []


def test_a_step_that_fails_leaves_the_file_as_it_was(
    base: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.upgrade(base)
    version = len(schema.MIGRATIONS)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE moods (name)", "NONSENSE")))
    with pytest.raises(sqlite3.OperationalError, match="NONSENSE"):
        schema.upgrade(base)
    assert base.execute("PRAGMA user_version").fetchone() == (version,)
    assert base.execute("SELECT 1 FROM sqlite_master WHERE name = 'moods'").fetchone() is None


def test_a_file_of_a_newer_heron_is_refused(base: sqlite3.Connection) -> None:
    base.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    with pytest.raises(NewerSchemaError, match="version"):
        schema.upgrade(base)
    assert base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_other_tables_are_no_history(base: sqlite3.Connection) -> None:
    base.execute("CREATE TABLE messages (id)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        schema.upgrade(base)


def test_marks_are_put_once_and_found_by_their_beginning(base: sqlite3.Connection) -> None:
    schema.upgrade(base)
    for name in ("unpurged 1", "unpurged 2", "unpurged 1", "other"):
        schema.mark(base, name)
    assert schema.marks(base, "unpurged") == ["unpurged 1", "unpurged 2"]
    schema.unmark(base, "unpurged 1")
    assert schema.marks(base, "unpurged") == ["unpurged 2"]
    assert schema.has_mark(base, "other")
    assert not schema.has_mark(base, "unpurged")


def test_an_index_that_missed_messages_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the window is run once by a Python whose SQLite has no FTS5."""
    file = tmp_path / "h.sqlite3"
    kept = database(file)
    kept.run(lambda base: rows.write(base, [(message(1, "one"), conversation())], has_index=True))
    kept.close()
    with monkeypatch.context() as without:
        without.setattr(schema, "has_fts5", lambda _: False)
        kept = database(file)
        kept.run(
            lambda base: rows.write(
                base,
                [(message(2, "two"), None), (message(3, "one"), conversation())],
                has_index=kept.has_index,
            )
        )
        assert not kept.has_index
        kept.close()
    kept = database(file)
    assert kept.run(lambda base: found(base, "one")) == [1, 3]
    assert kept.has_index
    assert not kept.run(lambda base: schema.has_mark(base, schema.STALE))
    kept.close()


def test_this_python_has_an_index(base: sqlite3.Connection) -> None:
    assert schema.has_fts5(base)
