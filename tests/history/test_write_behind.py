from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from app.history import write_behind
from app.history.database import Database
from app.history.history_error import HistoryError
from app.history.message import MessageState, Who
from app.history.worker import Worker
from app.history.write_behind import WriteBehind
from tests.history.samples import conversation, message

Result = TypeVar("Result")


@dataclass
class Behind:
    """A write-behind with its own file, and what it has told and written."""

    file: Path
    worker: Worker = field(default_factory=lambda: Worker("writer"))
    told: list[str] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    database: Database = field(init=False)
    behind: WriteBehind = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.file, self.told.append, lambda: None)
        self.behind = WriteBehind(self.worker, self.database, self.told.append)

    async def do(self, work: Callable[[], Result]) -> Result:
        return await asyncio.wrap_future(self.worker.submit(work))

    async def texts(self) -> list[str]:
        """Return what is in the file, without having anything written."""

        def look() -> list[str]:
            with sqlite3.connect(self.file) as base:
                found = [text for (text,) in base.execute("SELECT text FROM messages ORDER BY id")]
            base.close()
            return found

        return await self.do(look)

    async def limit(self, pages: int) -> None:
        await self.do(
            lambda: self.database.run(
                lambda base: base.execute(f"PRAGMA max_page_count = {pages}").fetchone()
            )
        )


@asynccontextmanager
async def writing(tmp_path: Path) -> AsyncIterator[Behind]:
    kept = Behind(tmp_path / "h.sqlite3")
    kept.worker.start()
    await kept.do(
        lambda: kept.database.run(
            lambda base: base.set_trace_callback(
                lambda sql: kept.writes.append(time.monotonic()) if sql == "COMMIT" else None
            )
        )
    )
    try:
        yield kept
    finally:
        await kept.do(kept.database.close)
        await kept.worker.stop()


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not met():  # noqa: ASYNC110 - a thread does it
            await asyncio.sleep(0.005)


@pytest.mark.asyncio
async def test_the_first_message_is_written_at_once(tmp_path: Path) -> None:
    async with writing(tmp_path) as kept:
        kept.behind.put(message(1), conversation())
        assert not kept.behind.is_empty
        began = time.monotonic()
        await until(lambda: bool(kept.writes))
        assert kept.writes[0] - began < 0.2
        assert await kept.texts() == ["Good morning."]
        assert kept.behind.is_empty


@pytest.mark.asyncio
async def test_a_reply_that_grows_is_written_at_most_four_times_a_second(tmp_path: Path) -> None:
    async with writing(tmp_path) as kept:
        reply = message(1, "", who=Who.CHARACTER, state=MessageState.STREAMING)
        kept.behind.put(reply, conversation())
        began, seen = time.monotonic(), 0
        while time.monotonic() - began < 1.3:
            reply = replace(reply, text=f"{reply.text}word ")
            kept.behind.put(reply)
            seen += 1
            await asyncio.sleep(0.01)
        await until(lambda: kept.behind.is_empty)
        assert seen > 30
        assert 2 <= len(kept.writes) <= 7
        apart = [later - before for before, later in zip(kept.writes, kept.writes[1:], strict=False)]
        assert min(apart) > write_behind.INTERVAL_S * 0.9
        assert await kept.texts() == [reply.text]


@pytest.mark.asyncio
async def test_a_full_disk_is_told_once_and_written_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_behind, "RETRY_S", 0.1)
    async with writing(tmp_path) as kept:
        await kept.limit(1)
        texts = [f"{number} {'x' * 5000}" for number in range(40)]
        for number, text in enumerate(texts, 1):
            kept.behind.put(message(number, text), conversation())
        await until(lambda: kept.behind.has_failed)
        kept.behind.put(message(1, "changed"))
        with pytest.raises(HistoryError, match="The disk is full"):
            await kept.do(kept.behind.write)
        (sentence,) = kept.told
        assert sentence.startswith(
            f"The disk is full, so the history in {kept.file} is not written. Make room on the disk."
        )
        assert sentence.endswith("Heron goes on without it and tries again by itself.")
        assert await kept.texts() == []
        await kept.limit(1_000_000)
        await until(lambda: not kept.behind.has_failed)
        assert await kept.texts() == ["changed", *texts[1:]]
        await until(lambda: len(kept.told) == 2)
        assert kept.told[1] == "The history is written again."


@pytest.mark.asyncio
async def test_while_nothing_can_be_written_the_oldest_are_lost_at_some_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_behind, "MOST_KEPT", 3)
    async with writing(tmp_path) as kept:
        await kept.limit(1)
        for number in range(1, 9):
            kept.behind.put(message(number, "x" * 50_000), conversation())
        await until(lambda: kept.behind.has_failed)
        await kept.limit(1_000_000)
        await kept.do(kept.behind.write)
        numbers = await kept.do(
            lambda: kept.database.run(lambda base: base.execute("SELECT id FROM messages").fetchall())
        )
        assert len(numbers) <= 5, "the first write may have taken some before"
        assert numbers[-3:] == [(6,), (7,), (8,)]


@pytest.mark.asyncio
async def test_what_comes_after_the_end_is_passed_over(tmp_path: Path) -> None:
    async with writing(tmp_path) as kept:
        kept.behind.put(message(1), conversation())
        await until(lambda: kept.behind.is_empty)
    kept.behind.put(message(2), conversation())
    assert not kept.behind.is_empty


@pytest.mark.asyncio
async def test_a_message_that_can_never_be_written_does_not_hold_up_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with writing(tmp_path) as kept:
        await kept.limit(1_000_000)
        for number, belongs_to in ((1, 1), (2, 99), (3, 1)):
            kept.behind.put(message(number, str(number), conversation_id=belongs_to), conversation())
        await kept.do(kept.behind.write)
        assert await kept.texts() == ["1", "3"]
        assert kept.behind.is_empty
        assert "message 2 does not belong to its conversation" in caplog.text
        assert kept.told == []
