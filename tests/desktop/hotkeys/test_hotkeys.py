"""Hotkeys that come back, and holds that never stick, whatever happens to the backend or to the computer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.desktop.hotkeys import hotkeys as module
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.command import Command, HoldBegan, HoldEnded, Wanted
from app.desktop.hotkeys.event import Cause, Changed, HotkeyEvent, Lost, OnEvent, Pressed, Released
from app.desktop.hotkeys.hold_guard import Ending
from app.desktop.hotkeys.hotkeys import Hotkeys
from tests.desktop.logind import Logind, buses, logind

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

DEADLINE_S = 5.0
BINDINGS = Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space", "mute": "Ctrl+Alt+M"})
HOLD, MUTE = Action.HOLD_TO_TALK, Action.MUTE


class Keys:
    """A backend whose keys the test presses, and which fails when the test wants it to."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.bound: list[Bindings] = []
        self.is_bound = asyncio.Event()
        self.has_failed = asyncio.Event()
        """As often as it was to."""
        self.starts = 0
        self.is_running = False
        self._on_event: OnEvent | None = None

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        self.starts += 1
        self._fail()
        assert not self.is_running, "started twice"
        self.is_running, self._on_event = True, on_event
        await self.rebind(bindings)

    async def rebind(self, bindings: Bindings) -> None:
        self._fail()
        self.bound.append(bindings)
        self.is_bound.set()

    def _fail(self) -> None:
        if self.errors:
            error = self.errors.pop(0)
            if not self.errors:
                self.has_failed.set()
            raise HotkeysError(error)

    async def stop(self) -> None:
        self.is_running, self._on_event = False, None

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        return Chord("F9")

    async def configure(self) -> bool:
        return True

    def describe(self) -> str:
        return "They work."

    def refusals(self) -> Mapping[Action, str]:
        return {MUTE: "Another program has it."}

    def triggers(self) -> Mapping[Action, str]:
        return {HOLD: "Ctrl+Alt+Space"}

    def tell(self, *events: HotkeyEvent) -> None:
        for event in events:
            if isinstance(event, Lost):
                self.is_running = False
            assert self._on_event is not None
            self._on_event(event)

    async def bind(self) -> None:
        """Wait until it is bound anew."""
        self.is_bound.clear()
        await asyncio.wait_for(self.is_bound.wait(), DEADLINE_S)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with buses(tmp_path / "session", monkeypatch):
        yield


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRIES_S", (0.01, 0.01, 0.01))


class Told:
    """What the person wants, to be waited for."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Command] = asyncio.Queue()
        self.changes = 0

    async def next(self) -> Command:
        return await asyncio.wait_for(self.queue.get(), DEADLINE_S)

    def change(self) -> None:
        self.changes += 1


@asynccontextmanager
async def running(keys: Keys, longest_s: float = 60.0) -> AsyncIterator[tuple[Hotkeys, Told]]:
    told = Told()
    hotkeys = Hotkeys(keys, on_command=told.queue.put_nowait, on_change=told.change, longest_hold_s=longest_s)
    await hotkeys.start(BINDINGS)
    try:
        yield hotkeys, told
    finally:
        await hotkeys.stop()
        assert not keys.is_running


async def test_a_key_becomes_what_the_person_wants(bus: None) -> None:
    keys = Keys()
    async with running(keys) as (hotkeys, told):
        assert keys.bound == [BINDINGS]
        keys.tell(Pressed(HOLD, 1.0), Pressed(MUTE, 2.0), Released(MUTE, 2.5), Released(HOLD, 3.0))
        assert [await told.next() for _ in range(3)] == [
            HoldBegan(1.0),
            Wanted(MUTE, 2.0),
            HoldEnded(Ending.RELEASED),
        ]
        assert hotkeys.describe() == "They work."
        assert hotkeys.triggers() == {HOLD: "Ctrl+Alt+Space"}
        assert hotkeys.refusals() == {MUTE: "Another program has it."}
        assert await hotkeys.record() == Chord("F9")
        assert await hotkeys.configure()
        before = told.changes
        keys.tell(Changed())
        assert told.changes == before + 1
        await hotkeys.rebind(Bindings.parse({"mute": "F9", "show_window": "F9"}))
        assert hotkeys.refusals()[Action.SHOW_WINDOW].startswith("F9 is “Mute the microphone” already.")


async def test_a_hold_that_lasts_too_long_ends_by_itself(bus: None) -> None:
    keys = Keys()
    async with running(keys, longest_s=0.02) as (hotkeys, told):
        keys.tell(Pressed(HOLD, 1.0))
        assert await told.next() == HoldBegan(1.0)
        assert await told.next() == HoldEnded(Ending.TOO_LONG)
        keys.tell(Released(HOLD, 9.0))
        assert told.queue.empty()
        hotkeys.set_longest_hold(60.0)
        keys.tell(Pressed(HOLD, 10.0))
        assert await told.next() == HoldBegan(10.0)
    assert await told.next() == HoldEnded(Ending.STOPPED)


@pytest.mark.parametrize("cause", Cause)
async def test_whatever_ends_it_is_told(bus: None, cause: Cause) -> None:
    keys = Keys()
    async with running(keys) as (_, told):
        keys.tell(Pressed(HOLD, 1.0), Released(HOLD, 2.0, cause))
        await told.next()
        assert await told.next() == HoldEnded(Ending(cause.value))


async def test_a_sleep_ends_a_hold_and_the_keys_are_bound_anew_after_it(bus: None) -> None:
    keys = Keys()
    async with logind() as system, running(keys) as (_, told):
        for _ in range(20):
            keys.tell(Pressed(HOLD, 1.0))
            assert await told.next() == HoldBegan(1.0)
            await system.sleep(True)
            assert await told.next() == HoldEnded(Ending.ASLEEP)
            keys.tell(Released(HOLD, 2.0), Pressed(HOLD, 3.0), Pressed(MUTE, 3.0))  # while it falls asleep
            assert told.queue.empty()
            await system.sleep(False)
            await keys.bind()
            keys.tell(Released(HOLD, 4.0), Pressed(HOLD, 5.0), Released(HOLD, 6.0))
            assert await told.next() == HoldBegan(5.0)
            assert await told.next() == HoldEnded(Ending.RELEASED)


@pytest.mark.parametrize("is_asked", [True, False])
async def test_a_lock_ends_a_hold_and_the_keys_work_after_it(bus: None, is_asked: bool) -> None:
    async def lock(system: Logind) -> None:
        await (system.ask_to_lock() if is_asked else system.save_screen(True))

    keys = Keys()
    async with logind() as system, running(keys) as (_, told):
        keys.tell(Pressed(HOLD, 1.0))
        assert await told.next() == HoldBegan(1.0)
        await lock(system)
        assert await told.next() == HoldEnded(Ending.LOCKED)
        if not is_asked:
            await system.save_screen(False)
            await keys.bind()
        keys.tell(Pressed(HOLD, 2.0))
        assert await told.next() == HoldBegan(2.0)


async def test_a_backend_that_is_lost_ends_the_hold_is_told_and_begun_anew(bus: None) -> None:
    keys = Keys()
    async with running(keys) as (hotkeys, told):
        keys.tell(Pressed(HOLD, 1.0))
        await told.next()
        keys.errors = ["Not yet.", "Still not."]
        keys.tell(Lost("The screen has gone."))
        assert await told.next() == HoldEnded(Ending.LOST)
        assert hotkeys.describe() == "The screen has gone."
        assert hotkeys.triggers() == {}
        assert hotkeys.refusals() == {}
        await keys.bind()
        assert keys.starts == 4
        await asyncio.sleep(0)
        assert hotkeys.describe() == "They work."
        keys.tell(Pressed(HOLD, 2.0))
        assert await told.next() == HoldBegan(2.0)


async def test_one_that_does_not_start_is_tried_a_few_times_and_again_after_a_sleep(bus: None) -> None:
    keys = Keys()
    keys.errors = ["No."] * 4
    async with logind() as system, running(keys) as (hotkeys, _):
        assert hotkeys.describe() == "No."
        async with asyncio.timeout(DEADLINE_S):
            await keys.has_failed.wait()
        await asyncio.sleep(0.05)  # it is left alone now
        assert keys.starts == 4
        await system.sleep(True)
        await system.sleep(False)
        await keys.bind()
        assert keys.starts == 5


async def test_one_that_fails_to_bind_is_begun_anew(bus: None) -> None:
    keys = Keys()
    async with running(keys) as (hotkeys, _):
        keys.errors = ["It has gone."]
        binding = asyncio.create_task(keys.bind())
        await hotkeys.rebind(Bindings.parse({"mute": "F9"}))
        await binding
        assert keys.starts == 2
        assert keys.bound[-1] == Bindings.parse({"mute": "F9"})
