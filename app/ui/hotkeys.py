"""Global hotkeys beside the window: what they do to it, and which of them the settings want."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import UserError
from app.core.settings import Settings, SettingsStore
from app.desktop.control_message import Request
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import HotkeyBackend, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.chosen import Chosen, chosen
from app.desktop.hotkeys.command import Command, HoldBegan, HoldEnded
from app.desktop.hotkeys.hold_guard import Ending
from app.desktop.hotkeys.hotkeys import Hotkeys
from app.ui.bridge import Bridge
from app.ui.far_hold import FarHold
from app.ui.remote import Remote

_COMMANDS: Final = {
    Action.TOGGLE_TO_TALK: "toggle",
    Action.MUTE: "mute",
    Action.STOP_SPEAKING: "stop",
    Action.SHOW_WINDOW: "show",
}
"""What is done once is what the command of that name does."""


class GlobalHotkeys(QObject):
    """Has the hotkeys that the settings want from `start` to `close`; to be used on a running event loop.

    Args:
        store: The settings.
        remote: Does what is wanted once, and knows when no turn can be begun.
        far: What a held key holds.
        bridge: Where the person is told what is wrong.
        make: Makes the way to the keys; called in a thread, since it may import what takes long.

    Signals:
        changed: What `describe`, `refusals` or `triggers` say is another thing now.
    """

    changed = Signal()

    def __init__(
        self,
        store: SettingsStore,
        remote: Remote,
        far: FarHold,
        bridge: Bridge,
        make: Callable[[], HotkeyBackend],
    ) -> None:
        super().__init__()
        self._store = store
        self._remote = remote
        self._far = far
        self._bridge = bridge
        self._make = make
        self._keys: Hotkeys | None = None
        self._chosen = Chosen(Bindings(), {})
        self._has_worked = False
        self._told: set[str] = set()
        self._stir = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Have the keys soon, and follow the settings."""
        self._unsubscribe = self._store.subscribe(self._follow)
        self._task = asyncio.get_running_loop().create_task(self._run(), name="hotkeys")
        self._task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Give the keys back. A hold ends."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})
        if self._keys is not None:
            await self._keys.stop()

    async def record(self) -> Chord | None:
        """Return the next chord that is pressed; None for Escape, or when nothing was pressed in time.

        Raises:
            HotkeysError: Keys are not recorded here.
        """
        if self._keys is None:
            raise HotkeysError(self.describe())
        return await self._keys.record()

    async def configure(self) -> bool:
        """Open the desktop's dialog for the keys; return False where there is none."""
        return self._keys is not None and await self._keys.configure()

    def describe(self) -> str:
        """Return a sentence on which way works here and now, or why none does."""
        return self.tr("The hotkeys are being set up.") if self._keys is None else self._keys.describe()

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key although one is chosen, each with a sentence why."""
        return {**({} if self._keys is None else self._keys.refusals()), **self._chosen.mistakes}

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys that work now, in words; none while others are being bound."""
        if self._keys is None or chosen(self._store.current.hotkeys) != self._chosen:
            return {}
        return self._keys.triggers()

    async def _run(self) -> None:
        backend = await asyncio.to_thread(self._make)
        self._chosen = chosen(self._store.current.hotkeys)
        longest_s = self._store.current.talk.longest_hold_s
        self._keys = Hotkeys(
            backend, on_command=self._obey, on_change=self._changed, longest_hold_s=longest_s
        )
        await self._keys.start(self._chosen.bindings)
        while True:
            await self._stir.wait()
            self._stir.clear()
            wanted = chosen(self._store.current.hotkeys)
            if wanted != self._chosen:
                self._chosen = wanted
                await self._keys.rebind(wanted.bindings)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._bridge.report(error)

    def _follow(self, settings: Settings) -> None:
        if self._keys is not None:
            self._keys.set_longest_hold(settings.talk.longest_hold_s)
        self._stir.set()

    def _obey(self, command: Command) -> None:
        if isinstance(command, HoldBegan):
            self._begin()
        elif isinstance(command, HoldEnded):
            if command.why in {Ending.RELEASED, Ending.NOT_SEEN}:
                self._far.end()
            else:
                self._far.give_up()
        else:
            answer = self._remote.do(Request(_COMMANDS[command.action], ""))
            if not answer.is_done:
                self._bridge.report(UserError(answer.text))

    def _begin(self) -> None:
        if (obstacle := self._remote.obstacle) is None:
            self._far.begin()
        else:
            self._bridge.report(UserError(obstacle))

    def _changed(self) -> None:
        """Say what is wrong, once: that keys are taken, or that there are none any more."""
        is_working = self._keys is not None and self._keys.is_working
        news = [sentence for sentence in self.refusals().values() if sentence not in self._told]
        self._told.update(news)
        if self._has_worked and not is_working:
            news.append(self.describe())
        self._has_worked = is_working
        if news:
            self._bridge.report(UserError(" ".join(news)))
        self.changed.emit()
