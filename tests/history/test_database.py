from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from app.history import rows, schema
from app.history.database import Database, ReadingDatabase
from tests.history.samples import conversation, database, message


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "with space & #%" / "h.sqlite3"


@pytest.fixture(autouse=True)
def folder(file: Path) -> None:
    file.parent.mkdir()


def put(kept: Database, *numbers: int) -> None:
    entries = [(message(number), conversation()) for number in numbers]
    kept.run(lambda base: rows.write(base, entries, has_index=kept.has_index))


def numbers(base: sqlite3.Connection) -> list[int]:
    return [number for (number,) in base.execute("SELECT id FROM messages ORDER BY id")]


def asides(file: Path) -> list[str]:
    return sorted(side.name for side in file.parent.iterdir() if ".sqlite3." in side.name)


def test_the_file_is_made_private_with_the_write_ahead_log_and_secure_delete(file: Path) -> None:
    kept = database(file)
    put(kept, 1)
    for side in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        assert stat.S_IMODE(side.stat().st_mode) == 0o600

    def pragma(name: str) -> object:
        return kept.run(lambda base: base.execute(f"PRAGMA {name}").fetchone()[0])

    assert pragma("journal_mode") == "wal"
    assert pragma("secure_delete") == 1
    assert pragma("foreign_keys") == 1
    assert pragma("synchronous") == 1
    assert pragma("busy_timeout") == 5000
    assert pragma("temp_store") == 2
    kept.close()
    kept.close()
    assert not file.with_name(f"{file.name}-wal").exists()


def test_a_reader_sees_what_was_written_and_writes_nothing(file: Path) -> None:
    kept, reading = database(file), ReadingDatabase(file)
    put(kept, 1, 2)
    assert reading.run(numbers) == [1, 2]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.run(lambda base: base.execute("DELETE FROM messages"))
    reading.close()
    kept.close()


def test_a_reader_makes_no_file(file: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        ReadingDatabase(file).run(numbers)
    assert not file.exists()


@pytest.mark.parametrize(
    "content",
    [b"this is no database, but long enough to be read as one" * 90, b"SQLite format 3\0" + b"\xff" * 9000],
)
def test_a_file_that_is_no_database_is_put_aside_with_a_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    told: list[str] = []
    kept = database(file, told)
    put(kept, 1)
    (aside,) = asides(file)
    assert aside.startswith("h.sqlite3.damaged-")
    assert (file.parent / aside).read_bytes() == content
    assert told == [
        f"The history in {file} is damaged, so a new one was begun. The old file was kept as {aside}."
    ]
    assert kept.run(numbers) == [1]
    kept.close()


def test_tables_of_another_program_are_put_aside(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE messages (id, mail)")
    other.close()
    told: list[str] = []
    kept = database(file, told)
    put(kept, 1)
    assert len(asides(file)) == 1
    assert len(told) == 1
    kept.close()


def test_a_file_of_a_newer_heron_is_put_aside_whole(file: Path) -> None:
    kept = database(file)
    put(kept, 1)
    kept.run(lambda base: base.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}"))
    kept.close()
    told: list[str] = []
    kept = database(file, told)
    assert kept.run(numbers) == []
    (aside,) = asides(file)
    assert len(told) == 1
    assert told[0].startswith(f"The history in {file} was written by a newer Heron, so a new one was begun.")
    assert told[0].endswith(f"The old file was kept as {aside}.")
    assert aside.startswith("h.sqlite3.newer-")
    newer = ReadingDatabase(file.with_name(aside))
    assert newer.run(numbers) == [1]
    newer.close()
    kept.close()


def test_two_files_put_aside_in_one_second_are_both_kept(file: Path) -> None:
    for _ in range(3):
        file.write_bytes(b"no database" * 500)
        kept = database(file)
        put(kept, 1)
        kept.close()
    assert len(asides(file)) == 3


def test_a_file_damaged_while_it_is_open_is_put_aside_when_that_shows(file: Path) -> None:
    told: list[str] = []
    let_go: list[bool] = []
    kept = Database(file, told.append, lambda: let_go.append(file.exists()))
    put(kept, *range(1, 500))
    kept.run(lambda base: base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (size - 4096))
    kept.run(lambda base: base.execute("PRAGMA shrink_memory"))
    put(kept, 1000)
    assert kept.run(numbers) == [1000]
    assert let_go == [True], "the reader closes the file before it is renamed"
    assert len(told) == 1
    assert len(asides(file)) == 1
    kept.close()


@pytest.mark.parametrize("segment", [10, 11])  # what describes the index; the words in it and all after
def test_an_index_that_is_damaged_alone_is_made_anew(file: Path, segment: int) -> None:
    told: list[str] = []
    kept = database(file, told)
    put(kept, 1, 2, 3)
    kept.run(lambda base: base.execute("DELETE FROM found_data WHERE id >= ?", (segment,)))
    kept.close()

    def found(base: sqlite3.Connection) -> list[int]:
        query = "SELECT rowid FROM found WHERE found MATCH 'morning' ORDER BY rowid"
        return [number for (number,) in base.execute(query)]

    assert kept.run(found) == [1, 2, 3]
    assert kept.run(numbers) == [1, 2, 3]
    assert told == []
    assert asides(file) == []
    kept.close()


def test_a_file_that_somebody_else_has_replaced_is_left_for_the_new_one(file: Path) -> None:
    one, other = database(file), ReadingDatabase(file)
    put(one, 1)
    assert other.run(numbers) == [1]
    file.rename(file.with_name("moved"))
    for side in ("-wal", "-shm"):
        file.with_name(f"{file.name}{side}").rename(file.with_name(f"moved{side}"))
    put(one, 2)
    assert one.run(numbers) == [2]
    assert other.run(numbers) == [2]
    one.close()
    other.close()


def test_a_full_disk_is_no_damage(file: Path) -> None:
    told: list[str] = []
    kept = database(file, told)
    put(kept, 1)
    kept.run(lambda base: base.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(sqlite3.OperationalError, match="full"):
        put(kept, *range(2, 3000))
    assert kept.run(numbers) == [1]
    kept.run(lambda base: base.execute("PRAGMA max_page_count = 1000000"))
    put(kept, 2)
    assert kept.run(numbers) == [1, 2]
    assert told == []
    kept.close()


def test_many_windows_may_make_the_file_at_once(file: Path) -> None:
    problems: list[BaseException] = []
    start = threading.Barrier(6)

    def make(number: int) -> None:
        try:
            kept = database(file)
            start.wait()
            put(kept, number)
            kept.close()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    kept = database(file)
    assert kept.run(numbers) == [1, 2, 3, 4, 5, 6]
    kept.close()
    assert asides(file) == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        database(tmp_path / "nowhere" / "h.sqlite3").run(numbers)
