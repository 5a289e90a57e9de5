from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.history import rows
from app.history.conversation_record import Partner
from app.history.database import Database
from app.history.message import Message, MessageState, Who
from tests.history.samples import conversation, database, message


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "h.sqlite3")
    yield opened
    opened.close()


def write(kept: Database, *messages: Message, is_new: bool = True) -> None:
    entries = [(each, conversation() if is_new else None) for each in messages]
    kept.run(lambda base: rows.write(base, entries, has_index=True))


def all_of(kept: Database) -> list[Message]:
    query = f"SELECT {rows.MESSAGE} FROM messages ORDER BY id"  # noqa: S608
    return kept.run(lambda base: [rows.message_of(row) for row in base.execute(query)])


def found(kept: Database, word: str) -> list[int]:
    def look(base: sqlite3.Connection) -> list[int]:
        hits = base.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", (f'"{word}"',))
        return [number for (number,) in hits]

    return kept.run(look)


def test_a_message_is_read_as_it_was_written(kept: Database) -> None:
    messages = [
        message(1, "Hé 👍🏽\n\x00 שלום", who=Who.PERSON),
        message(2, "a" * 100_000, who=Who.CHARACTER, state=MessageState.INTERRUPTED, heard_chars=7),
        message(3, "", who=Who.NOTICE, turn_id="turn", clip="clip.opus"),
        message(1 << 62, "late", state=MessageState.STREAMING, who=Who.CHARACTER),
        message((1 << 62) + 1, "later", state=MessageState.PROVISIONAL),
    ]
    write(kept, *messages)
    assert all_of(kept) == messages


def test_half_characters_are_replaced_one_for_one(kept: Database) -> None:
    write(kept, message(1, "a\ud83d b", turn_id="\udc00"))
    (read,) = all_of(kept)
    assert (read.text, read.turn_id) == ("a? b", "?")


def test_a_conversation_is_read_with_its_opening_and_length(kept: Database) -> None:
    told = conversation(1, partner=Partner("c", "p"), title="Trip")
    first = [message(1, "Reconnected.", who=Who.NOTICE), message(2, "x" * 200), message(3, "y")]
    kept.run(lambda base: rows.write(base, [(each, told) for each in first], has_index=True))
    query = f"SELECT {rows.CONVERSATION} FROM conversations AS c"  # noqa: S608
    (read,) = kept.run(lambda base: [rows.conversation_of(row) for row in base.execute(query)])
    assert read == conversation(1, partner=Partner("c", "p"), title="Trip", opening="x" * 80, messages=3)
    kept.run(lambda base: rows.rename(base, 1, "Journey"))
    (read,) = kept.run(lambda base: [rows.conversation_of(row) for row in base.execute(query)])
    assert read.title == "Journey"
    kept.run(lambda base: rows.sign(base, 1, "Ada"))
    (read,) = kept.run(lambda base: [rows.conversation_of(row) for row in base.execute(query)])
    assert (read.title, read.character_name) == ("Journey", "Ada")


def test_words_are_found_once_they_change_no_more_and_as_they_are_then(kept: Database) -> None:
    write(kept, message(1, "good", state=MessageState.STREAMING))
    assert found(kept, "good") == []
    write(kept, message(1, "good day"), is_new=False)
    assert found(kept, "good") == [1]
    write(kept, message(1, "bad day"), is_new=False)
    assert found(kept, "good") == []
    assert found(kept, "bad") == [1]
    write(kept, message(1, "bad", state=MessageState.STREAMING), is_new=False)
    assert found(kept, "bad") == []
    kept.run(lambda base: base.execute("INSERT INTO found (found) VALUES ('integrity-check')"))


def test_a_message_that_was_deleted_is_not_brought_back_by_a_change(kept: Database) -> None:
    write(kept, message(1))
    kept.run(lambda base: base.execute("DELETE FROM messages"))
    write(kept, message(1, "more"), is_new=False)
    assert all_of(kept) == []


def test_a_new_message_brings_its_conversation_back(kept: Database) -> None:
    write(kept, message(1))
    kept.run(lambda base: base.executescript("DELETE FROM messages; DELETE FROM conversations"))
    write(kept, message(2))
    assert [each.id for each in all_of(kept)] == [2]


def test_what_was_in_flux_is_settled_and_found(kept: Database) -> None:
    write(
        kept,
        message(1, "heard", state=MessageState.PROVISIONAL),
        message(2, "reply so far", who=Who.CHARACTER, state=MessageState.STREAMING, heard_chars=3),
        message(3, "done"),
    )
    kept.run(lambda base: rows.settle(base, has_index=True))
    assert [(each.state, each.heard_chars) for each in all_of(kept)] == [
        (MessageState.INTERRUPTED, None),
        (MessageState.INTERRUPTED, 3),
        (MessageState.FINAL, None),
    ]
    assert found(kept, "reply") == [2]
    write(
        kept, message(2, "reply so far and on", who=Who.CHARACTER, state=MessageState.STREAMING), is_new=False
    )
    assert all_of(kept)[1].state is MessageState.STREAMING, (
        "the window that still writes it has the last word"
    )
    assert found(kept, "reply") == []
