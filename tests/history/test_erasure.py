from __future__ import annotations

import asyncio
import random
import sqlite3
import string
from dataclasses import replace
from pathlib import Path

import pytest

from app.history import Deleted, HistoryError, Message, MessageState, Partner, Who, erasure, schema
from tests.history.samples import PARTNER, Kept, bytes_of, opened, two_windows

SECRET = "qvxzjkwopy"


def has(file: Path, word: str) -> bool:
    """Tell whether a word stands in one of the history's files, in whatever form."""
    found = bytes_of(file).lower()
    return any(word.lower().encode()[part:] in found for part in (0, 3))  # the index leaves out beginnings


async def rounds(kept: Kept, random_: random.Random) -> list[Message]:
    """Say some, some of it in a reply that grows, and return it."""
    said: list[Message] = []
    for _ in range(random_.randint(1, 60)):
        word = "".join(random_.choices(string.ascii_lowercase, k=16))
        conversation = random_.choice([kept.conversation, *[kept.history.begin(PARTNER, "Heron")] * 2])
        message = kept.history.add(
            conversation, Who.CHARACTER, f"A {word}", state=MessageState.STREAMING, turn_id=word[::-1]
        )
        for _ in range(random_.randint(0, 4)):
            message = replace(message, text=message.text + " lorem ipsum" * random_.choice([1, 9, 400]))
            kept.history.change(message)
            if random_.random() < 0.3:
                await kept.history.flush()
        message = replace(message, text=f"{message.text} Z{word}", state=MessageState.FINAL)
        kept.history.change(message)
        said.append(message)
    return said


@pytest.mark.asyncio
async def test_what_was_said_is_in_the_files_until_it_is_deleted(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        (message,) = kept.say(f"my {SECRET} is safe")
        kept.say("the rest")
        await kept.history.flush()
        assert has(file, SECRET)
        deleted = await kept.history.erasure.message(message.id)
        assert deleted == Deleted(messages=1, kept=(PARTNER,))
        assert not has(file, SECRET)
        assert await kept.texts() == ["the rest"]
        assert (await kept.history.search.find(SECRET)).hits == ()
        assert len((await kept.history.search.find("rest")).hits) == 1


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.asyncio
async def test_nothing_of_what_was_deleted_is_left_in_any_file(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "h.sqlite3"
    random_ = random.Random(seed)
    async with opened(file) as kept:
        living: list[Message] = []
        dead: list[Message] = []
        for _ in range(6):
            living += await rounds(kept, random_)
            random_.shuffle(living)
            for _ in range(min(len(living), random_.choice([1, 1, 20]))):
                dead.append(living.pop())
                assert (await kept.history.erasure.message(dead[-1].id)).is_purged
            content = bytes_of(file)
            left = [each for each in dead if any(word[3:].encode() in content for word in words_of(each))]
            assert left == []
            assert all(each.turn_id.encode() in content for each in living)
        assert sorted(each.id for each in living) == [
            each.id for each in (await kept.history.pages.newest(10_000)).messages
        ]


def words_of(message: Message) -> list[str]:
    return [message.turn_id, message.turn_id[::-1]]


@pytest.mark.asyncio
async def test_one_conversation_goes_and_the_other_stays(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        kept.say("stays")
        other = kept.history.begin(Partner("character-2", "player-1"), "Crane", f"About {SECRET}")
        for number in range(30):
            kept.history.add(
                other, Who.CHARACTER, f"{SECRET} {number}", clip=f"{SECRET}-{number}.opus" * (number % 2)
            )
        deleted = await kept.history.erasure.conversation(other.id)
        assert deleted.messages == 30
        assert deleted.clips == tuple(f"{SECRET}-{number}.opus" for number in range(1, 30, 2))
        assert (deleted.owed, deleted.kept) == ((other.partner,), ())
        assert not has(file, SECRET)
        assert await kept.texts() == ["stays"]
        assert [each.id for each in await kept.history.pages.conversations()] == [kept.conversation.id]
        kept.history.add(other, Who.PERSON, "again")
        assert await kept.texts() == ["stays", "again"]


@pytest.mark.asyncio
async def test_every_deletion_writes_the_file_anew(tmp_path: Path) -> None:
    """SQLite leaves copies of rows that it has moved: only a file without any old page has none for sure."""
    async with opened(tmp_path / "h.sqlite3") as kept:
        said = kept.say(*(f"{number} {'x' * 20_000}" for number in range(20)))

        def sizes(base: sqlite3.Connection) -> tuple[int, int]:
            free, pages = (
                base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
            )
            return free, pages

        _, before = await kept.history._store.read(sizes)
        for number in (3, 4, 12):
            await kept.history.erasure.message(said[number].id)
            free, pages = await kept.history._store.read(sizes)
            assert free == 0
            assert pages < before - 4
            before = pages


@pytest.mark.asyncio
async def test_everything_goes_and_the_file_is_small_again(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        kept.say(*(f"{SECRET} {number} {'x' * 500}" for number in range(500)))
        await kept.history.flush()
        deleted = await kept.history.erasure.everything()
        assert (deleted.messages, deleted.owed, deleted.is_purged) == (500, (PARTNER,), True)
        assert not has(file, SECRET)
        assert await kept.history.pages.count() == 0
        assert await kept.history.pages.conversations() == ()
        assert len(bytes_of(file)) < 100_000
        assert await kept.history.erasure.everything() == Deleted()
        kept.say("a new beginning")
        assert await kept.texts() == ["a new beginning"]


@pytest.mark.asyncio
async def test_a_reply_deleted_while_it_grows_stays_deleted(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        reply = kept.history.add(kept.conversation, Who.CHARACTER, SECRET, state=MessageState.STREAMING)
        deleting = asyncio.create_task(kept.history.erasure.message(reply.id))
        for number in range(20):
            kept.history.change(replace(reply, text=f"{SECRET} {number}"))
            await asyncio.sleep(0.001)
        assert (await deleting).messages == 1
        kept.history.change(replace(reply, text=SECRET, state=MessageState.FINAL))
        await kept.history.flush()
        assert await kept.texts() == []
        assert not has(file, SECRET)


@pytest.mark.asyncio
async def test_the_server_is_owed_what_it_can_forget_until_it_has(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    here, there = Partner("character-1", "player-1"), Partner("character-2", "player-1")
    async with opened(file) as kept:
        begin, add = kept.history.begin, kept.history.add
        conversations = [begin(here, "Heron"), begin(here, "Heron"), begin(there, "Crane")]
        said = [add(each, Who.PERSON, "hello") for each in conversations]
        deleted = await kept.history.erasure.message(said[0].id)
        assert (deleted.owed, deleted.kept) == ((), (here,))
        deleted = await kept.history.erasure.conversation(conversations[1].id)
        assert (deleted.owed, deleted.kept) == ((here,), ())
        assert (await kept.history.erasure.everything()).owed == (there,)
    async with opened(file) as kept:
        assert await kept.history.erasure.owed() == (here, there)
        await kept.history.erasure.paid(here)
        assert await kept.history.erasure.owed() == (there,)
        await kept.history.erasure.paid(there)
        assert await kept.history.erasure.owed() == ()


@pytest.mark.asyncio
async def test_nothing_is_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        assert await kept.history.erasure.message(1) == Deleted()
        assert await kept.history.erasure.conversation(1) == Deleted()
        assert await kept.history.erasure.owed() == ()


@pytest.mark.asyncio
async def test_deletions_at_the_same_time_are_all_purged(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with two_windows(file) as (one, other):
        said = [
            *one.say(*(f"{SECRET} {number}" for number in range(10))),
            *other.say(f"{SECRET} too", "stays"),
        ]
        await one.history.flush()
        await other.history.flush()
        windows = (one, other)
        deleting = [windows[at % 2].history.erasure.message(each.id) for at, each in enumerate(said[:-1])]
        assert all(deleted == Deleted(1, kept=(PARTNER,)) for deleted in await asyncio.gather(*deleting))
        assert not has(file, SECRET)
        assert await one.texts() == await other.texts() == ["stays"]


@pytest.mark.asyncio
async def test_what_another_reader_holds_up_is_said_and_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "_TRIES", 2)
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        (message,) = kept.say(SECRET)
        kept.say("the rest")
        await kept.history.flush()
        reader = sqlite3.connect(file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        deleted = await kept.history.erasure.message(message.id)
        assert (deleted.messages, deleted.is_purged) == (1, False)
        assert await kept.texts() == ["the rest"]
        assert has(file, SECRET)
        assert not await kept.history.erasure.is_purged()
        reader.close()
    async with opened(file) as kept:
        await kept.begun()
        assert await kept.history.erasure.is_purged()
        assert not has(file, SECRET)
        assert await kept.texts() == ["the rest"]


@pytest.mark.asyncio
async def test_what_cannot_be_deleted_is_an_error_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        (message,) = kept.say("stays")
        await kept.history.flush()
        await kept.history._store.write(lambda base: base.execute("PRAGMA query_only = ON").fetchone())
        with pytest.raises(HistoryError, match="cannot be used"):
            await kept.history.erasure.message(message.id)
        await kept.history._store.write(lambda base: base.execute("PRAGMA query_only = OFF").fetchone())
        assert await kept.texts() == ["stays"]


@pytest.mark.asyncio
async def test_a_python_without_fts5_deletes_and_the_next_one_purges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        said = kept.say(SECRET, "the rest")
    with monkeypatch.context() as without:
        without.setattr(schema, "has_fts5", lambda _: False)
        without.setattr(erasure, "_TRIES", 1)
        async with opened(file) as kept:
            deleted = await kept.history.erasure.message(said[0].id)
            assert (deleted.messages, deleted.is_purged) == (1, False)
    async with opened(file) as kept:
        await kept.begun()
        assert await kept.history.erasure.is_purged()
        assert not has(file, SECRET)
        assert (await kept.history.search.find("rest")).hits != ()
