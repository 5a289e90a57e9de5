"""A desk to work at: settings in a folder of their own, keys in memory, a stand-in conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.settings import Profile, SettingsStore
from app.ui.bridge import Bridge
from app.ui.settings.desk import Desk
from tests.ui.open_window import settle
from tests.ui.stand_in import StandIn

KEPT = "The key is kept in the drawer."


@dataclass
class Drawer:
    """Keeps keys; one that is locked is waited for."""

    keys: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    error: UserError | None = None
    locked: bool = False
    unlocked: asyncio.Event = field(default_factory=asyncio.Event)

    async def key(self, profile_id: str) -> str | None:
        self.asked.append(profile_id)
        if self.locked:
            await self.unlocked.wait()
        if self.error is not None:
            raise self.error
        return self.keys.get(profile_id)

    async def keep(self, profile_id: str, key: str) -> str:
        self.keys[profile_id] = key
        return KEPT

    async def forget(self, profile_id: str) -> None:
        if self.error is not None:
            raise self.error
        self.keys.pop(profile_id, None)

    async def place(self) -> str:
        return "Keys are kept in the drawer."


@dataclass
class AtDesk:
    """A desk and everything around it."""

    desk: Desk
    drawer: Drawer
    conversation: StandIn

    def with_profiles(self, *profiles: Profile, current: str = "local") -> None:
        for profile in profiles:
            self.desk.change_profile(profile)
        self.desk.store.change_profiles(self.desk.profiles.talking_with(current))


@asynccontextmanager
async def at_desk() -> AsyncIterator[AtDesk]:
    """Open a desk, and close it again."""
    store, drawer, conversation, bridge = SettingsStore(), Drawer(), StandIn(), Bridge()
    store.load()
    bridge.attach(conversation)
    desk = Desk(store, drawer, bridge)
    await settle()
    try:
        yield AtDesk(desk, drawer, conversation)
    finally:
        await desk.close()
        await bridge.close()


async def gone(widget: QWidget) -> None:
    """Close a widget for good."""
    widget.close()
    widget.deleteLater()
    await settle()
