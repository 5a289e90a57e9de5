"""Whether the computer sleeps or its screen is locked, as logind and the desktop tell it on D-Bus."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from enum import Enum
from typing import Final, Literal

from app.desktop.d_bus import BusError, DBus, Signal

_LOG: Final = logging.getLogger(__name__)

_LOGIND: Final = "org.freedesktop.login1"
_LOGIND_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_USER: Final = "org.freedesktop.login1.User"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class Rest(Enum):
    """What happens to the computer."""

    ASLEEP = "asleep"
    """It is about to sleep."""
    AWAKE = "awake"
    LOCKING = "locking"
    """Somebody wants the screen to be locked. Whether it then is, not every desktop tells."""
    LOCKED = "locked"
    UNLOCKED = "unlocked"


class SleepWatch:
    """Tells when the computer goes to sleep and wakes up, and when the screen is locked and unlocked.

    Where nobody tells of it, as on Windows and macOS, it stays silent.

    Args:
        on_rest: Called on the event loop, once for each change.
    """

    def __init__(self, on_rest: Callable[[Rest], None]) -> None:
        self._on_rest = on_rest
        self._buses: list[DBus] = []
        self._session = ""
        self._locks: set[str] = set()
        self.is_asleep = False

    @property
    def is_locked(self) -> bool:
        """Whether the screen is locked, as far as that is told."""
        return bool(self._locks)

    async def start(self) -> None:
        """Begin to listen, to whoever is there."""
        for listen in (self._listen_to_logind, self._listen_to_desktop):
            try:
                await listen()
            except BusError as error:
                _LOG.info("nobody tells of sleep or locks there: %s", error)

    async def stop(self) -> None:
        """Stop listening."""
        while self._buses:
            await self._buses.pop().close()

    async def _listen_to_logind(self) -> None:
        bus = await self._open("system")
        await bus.listen(f"sender='{_LOGIND}',interface='{_MANAGER}'", self._hear_sleep)
        self._session = await self._own_session(bus)
        for interface in (_SESSION, _PROPERTIES):
            rule = f"sender='{_LOGIND}',interface='{interface}',path='{self._session}'"
            await bus.listen(rule, self._hear_session)
        self._take_lock(_SESSION, bool(await bus.get(_LOGIND, self._session, _SESSION, "LockedHint")))

    async def _listen_to_desktop(self) -> None:
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            raise BusError("there is no session bus")
        bus = await self._open("session")
        for saver in _SAVERS:
            await bus.listen(f"interface='{saver}',member='ActiveChanged'", self._hear_saver)

    async def _open(self, kind: Literal["session", "system"]) -> DBus:
        bus = await DBus.open(kind, lambda: _LOG.warning("the %s bus has ended", kind))
        self._buses.append(bus)
        return bus

    async def _own_session(self, bus: DBus) -> str:
        """Return the object of our session.

        What the person's systemd has started is in no session and need not know of one: the session that this
        person sees is it then.
        """
        if number := os.environ.get("XDG_SESSION_ID"):
            found = await bus.call((_LOGIND, _LOGIND_PATH, _MANAGER, "GetSession"), "s", number)
        else:
            user = await bus.call((_LOGIND, _LOGIND_PATH, _MANAGER, "GetUserByPID"), "u", os.getpid())
            _, path = await bus.get(_LOGIND, user[0], _USER, "Display")
            found = [path]
        return str(found[0])

    def _hear_sleep(self, signal: Signal) -> None:
        if signal.interface == _MANAGER and signal.member == "PrepareForSleep":
            is_asleep = bool(signal.body[0])
            if is_asleep is not self.is_asleep:
                self.is_asleep = is_asleep
                self._on_rest(Rest.ASLEEP if is_asleep else Rest.AWAKE)

    def _hear_session(self, signal: Signal) -> None:
        if signal.interface == _SESSION and signal.member == "Lock":
            self._on_rest(Rest.LOCKING)
        elif signal.interface == _PROPERTIES and signal.body[0] == _SESSION:
            changed = signal.body[1]
            if "LockedHint" in changed:
                self._take_lock(_SESSION, bool(changed["LockedHint"].value))

    def _hear_saver(self, signal: Signal) -> None:
        if signal.interface in _SAVERS and signal.member == "ActiveChanged":
            self._take_lock(signal.interface, bool(signal.body[0]))

    def _take_lock(self, teller: str, is_locked: bool) -> None:
        was_locked = self.is_locked
        (self._locks.add if is_locked else self._locks.discard)(teller)
        if self.is_locked is not was_locked:
            self._on_rest(Rest.LOCKED if self.is_locked else Rest.UNLOCKED)
