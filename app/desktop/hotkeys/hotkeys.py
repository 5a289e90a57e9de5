"""Global hotkeys, whatever is behind them: back after sleep, locks and failures, and never stuck."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Final

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeyBackend, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.command import HoldBegan, HoldEnded, OnCommand, Wanted
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Lost, Pressed, Released
from app.desktop.hotkeys.hold_guard import LONGEST_S, Ending, HoldGuard
from app.desktop.sleep_watch import Rest, SleepWatch

_LOG: Final = logging.getLogger(__name__)

RETRIES_S: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each try to have keys again; then it is tried when the computer wakes or is unlocked."""

_ENDINGS: Final = {
    Cause.RELEASED: Ending.RELEASED,
    Cause.NOT_SEEN: Ending.NOT_SEEN,
    Cause.REBOUND: Ending.REBOUND,
    Cause.LOST: Ending.LOST,
}

_BLOCKS: Final = {Rest.ASLEEP: Ending.ASLEEP, Rest.LOCKED: Ending.LOCKED}
_UNBLOCKS: Final = {Rest.AWAKE: Ending.ASLEEP, Rest.UNLOCKED: Ending.LOCKED}


class Hotkeys:
    """Keeps the keys of a backend working, and guards what is held. All of it lives on one event loop.

    Args:
        backend: The way to the keys; it is started and stopped here, as often as need be.
        on_command: Takes what the person wants.
        on_change: Called when `describe`, `refusals` or `triggers` say another thing than before.
        longest_hold_s: Seconds after which a hold ends by itself.
    """

    def __init__(
        self,
        backend: HotkeyBackend,
        *,
        on_command: OnCommand,
        on_change: Callable[[], None] = lambda: None,
        longest_hold_s: float = LONGEST_S,
    ) -> None:
        self._backend = backend
        self._on_command = on_command
        self._on_change = on_change
        self._guard = HoldGuard(longest_hold_s)
        self._bindings = Bindings()
        self._watch = SleepWatch(self._take_rest)
        self._longest: asyncio.TimerHandle | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stir = asyncio.Event()
        """Wakes the keeper."""
        self._turn = asyncio.Lock()
        """Held by whoever starts, binds or stops the backend."""
        self._is_due = False
        """The keys are to be had anew at once."""
        self._is_on = False
        self._is_running = False
        self._why_not = ""

    @property
    def is_working(self) -> bool:
        """Whether a backend tells of keys now."""
        return self._is_running

    async def start(self, bindings: Bindings) -> None:
        """Have these keys from now on. Where that cannot be, `describe` says why, and it is tried again."""
        self._bindings = bindings
        self._is_on = True
        await self._watch.start()
        await self._try()
        self._keeper = asyncio.get_running_loop().create_task(self._keep(), name="heron-hotkeys-keeper")

    async def rebind(self, bindings: Bindings) -> None:
        """Have these keys instead."""
        self._bindings = bindings
        await self._try()
        self._stir.set()

    async def stop(self) -> None:
        """Give the keys back. A hold ends."""
        self._is_on = False
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            await asyncio.wait({keeper})
        await self._watch.stop()
        self._end(Ending.STOPPED)
        async with self._turn:
            await self._backend.stop()
            self._is_running = False

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Return the next chord that is pressed; None for Escape, or when nothing was pressed in time.

        Raises:
            HotkeysError: Keys are not recorded here.
        """
        return await self._backend.record(patience_s)

    async def configure(self) -> bool:
        """Open the desktop's dialog for the keys; return False where there is none."""
        return await self._backend.configure()

    def set_longest_hold(self, seconds: float) -> None:
        """Let a hold that begins from now on end by itself after so many seconds."""
        self._guard.longest_s = seconds

    def describe(self) -> str:
        """Return a sentence on which way works here and now, or why none does."""
        return self._why_not or self._backend.describe()

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key although they are bound, each with a sentence why.

        Those of two actions with the same chord come first: the person can mend them at once.
        """
        own = {conflict.second: str(conflict) for conflict in self._bindings.conflicts()}
        return own if self._why_not else {**self._backend.refusals(), **own}

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys that work now, in words."""
        return {} if self._why_not else self._backend.triggers()

    async def _try(self) -> bool:
        """Bind, and start before where nothing runs; return whether it works now."""
        async with self._turn:
            if not self._is_on:
                return False
            try:
                if self._is_running:
                    await self._backend.rebind(self._bindings)
                else:
                    await self._backend.stop()  # it may have ended by itself
                    await self._backend.start(self._bindings, self._take)
                    self._is_running = True
                self._why_not = ""
            except HotkeysError as error:
                _LOG.info("no global hotkeys: %s", error)
                await self._backend.stop()
                self._is_running, self._why_not = False, str(error)
        self._on_change()
        return self._is_running

    async def _keep(self) -> None:
        """Have the keys again after they were lost, and anew when somebody asks for it."""
        pauses = iter(RETRIES_S)
        while True:
            pause = None if self._is_running else next(pauses, None)
            try:
                await asyncio.wait_for(self._stir.wait(), pause)
            except TimeoutError:
                is_stirred = False
            else:
                is_stirred = True
            self._stir.clear()
            if is_stirred:
                pauses = iter(RETRIES_S)
            if self._is_due or not is_stirred:
                self._is_due = False
                await self._try()

    def _take(self, event: HotkeyEvent) -> None:
        if isinstance(event, Pressed):
            self._take_press(event)
        elif isinstance(event, Released):
            if event.action.is_held:
                self._end(_ENDINGS[event.cause])
        elif isinstance(event, Lost):
            self._end(Ending.LOST)
            self._is_running, self._why_not = False, event.why
            self._stir.set()
            self._on_change()
        else:
            self._on_change()

    def _take_press(self, event: Pressed) -> None:
        if not event.action.is_held:
            if not self._guard.is_blocked:
                self._on_command(Wanted(event.action, event.at))
        elif self._guard.begin(event.at):
            self._longest = asyncio.get_running_loop().call_later(
                self._guard.longest_s, self._end, Ending.TOO_LONG
            )
            self._on_command(HoldBegan(event.at))

    def _take_rest(self, rest: Rest) -> None:
        _LOG.info("the computer is %s", rest.value)
        if rest is Rest.LOCKING:
            self._end(Ending.LOCKED)
        elif (why := _BLOCKS.get(rest)) is not None:
            self._end(why)
            self._guard.block(why)
        else:
            self._guard.unblock(_UNBLOCKS[rest])
            self._is_due = True  # they may be dead without anybody's having told
            self._stir.set()

    def _end(self, why: Ending) -> None:
        if self._longest is not None:
            self._longest.cancel()
            self._longest = None
        if self._guard.end():
            self._on_command(HoldEnded(why))
