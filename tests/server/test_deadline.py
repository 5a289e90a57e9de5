from __future__ import annotations

import asyncio
import time

import pytest

from app.server import deadline
from app.server.deadline import Deadline

PATIENCE_S = 5.0


class Bell:
    """Rings, and knows when."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.times: list[float] = []

    async def ring(self) -> None:
        self.times.append(time.monotonic())
        self.rung.set()

    async def heard(self) -> float:
        async with asyncio.timeout(PATIENCE_S):
            await self.rung.wait()
        return self.times[-1]


@pytest.mark.asyncio
async def test_it_happens_at_its_moment_and_once() -> None:
    bell = Bell()
    at = time.monotonic() + 0.05
    Deadline(at, bell.ring)
    assert await bell.heard() >= at
    await asyncio.sleep(0)
    assert len(bell.times) == 1


@pytest.mark.asyncio
async def test_a_moment_that_has_passed_is_now() -> None:
    bell = Bell()
    Deadline(time.time() - 100, bell.ring, time.time)
    assert await bell.heard() <= time.monotonic()


@pytest.mark.asyncio
async def test_it_can_be_put_off() -> None:
    bell = Bell()
    at = time.monotonic() + 0.05
    late = Deadline(at, bell.ring)
    late.move(at + 0.1)
    assert await bell.heard() >= at + 0.1


@pytest.mark.asyncio
async def test_it_can_be_brought_forward() -> None:
    bell = Bell()
    soon = Deadline(time.monotonic() + 3600, bell.ring)
    await asyncio.sleep(0)
    soon.move(time.monotonic() + 0.01)
    await bell.heard()


@pytest.mark.asyncio
async def test_it_can_be_called_off() -> None:
    bell = Bell()
    never = Deadline(time.monotonic(), bell.ring)
    never.cancel()
    after = Bell()
    Deadline(time.monotonic() + 0.01, after.ring)
    await after.heard()
    assert bell.times == []


@pytest.mark.asyncio
async def test_what_happens_may_call_it_off() -> None:
    done = asyncio.Event()

    async def act() -> None:
        itself.cancel()
        await asyncio.sleep(0)
        done.set()

    itself = Deadline(time.monotonic(), act)
    async with asyncio.timeout(PATIENCE_S):
        await done.wait()


@pytest.mark.asyncio
async def test_a_clock_that_is_set_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_LOOK_S", 0.01)
    now = 1_000.0
    bell = Bell()
    Deadline(5_000.0, bell.ring, lambda: now)
    await asyncio.sleep(0)
    now = 5_001.0
    await bell.heard()
