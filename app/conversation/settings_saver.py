"""Saves what was changed, a moment later and away from the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from app.core.errors import UserError
from app.core.settings import Settings, SettingsStore

GATHER_S: Final = 0.25
"""Seconds in which changes are gathered: a slider that is moved is written once."""


class SettingsSaver:
    """Saves a store's changes from `start` to `close`; to be used on a running event loop.

    Args:
        store: What is saved.
        on_error: Gets the sentence when the file cannot be written. The next change tries again.
    """

    def __init__(self, store: SettingsStore, on_error: Callable[[UserError], None]) -> None:
        self._store = store
        self._on_error = on_error
        self._unsubscribe: Callable[[], None] | None = None
        self._saving: asyncio.Task[None] | None = None
        self._is_closing = asyncio.Event()

    def start(self) -> None:
        """Save every change from now on."""
        self._unsubscribe = self._store.subscribe(self._changed)

    async def close(self) -> None:
        """Save what is not saved yet, at once, and follow no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._is_closing.set()
        if self._saving is not None:
            await self._saving
        await self._save()

    def _changed(self, _settings: Settings) -> None:
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_soon(), name="save the settings")

    async def _save_soon(self) -> None:
        while self._store.has_unsaved:
            try:
                async with asyncio.timeout(GATHER_S):
                    await self._is_closing.wait()
            except TimeoutError:
                pass
            if not await self._save():
                return

    async def _save(self) -> bool:
        if not self._store.has_unsaved:
            return True
        try:
            await asyncio.to_thread(self._store.save)
        except UserError as error:
            self._on_error(error)
            return False
        return True
