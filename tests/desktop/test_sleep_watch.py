"""Sleep and locks, as they are told on a real, private bus."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.desktop.sleep_watch import Rest, SleepWatch
from tests.desktop.logind import OTHER_SESSION, buses, logind

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

DEADLINE_S = 5.0


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with buses(tmp_path / "session", monkeypatch):
        yield


class Told:
    """What was told, to be waited for."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Rest] = asyncio.Queue()

    async def next(self) -> Rest:
        return await asyncio.wait_for(self.queue.get(), DEADLINE_S)


@asynccontextmanager
async def watching() -> AsyncIterator[tuple[SleepWatch, Told]]:
    told = Told()
    watch = SleepWatch(told.queue.put_nowait)
    await watch.start()
    try:
        yield watch, told
    finally:
        await watch.stop()


async def test_sleep_is_told_once_and_so_is_the_end_of_it(bus: None) -> None:
    async with logind() as system, watching() as (watch, told):
        await system.sleep(True)
        await system.sleep(True)
        assert await told.next() is Rest.ASLEEP
        assert [watch.is_asleep] == [True]
        await system.sleep(False)
        assert await told.next() is Rest.AWAKE
        assert [watch.is_asleep] == [False]
        assert told.queue.empty()


@pytest.mark.parametrize("knows_session", [True, False])
async def test_a_lock_of_this_session_is_told_and_none_of_another(
    bus: None, monkeypatch: pytest.MonkeyPatch, knows_session: bool
) -> None:
    if not knows_session:
        monkeypatch.delenv("XDG_SESSION_ID")
    async with logind() as system, watching() as (watch, told):
        assert system.asked[0] == ("GetSession" if knows_session else "GetUserByPID")
        await system.ask_to_lock(OTHER_SESSION)
        await system.lock(True, OTHER_SESSION)
        await system.ask_to_lock()
        assert await told.next() is Rest.LOCKING
        assert [watch.is_locked] == [False]
        await system.lock(True)
        assert await told.next() is Rest.LOCKED
        assert watch.is_locked
        await system.lock(False)
        assert await told.next() is Rest.UNLOCKED


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
async def test_a_screen_saver_locks_too_and_the_last_lock_opens(bus: None, saver: str) -> None:
    async with logind() as system, watching() as (watch, told):
        await system.save_screen(True, saver)
        assert await told.next() is Rest.LOCKED
        await system.lock(True)
        await system.save_screen(False, saver)
        await system.sleep(True)  # nothing else is told until here
        assert await told.next() is Rest.ASLEEP
        assert watch.is_locked
        await system.lock(False)
        assert await told.next() is Rest.UNLOCKED


async def test_a_screen_that_is_locked_already_is_known(bus: None) -> None:
    async with logind(is_locked=True), watching() as (watch, told):
        assert watch.is_locked
        assert await told.next() is Rest.LOCKED


async def test_without_logind_the_screen_saver_is_heard(bus: None) -> None:
    async with watching() as (_, told), logind() as late:
        await late.save_screen(True)
        assert await told.next() is Rest.LOCKED


async def test_without_any_bus_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    async with watching() as (watch, told):
        assert not watch.is_locked
        assert told.queue.empty()
