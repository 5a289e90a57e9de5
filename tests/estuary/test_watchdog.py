"""The watchdog: what lasts too long is mended, and said in the log."""

from __future__ import annotations

import asyncio
import logging

import pytest

from app.estuary import watchdog
from app.estuary.watchdog import PATIENCE_S, Watchdog

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "_TICK_S", 0.001)


class Fault:
    """A fault that lasts until it is mended."""

    def __init__(self, age_s: float, problem: Exception | None = None) -> None:
        self.age_s = age_s
        self.problem = problem
        self.looks = 0
        self.mended = 0
        self.news = asyncio.Event()

    def age(self) -> float:
        self.looks += 1
        self.news.set()
        return self.age_s

    async def mend(self) -> None:
        self.mended += 1
        self.news.set()
        if self.problem is not None:
            raise self.problem
        self.age_s = 0.0

    async def until(self, looks: int) -> None:
        async with asyncio.timeout(10):
            while self.looks < looks:
                self.news.clear()
                await self.news.wait()


async def test_a_fault_that_lasts_is_mended_once_and_named(caplog: pytest.LogCaptureFixture) -> None:
    fault = Fault(PATIENCE_S + 0.1)
    dog = Watchdog("speaking but silent", fault.age, fault.mend)
    dog.start()
    await fault.until(2)  # and the second look comes when a new fault could be due
    await dog.stop()
    assert fault.mended == 1
    assert caplog.messages == ["speaking but silent for 1.6 s: mending it"]


async def test_what_is_younger_is_left_alone() -> None:
    fault = Fault(PATIENCE_S - 0.1)
    dog = Watchdog("deaf", fault.age, fault.mend)
    dog.start()
    await fault.until(5)
    await dog.stop()
    assert fault.mended == 0


async def test_a_mend_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    fault = Fault(PATIENCE_S, RuntimeError("no hands"))
    dog = Watchdog("deaf", fault.age, fault.mend)
    dog.start()
    await fault.until(4)
    await dog.stop()
    assert fault.mended >= 2
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert {record.message for record in errors} == {"deaf could not be mended"}


async def test_it_looks_no_more_once_it_is_stopped() -> None:
    fault = Fault(0.0)
    dog = Watchdog("deaf", fault.age, fault.mend)
    dog.start()
    await fault.until(1)
    await dog.stop()
    looks = fault.looks
    await asyncio.sleep(0.01)
    assert fault.looks == looks
    await dog.stop()
