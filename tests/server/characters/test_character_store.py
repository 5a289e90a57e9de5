from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.characters import character_store
from app.server.characters.character import HERON
from app.server.characters.character_store import (
    FILE_NAME,
    CharacterError,
    CharacterStore,
    NotPossible,
    NotThere,
)

PICTURE = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CharacterStore]:
    store = CharacterStore(tmp_path)
    yield store
    store.close()


def names(store: CharacterStore) -> list[str]:
    return [each.name for each in store.all()]


def test_the_default_is_there_from_the_beginning_and_made_once(tmp_path: Path, store: CharacterStore) -> None:
    assert store.get("default").name == HERON.name
    store.update("default", {"name": "Egret"})
    other = CharacterStore(tmp_path)
    assert names(other) == ["Egret"]
    other.close()


def test_a_character_is_kept_over_a_restart(tmp_path: Path, store: CharacterStore) -> None:
    made = store.create("a", {"name": "Ada", "avatar": PICTURE, "actions": [{"name": "wave"}]})
    assert (made.id, made.name, made.avatar, made.tts_speed) == ("a", "Ada", PICTURE, 1.0)
    store.close()
    again = CharacterStore(tmp_path)
    assert again.get("a") == made
    again.close()


def test_only_what_is_named_changes(store: CharacterStore) -> None:
    made = store.create("a", {"name": "Ada", "avatar": PICTURE})
    changed = store.update("a", {"tts_speed": 1.5})
    assert (changed.name, changed.avatar, changed.tts_speed) == ("Ada", PICTURE, 1.5)
    assert changed.created_at == made.created_at
    assert changed.updated_at is not None
    assert made.updated_at is not None
    assert changed.updated_at >= made.updated_at
    assert store.get("a") == changed


def test_they_come_in_the_order_they_were_made_in_pages(store: CharacterStore) -> None:
    for name in "abc":
        store.create(name, {"name": name, "avatar": PICTURE})
    page, total = store.page(2, 1)
    assert ([each.name for each in page], total) == (["a", "b"], 4)
    assert page[0].avatar == PICTURE
    assert store.page(2, 9) == ([], 4)
    assert {each.avatar for each in store.all()} == {None}


def test_a_deleted_one_is_gone_from_the_disk(tmp_path: Path, store: CharacterStore) -> None:
    store.create("a", {"name": "xylophonequartz"})
    store.delete("a")
    assert names(store) == ["Heron"]
    assert not any(b"xylophonequartz" in file.read_bytes() for file in tmp_path.glob(f"{FILE_NAME}*"))
    for missing in (lambda: store.delete("a"), lambda: store.get("a"), lambda: store.update("a", {})):
        with pytest.raises(NotThere, match=r"^There is no character “a” here\.$"):
            missing()


def test_the_default_cannot_be_deleted(store: CharacterStore) -> None:
    with pytest.raises(NotPossible, match=r"comes with Heron and cannot be deleted\. Change it instead\."):
        store.delete("default")
    assert names(store) == ["Heron"]


def test_there_are_not_too_many(store: CharacterStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(character_store, "MOST_CHARACTERS", 2)
    store.create("a", {"name": "a"})
    with pytest.raises(NotPossible, match=r"^There are 2 characters\. Delete one first\.$"):
        store.create("b", {"name": "b"})
    assert names(store) == ["Heron", "a"]


def test_another_program_s_changes_can_be_noticed(tmp_path: Path, store: CharacterStore) -> None:
    before = store.version()
    assert store.version() == before
    other = CharacterStore(tmp_path)
    other.create("a", {"name": "Ada"})
    other.close()
    assert store.version() != before
    assert names(store) == ["Heron", "Ada"]


def test_one_that_cannot_be_read_is_still_there(tmp_path: Path, store: CharacterStore) -> None:
    store.create("a", {"name": "Ada", "avatar": PICTURE})
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("""UPDATE characters SET document = '{"name": 5}' WHERE id = 'a'""")
    other.close()
    found = store.get("a")
    assert (found.id, found.name, found.avatar) == ("a", HERON.name, PICTURE)
    store.delete("a")
    assert names(store) == ["Heron"]


def test_a_damaged_file_is_kept_aside_and_the_default_is_there_again(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, but someone's words")
    store = CharacterStore(tmp_path)
    assert names(store) == ["Heron"]
    store.close()
    assert (tmp_path / "characters.damaged-1.sqlite3").exists()


def test_a_file_that_fails_gets_a_sentence(tmp_path: Path, store: CharacterStore) -> None:
    with pytest.raises(CharacterError, match="Make its folder writable"):
        CharacterStore(tmp_path / "missing")
    store.close()
    with pytest.raises(CharacterError, match="cannot be read or written just now"):
        store.all()
