from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.server.recognition.pool import RecognizerPool


class Diary:
    """A recognizer that notes what was asked of it, and on which thread."""

    rate = 8_000
    is_murmur = False

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.threads = {threading.current_thread()}

    def begin(self) -> None:
        self._note("begin")

    def feed(self, pcm: bytes) -> str:
        self._note(f"feed {len(pcm)}")
        return "so far"

    def pause(self) -> None:
        self._note("pause")

    def finish(self) -> str:
        self._note("finish")
        return "all of it"

    def forget(self) -> None:
        self._note("forget")

    def _note(self, call: str) -> None:
        self.calls.append(call)
        self.threads.add(threading.current_thread())


class Shelf:
    """Makes recognizers and keeps them in sight."""

    def __init__(self) -> None:
        self.made: list[Diary] = []
        self.attempts = 0

    def create(self) -> Diary:
        self.made.append(Diary())
        return self.made[-1]

    def create_at_the_second_time(self) -> Diary:
        self.attempts += 1
        if self.attempts == 1:
            raise OSError("no model")
        return self.create()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest_asyncio.fixture
async def pool(shelf: Shelf) -> AsyncIterator[RecognizerPool]:
    pool = RecognizerPool(shelf.create)
    yield pool
    pool.close()


def recognition_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("recognition")]


def threads_that_stay() -> int:
    """Return how many threads are left once those that are ending have ended."""
    for thread in recognition_threads():
        thread.join(0.2)
    return len(recognition_threads())


@pytest.mark.asyncio
async def test_a_worker_passes_everything_on_to_its_engine(pool: RecognizerPool, shelf: Shelf) -> None:
    worker = await pool.lend()
    assert await worker.load() == 8_000
    await worker.begin()
    assert await worker.feed(bytes(320)) == "so far"
    await worker.pause()
    assert await worker.finish() == "all of it"
    assert shelf.made[0].calls == ["forget", "begin", "feed 320", "pause", "finish"]
    for is_murmur in (True, False):
        shelf.made[0].is_murmur = is_murmur
        assert worker.is_murmur is is_murmur


@pytest.mark.asyncio
async def test_one_thread_and_never_the_loops_touches_an_engine(pool: RecognizerPool, shelf: Shelf) -> None:
    worker = await pool.lend()
    for _ in range(3):
        await worker.feed(b"")
    (thread,) = shelf.made[0].threads
    assert thread is not threading.main_thread()


@pytest.mark.asyncio
async def test_what_is_kept_warm_is_lent_again_and_has_forgotten_its_speaker(
    pool: RecognizerPool, shelf: Shelf
) -> None:
    await pool.warm_up()
    assert len(shelf.made) == 1
    first = await pool.lend()
    pool.give_back(first)
    assert await pool.lend() is first
    assert len(shelf.made) == 1
    assert shelf.made[0].calls == ["forget"] * 3


@pytest.mark.asyncio
async def test_every_speaker_has_an_engine_alone(pool: RecognizerPool, shelf: Shelf) -> None:
    workers = [await pool.lend() for _ in range(3)]
    assert len(set(workers)) == len(shelf.made) == 3


@pytest.mark.asyncio
async def test_engines_beyond_the_spare_one_are_closed(pool: RecognizerPool) -> None:
    workers = [await pool.lend() for _ in range(3)]
    assert len(recognition_threads()) == 3
    for worker in workers:
        pool.give_back(worker)
    assert threads_that_stay() == 1
    assert await pool.lend() is workers[0]


@pytest.mark.asyncio
async def test_an_engine_that_failed_is_not_lent_again(pool: RecognizerPool, shelf: Shelf) -> None:
    broken = await pool.lend()
    pool.discard(broken)
    assert threads_that_stay() == 0
    assert await pool.lend() is not broken
    assert len(shelf.made) == 2


@pytest.mark.asyncio
async def test_closing_ends_idle_and_lent_engines(pool: RecognizerPool) -> None:
    lent, idle = await pool.lend(), await pool.lend()
    pool.give_back(idle)
    pool.close()
    assert threads_that_stay() == 0
    with pytest.raises(RuntimeError):
        await lent.feed(b"")


@pytest.mark.asyncio
async def test_an_engine_that_does_not_load_is_not_kept(shelf: Shelf) -> None:
    pool = RecognizerPool(shelf.create_at_the_second_time)
    with pytest.raises(OSError, match="no model"):
        await pool.lend()
    assert threads_that_stay() == 0
    await pool.lend()
    assert len(shelf.made) == 1
    pool.close()
