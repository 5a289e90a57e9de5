from __future__ import annotations

import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.replies.words import words_of
from app.server.store import FILE_NAME, LONGEST_FACT, MOST_FACTS, Store, StoreError

ANNA = ("heron", "anna")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


def words(store: Store, player: tuple[str, str] = ANNA) -> list[str]:
    return [fact.words for fact in store.facts(*player)]


def test_remembers_per_character_and_player(store: Store) -> None:
    store.remember(*ANNA, "my bike is in the garage")
    store.remember("heron", "bert", "my bike is blue")
    store.remember("other", "anna", "my bike is lost")
    assert words(store) == ["my bike is in the garage"]
    assert words(store, ("heron", "bert")) == ["my bike is blue"]
    assert words(store, ("other", "anna")) == ["my bike is lost"]
    assert words(store, ("other", "bert")) == []


def test_lists_the_latest_first_and_the_same_words_once(store: Store) -> None:
    for fact in ("one", "two", "one"):
        store.remember(*ANNA, fact)
    assert words(store) == ["one", "two"]


def test_keeps_what_it_was_told_over_a_restart(tmp_path: Path, store: Store) -> None:
    store.remember(*ANNA, "  My bike\nis in   the GARAGE ")
    store.close()
    again = Store(tmp_path)
    assert words(again) == ["My bike is in the GARAGE"]
    again.close()


def test_keeps_what_it_was_told_when_it_was_never_closed(tmp_path: Path, store: Store) -> None:
    store.remember(*ANNA, "my bike is in the garage")
    other = Store(tmp_path)
    assert words(other) == ["my bike is in the garage"]
    other.close()


def test_words_that_cannot_be_written_are_replaced(store: Store) -> None:
    store.remember(*ANNA, "a \ud800 b")
    assert words(store) == ["a ? b"]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("where is my bike", "my bike is in the garage"),
        ("what is my bike lock code", "my bike lock has the code four two"),
        ("where did i park the car", "i parked the car on elm street"),
        ("where is my hat", None),
        ("where is it", None),
    ],
)
def test_recalls_by_words(store: Store, question: str, fact: str | None) -> None:
    for told in (
        "i parked the car on elm street",
        "my bike is in the garage",
        "my bike lock has the code four two",
    ):
        store.remember(*ANNA, told)
    found = store.recall(*ANNA, words_of(question))
    assert (found.words if found else None) == fact


def test_recalls_the_later_of_two(store: Store) -> None:
    store.remember(*ANNA, "my bike is in the garage")
    store.remember(*ANNA, "my bike is at the station")
    found = store.recall(*ANNA, words_of("where is my bike"))
    assert found is not None
    assert found.words == "my bike is at the station"


def test_recalls_only_what_is_like_enough(store: Store) -> None:
    store.remember(*ANNA, "my bike is in the garage")
    question = words_of("where is my bike lock")
    assert store.recall(*ANNA, question) is not None
    assert store.recall(*ANNA, question, at_least=0.6) is None


def test_forgets_one_and_all(store: Store) -> None:
    one, two, three = (store.remember(*ANNA, fact) for fact in ("one", "two", "three"))
    store.forget(*ANNA, two)
    store.forget(*ANNA, two)
    assert words(store) == ["three", "one"]
    store.forget(*ANNA, one, three)
    assert words(store) == []


def test_forgets_nothing_of_another_player(store: Store) -> None:
    fact = store.remember(*ANNA, "one")
    store.forget("heron", "bert", fact)
    assert words(store) == ["one"]


def test_what_is_forgotten_is_gone_from_the_disk(tmp_path: Path, store: Store) -> None:
    fact = store.remember(*ANNA, "xylophonequartz")
    assert any(b"xylophonequartz" in file.read_bytes() for file in tmp_path.glob(f"{FILE_NAME}*"))
    store.forget(*ANNA, fact)
    assert not any(b"xylophonequartz" in file.read_bytes() for file in tmp_path.glob(f"{FILE_NAME}*"))


@pytest.mark.parametrize(
    ("fact", "part"), [("", "nothing"), (" \n ", "nothing"), ("x" * (LONGEST_FACT + 1), "too long")]
)
def test_refuses_with_a_sentence(store: Store, fact: str, part: str) -> None:
    with pytest.raises(StoreError, match=part):
        store.remember(*ANNA, fact)
    assert words(store) == []


def test_refuses_one_too_many(store: Store) -> None:
    for number in range(MOST_FACTS):
        store.remember(*ANNA, f"fact {number}")
    with pytest.raises(StoreError, match="forget something"):
        store.remember(*ANNA, "one more")
    store.remember("heron", "bert", "one more")
    assert len(words(store)) == MOST_FACTS


def test_only_its_user_can_read_it(tmp_path: Path, store: Store) -> None:
    store.remember(*ANNA, "my bike is in the garage")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob(f"{FILE_NAME}*")}
    assert set(modes.values()) == {
        0o600 if os.name == "posix" else 0o666
    }  # Windows guards the folder instead
    assert FILE_NAME in modes


def test_all_that_was_told_to_a_character_can_be_erased(tmp_path: Path, store: Store) -> None:
    for player in (ANNA, ("heron", "bert"), ("other", "anna")):
        store.remember(*player, "xylophonequartz")
    assert store.erase("heron", "bert") == 1
    assert words(store) == ["xylophonequartz"]
    assert words(store, ("heron", "bert")) == []
    store.remember("heron", "bert", "two")
    assert store.erase("heron") == 2
    assert store.erase("heron") == 0
    assert words(store) == words(store, ("heron", "bert")) == []
    assert words(store, ("other", "anna")) == ["xylophonequartz"]
    assert store.erase("other") == 1
    assert not any(b"xylophonequartz" in file.read_bytes() for file in tmp_path.glob(f"{FILE_NAME}*"))


def damaged_files(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob("*.damaged-*")) if file.suffix == ".sqlite3"]


@pytest.mark.parametrize(
    "content", [b"this is no database, but someone's words", b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_file_that_is_no_database_is_kept_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        store = Store(tmp_path)
    store.remember(*ANNA, "my bike is in the garage")
    assert words(store) == ["my bike is in the garage"]
    store.close()
    assert damaged_files(tmp_path) == [content]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "memory.damaged-1.sqlite3" in caplog.text


def test_a_database_with_overwritten_pages_is_kept_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = Store(tmp_path)
    for number in range(200):
        first.remember(*ANNA, f"fact {number} " + "x" * 300)
    first.close()
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xa5" * (40960 - 8192)
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        store = Store(tmp_path)
    assert words(store) == []
    store.close()
    assert damaged_files(tmp_path) == [bytes(content)]
    assert "damaged" in caplog.text


def test_a_database_of_something_else_is_kept_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE facts (something TEXT)")
        other.execute("INSERT INTO facts VALUES ('precious')")
    other.close()
    store = Store(tmp_path)
    store.remember(*ANNA, "one")
    store.close()
    assert [b"precious" in content for content in damaged_files(tmp_path)] == [True]


def test_every_damaged_file_is_kept(tmp_path: Path) -> None:
    for content in (b"first " * 100, b"second " * 100):
        (tmp_path / FILE_NAME).write_bytes(content)
        Store(tmp_path).close()
    assert damaged_files(tmp_path) == [b"first " * 100, b"second " * 100]


def test_damage_while_it_runs_is_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store(tmp_path)
    store.remember(*ANNA, "one")
    store._database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / FILE_NAME
    file.write_bytes(b"\xa5" * file.stat().st_size)
    with caplog.at_level(logging.WARNING):
        store._database.connection.execute("PRAGMA cache_size = 0")
        store._database.connection.execute("PRAGMA shrink_memory")
        assert words(store) == []
    store.remember(*ANNA, "two")
    assert words(store) == ["two"]
    store.close()
    assert len(damaged_files(tmp_path)) == 1
    assert "damaged" in caplog.text


def test_a_file_that_is_busy_gets_a_sentence_and_no_hang(
    tmp_path: Path, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="does not answer just now"):
        store.remember(*ANNA, "one")
    other.execute("ROLLBACK")
    other.close()
    store.remember(*ANNA, "two")
    assert words(store) == ["two"]
    assert damaged_files(tmp_path) == []


def test_a_folder_that_cannot_be_used_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot use"):
        Store(tmp_path / "missing")
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError, match="cannot use"):
        Store(tmp_path)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="does not answer"):
        store.facts(*ANNA)
