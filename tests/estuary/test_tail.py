"""The tail of a turn."""

from __future__ import annotations

import asyncio

import pytest

from app.estuary.tail import Tail

pytestmark = pytest.mark.asyncio


async def test_a_tail_ends_by_itself() -> None:
    tail = Tail()
    assert await tail.wait(0.01)
    assert not tail.is_running
    assert not tail.cancel()


async def test_a_press_in_the_tail_lets_the_turn_go_on() -> None:
    tail = Tail()
    waiting = asyncio.create_task(tail.wait(60))
    await asyncio.sleep(0)
    assert tail.is_running
    assert tail.cancel()
    assert not await waiting
    assert not tail.cancel()


async def test_a_second_press_in_the_same_tail_changes_nothing() -> None:
    tail = Tail()
    waiting = asyncio.create_task(tail.wait(60))
    await asyncio.sleep(0)
    assert [tail.cancel(), tail.cancel()] == [True, False]
    assert not await waiting
