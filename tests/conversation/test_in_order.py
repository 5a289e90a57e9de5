from __future__ import annotations

import asyncio

import pytest

from app.conversation.in_order import InOrder, cancelled, ended

pytestmark = pytest.mark.asyncio


async def test_one_is_done_after_the_other() -> None:
    background = InOrder()
    done: list[int] = []
    gate = asyncio.Event()

    async def first() -> None:
        await gate.wait()
        done.append(1)

    async def second() -> None:
        done.append(2)

    background.do(first, "first")
    background.do(second, "second")
    await asyncio.sleep(0)
    assert done == []
    gate.set()
    async with asyncio.timeout(5):
        while len(done) < 2:  # noqa: ASYNC110 - nobody tells when the second is done
            await asyncio.sleep(0)
    assert done == [1, 2]
    await background.stop()


async def test_stopped_it_breaks_off_and_begins_nothing_more() -> None:
    background = InOrder()
    begun: list[int] = []

    async def wait(number: int) -> None:
        begun.append(number)
        await asyncio.Event().wait()

    background.do(lambda: wait(1), "first")
    background.do(lambda: wait(2), "second")
    await asyncio.sleep(0)
    await background.stop()
    await background.stop()
    assert begun == [1]


async def test_a_task_that_somebody_else_breaks_off_has_ended() -> None:
    task = asyncio.create_task(asyncio.Event().wait(), name="waits")
    waiting = asyncio.create_task(ended(task))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    await cancelled(task)  # type: ignore[arg-type]
    await waiting
    await cancelled(task)  # type: ignore[arg-type]
    await cancelled(None)


async def test_whoever_waits_can_be_broken_off_and_takes_the_task_along() -> None:
    task = asyncio.create_task(asyncio.Event().wait())
    waiting = asyncio.create_task(ended(task))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert task.cancelled()


async def test_what_a_task_raises_is_raised() -> None:
    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await ended(asyncio.create_task(fail()))
