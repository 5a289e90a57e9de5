"""Has the system do what the setting of the start at login says, away from the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.core.errors import UserError
from app.core.settings import Desktop, Settings, SettingsStore
from app.desktop.start_at_login import is_started_at_login, start_at_login


class LoginFollower:
    """Follows the setting from `start` to `close`; to be used on a running event loop.

    Args:
        store: The settings.
        on_error: Gets the sentence when the system does not take it; the setting goes back then.
    """

    def __init__(self, store: SettingsStore, on_error: Callable[[UserError], None]) -> None:
        self._store = store
        self._on_error = on_error
        self._unsubscribe: Callable[[], None] | None = None
        self._is_on = store.current.desktop.start_at_login
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Follow from now on. Whoever has taken the entry away in the system's own settings has decided."""
        self._unsubscribe = self._store.subscribe(self._changed)
        if self._is_on:
            self._work = asyncio.create_task(self._look(), name="look at the start at login")

    async def close(self) -> None:
        """Finish what is being done, and follow no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self._work is not None:
            await self._work

    def _changed(self, settings: Settings) -> None:
        is_at_work = self._work is not None and not self._work.done()
        if settings.desktop.start_at_login != self._is_on and not is_at_work:
            self._work = asyncio.create_task(self._follow(), name="start at login")

    async def _look(self) -> None:
        if not await asyncio.to_thread(is_started_at_login):
            self._is_on = False
            self._store.update(Desktop, start_at_login=False)
        elif self._store.current.desktop.start_at_login:
            await self._switch(True)  # Heron may have moved since
        await self._follow()

    async def _follow(self) -> None:
        while (wanted := self._store.current.desktop.start_at_login) != self._is_on:
            if await self._switch(wanted):
                self._is_on = wanted
            else:
                self._store.update(Desktop, start_at_login=self._is_on)

    async def _switch(self, wanted: bool) -> bool:
        try:
            await asyncio.to_thread(start_at_login, wanted)
        except UserError as error:
            self._on_error(error)
            return False
        return True
