"""What the settings window works with, and who does what takes time for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.core.settings import Profile, Profiles, Settings, SettingsStore
from app.ui.bridge import Bridge

if TYPE_CHECKING:
    from app.ui.hotkeys import GlobalHotkeys


class Keys(Protocol):
    """Keeps the API keys; see `app.desktop.key_ring.KeyRing`."""

    async def key(self, profile_id: str) -> str | None:
        """Return a profile's key; raises `UserError`."""

    async def keep(self, profile_id: str, key: str) -> str:
        """Keep a key, and return in a sentence where."""

    async def forget(self, profile_id: str) -> None:
        """Keep it no more; raises `UserError`."""

    async def place(self) -> str:
        """Return in a sentence where keys are kept here."""


class Desk(QObject):
    """The settings, the keys, and the tasks of whoever changes them.

    Args:
        store: All settings.
        keys: The API keys.
        bridge: To the conversation, and to the notice bar.

    Signals:
        changed: The `Settings` as they are now.
        first_steps_asked: The person wants to be led through the first steps once more.
        hotkeys_changed: What there is to know of the hotkeys is another thing now.
    """

    changed = Signal(object)
    first_steps_asked = Signal()
    hotkeys_changed = Signal()

    def __init__(
        self, store: SettingsStore, keys: Keys, bridge: Bridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.keys = keys
        self.bridge = bridge
        self.hotkeys: GlobalHotkeys | None = None
        """The keys that work in whatever window; None until they are there."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self._unsubscribe: Callable[[], None] | None = store.subscribe(self.changed.emit)

    @property
    def settings(self) -> Settings:
        """All settings as they are now."""
        return self.store.current

    @property
    def profiles(self) -> Profiles:
        """All profiles as they are now."""
        return self.store.current.profiles

    def use_hotkeys(self, hotkeys: GlobalHotkeys) -> None:
        """Show and record these hotkeys from now on."""
        self.hotkeys = hotkeys
        hotkeys.changed.connect(self.hotkeys_changed)
        self.hotkeys_changed.emit()

    def change_profile(self, profile: Profile) -> None:
        """Have the profile as it is here from now on."""
        self.store.change_profiles(self.profiles.with_(profile))

    def do(
        self, work: Coroutine[Any, Any, None], name: str, on_end: Callable[[], None] | None = None
    ) -> asyncio.Task[None]:
        """Do something that takes time; what it raises becomes a notice. Return the task, which is ours.

        Args:
            work: What to do.
            name: What it is called in a report.
            on_end: A method of a widget, called however it ends, also before it has begun, unless the widget
                is gone by then.
        """
        task = asyncio.get_running_loop().create_task(work, name=f"settings-{name}")
        self._tasks.add(task)
        task.add_done_callback(self._done)
        if on_end is not None:
            task.add_done_callback(lambda _: _call(on_end))
        return task

    async def close(self) -> None:
        """Break off what is being done, and follow the settings no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def rest(self) -> None:
        """Wait until all that is being done now is done, but for whoever waits."""
        if others := self._tasks - {asyncio.current_task()}:
            await asyncio.wait(others)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.bridge.report(error)


def _call(method: Callable[[], None]) -> None:
    if isValid(getattr(method, "__self__", None)):
        method()
