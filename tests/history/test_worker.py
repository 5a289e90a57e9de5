from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from app.history.worker import Worker


@asynccontextmanager
async def working() -> AsyncIterator[Worker]:
    worker = Worker("a worker")
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


@pytest.mark.asyncio
async def test_jobs_are_done_in_order_in_its_thread_and_give_their_results() -> None:
    async with working() as worker:
        done: list[int] = []

        def job(number: int) -> str:
            done.append(number)
            return threading.current_thread().name

        jobs = [worker.submit(partial(job, number)) for number in range(50)]
        names = {await asyncio.wrap_future(job) for job in jobs}
        assert done == list(range(50))
        assert names == {"a worker"}


@pytest.mark.asyncio
async def test_an_error_comes_out_and_the_next_job_is_done() -> None:
    async with working() as worker:
        failing = worker.submit(lambda: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            await asyncio.wrap_future(failing)
        assert await asyncio.wrap_future(worker.submit(lambda: "well")) == "well"


@pytest.mark.asyncio
async def test_a_job_for_later_is_done_later_and_lets_others_pass() -> None:
    async with working() as worker:
        began = time.monotonic()
        later = worker.submit(time.monotonic, 0.15)
        at_once = await asyncio.wrap_future(worker.submit(time.monotonic))
        assert at_once - began < 0.1
        assert await asyncio.wrap_future(later) - began >= 0.15


@pytest.mark.asyncio
async def test_the_end_waits_for_what_was_given_but_not_until_it_is_due() -> None:
    worker = Worker("a worker")
    worker.start()
    began = time.monotonic()
    later = worker.submit(lambda: "done", 60.0)
    await worker.stop()
    assert later.result(0) == "done"
    assert time.monotonic() - began < 5
    with pytest.raises(RuntimeError, match="a worker was stopped"):
        worker.submit(lambda: None)


@pytest.mark.asyncio
async def test_a_job_nobody_waits_for_any_more_is_not_done() -> None:
    async with working() as worker:
        hold = threading.Event()
        done: list[str] = []
        first = worker.submit(hold.wait)
        second = asyncio.ensure_future(asyncio.wrap_future(worker.submit(lambda: done.append("second"))))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        await asyncio.sleep(0)  # the loop passes it on
        hold.set()
        await asyncio.wrap_future(first)
        await asyncio.wrap_future(worker.submit(lambda: done.append("third")))
        assert done == ["third"]
