"""A logind and a screen saver for the tests, on the bus that the environment names as the system's."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.desktop.secret_service import session_bus

SESSION = "/org/freedesktop/login1/session/_32"
OTHER_SESSION = "/org/freedesktop/login1/session/_37"
_USER_PATH = "/org/freedesktop/login1/user/_1000"
_MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"


@contextmanager
def buses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run one private bus that is the session's and the system's at once, for this process."""
    with session_bus(folder) as variables:
        address = variables["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        monkeypatch.setenv("XDG_SESSION_ID", "2")
        yield


class Logind:
    """Tells of sleep and locks."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self.is_locked = False
        self.asked: list[str] = []

    async def sleep(self, is_asleep: bool) -> None:
        await self._tell("/org/freedesktop/login1", _MANAGER, "PrepareForSleep", "b", [is_asleep])

    async def ask_to_lock(self, session: str = SESSION) -> None:
        await self._tell(session, _SESSION, "Lock", "", [])

    async def lock(self, is_locked: bool, session: str = SESSION) -> None:
        body = [_SESSION, {"LockedHint": Variant("b", is_locked)}, []]
        await self._tell(session, _PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    async def save_screen(self, is_active: bool, name: str = "org.freedesktop.ScreenSaver") -> None:
        await self._tell("/org/freedesktop/ScreenSaver", name, "ActiveChanged", "b", [is_active])

    async def _tell(self, path: str, interface: str, member: str, signature: str, body: list[Any]) -> None:
        await self._bus.send(Message.new_signal(path, interface, member, signature, body))

    def handle(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        self.asked.append(str(message.member))
        if message.member == "GetSession":
            assert message.body == ["2"]
            return Message.new_method_return(message, "o", [SESSION])
        if message.member == "GetUserByPID":
            assert message.body == [os.getpid()]
            return Message.new_method_return(message, "o", [_USER_PATH])
        if message.member == "Get" and message.path == _USER_PATH:
            return Message.new_method_return(message, "v", [Variant("(so)", ["2", SESSION])])
        if message.member == "Get" and message.path == SESSION:
            return Message.new_method_return(message, "v", [Variant("b", self.is_locked)])
        return None


@asynccontextmanager
async def logind(*, is_locked: bool = False) -> AsyncIterator[Logind]:
    """Run a logind."""
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    found = Logind(bus)
    found.is_locked = is_locked
    bus.add_message_handler(found.handle)
    await bus.request_name("org.freedesktop.login1")
    try:
        yield found
    finally:
        bus.disconnect()
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
