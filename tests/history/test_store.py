from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from app.history.history_error import HistoryError
from app.history.store import Store
from tests.history.samples import conversation, message


def texts(base: sqlite3.Connection) -> list[str]:
    return [text for (text,) in base.execute("SELECT text FROM messages ORDER BY id")]


@pytest.mark.asyncio
async def test_reading_sees_what_was_put_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "h.sqlite3", print)
    assert await store.open() == 0
    for number in range(1, 20):
        store.behind.put(message(number, str(number)), conversation())
        assert await store.read(texts) == [str(each) for each in range(1, number + 1)]
    await store.close()


@pytest.mark.asyncio
async def test_it_opens_with_the_largest_id_and_is_closed_more_than_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "h.sqlite3", print)
    await store.close()
    await store.open()
    store.behind.put(message(7), conversation())
    await store.close()
    await store.close()
    again = Store(tmp_path / "h.sqlite3", print)
    assert await again.open() == 7
    assert await again.read(texts) == ["Good morning."]
    await again.close()
    with pytest.raises(HistoryError, match="The history was closed"):
        await again.read(texts)
    with pytest.raises(HistoryError, match="The history was closed"):
        await again.write(texts)


@pytest.mark.asyncio
async def test_reading_and_writing_do_not_hold_each_other_or_the_loop(tmp_path: Path) -> None:
    store = Store(tmp_path / "h.sqlite3", print)
    await store.open()
    hold, is_held = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(base: sqlite3.Connection) -> list[str]:
        loop.call_soon_threadsafe(is_held.set)
        assert hold.wait(10)
        return texts(base)

    reading = asyncio.create_task(store.read(slow))
    await is_held.wait()
    store.behind.put(message(1), conversation())
    await store.flush()
    assert await store.write(texts) == ["Good morning."]
    assert not reading.done()
    hold.set()
    assert await reading == ["Good morning."]
    await store.close()


@pytest.mark.asyncio
async def test_a_reader_that_meets_damage_gets_a_new_file_and_the_person_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    told: list[str] = []
    store = Store(file, told.append)
    await store.open()
    for number in range(1, 400):
        store.behind.put(message(number), conversation())
    await store.close()
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\x5a" * (file.stat().st_size - 4096))
    store = Store(file, told.append)
    await store.open()
    assert await store.read(texts) == []
    store.behind.put(message(1000, "new"), conversation())
    assert await store.read(texts) == ["new"]
    await store.close()
    (sentence,) = told
    assert sentence.startswith(f"The history in {file} is damaged, so a new one was begun.")
    assert ".damaged-" in sentence


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_used_is_told_and_nothing_else_fails(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "h.sqlite3"
    told: list[str] = []
    store = Store(file, told.append)
    assert await store.open() == 0
    store.behind.put(message(1), conversation())
    with pytest.raises(HistoryError, match="cannot be used"):
        await store.read(texts)
    assert store.behind.has_failed
    file.parent.mkdir()
    await store.flush()
    assert await store.read(texts) == ["Good morning."]
    await store.close()
    first, last = told
    assert first.startswith(f"The history in {file} cannot be used (No such file or directory). Check")
    assert first.endswith("Heron goes on without it and tries again by itself.")
    assert last == "The history is written again."


@pytest.mark.asyncio
async def test_another_window_that_holds_the_file_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    store = Store(file, print)
    await store.open()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.behind.put(message(1), conversation())
    writing = asyncio.create_task(store.flush())
    began = time.monotonic()
    done, _ = await asyncio.wait([writing], timeout=0.3)
    assert not done
    assert time.monotonic() - began < 1, "the loop goes on meanwhile"
    other.execute("COMMIT")
    other.close()
    await writing
    assert await store.read(texts) == ["Good morning."]
    await store.close()
