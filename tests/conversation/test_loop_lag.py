"""How late the loop is."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.conversation.loop_lag import NOT_MEASURED, PERIOD_S, LoopLag

pytestmark = pytest.mark.asyncio


async def _looks(lag: LoopLag, count: int) -> None:
    async with asyncio.timeout(5):
        while lag.summary().looks < count:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(PERIOD_S / 5)


async def test_a_loop_that_was_held_up_is_late_by_as_much() -> None:
    lag = LoopLag()
    assert lag.summary() is NOT_MEASURED
    lag.start()
    await _looks(lag, 2)
    time.sleep(PERIOD_S + 0.2)  # noqa: ASYNC251 - that is the point
    await _looks(lag, 4)
    lag.stop()
    summary = lag.summary()
    assert summary.most_s >= 0.2
    assert summary.median_s < 0.1 < summary.p99_s <= summary.most_s


async def test_it_looks_once_however_often_it_is_started_and_no_more_once_stopped() -> None:
    lag = LoopLag()
    lag.start()
    lag.start()
    begun = time.monotonic()
    await _looks(lag, 3)
    assert time.monotonic() - begun > 2.5 * PERIOD_S
    was_running = lag.is_running
    lag.stop()
    lag.stop()
    seen = lag.summary().looks
    assert (was_running, lag.is_running) == (True, False)
    await asyncio.sleep(3 * PERIOD_S)  # nothing is to happen: there is no event to wait for
    assert lag.summary().looks == seen
