"""Our session with the GlobalShortcuts portal: what the desktop is asked for, and what it answers."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.desktop.d_bus import ANSWER_S, DAEMON, BusError, DBus, Signal, plain

_LOG: Final = logging.getLogger(__name__)

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST: Final = "org.freedesktop.portal.Request"
_SESSION: Final = "org.freedesktop.portal.Session"
_REGISTRY: Final = "org.freedesktop.host.portal.Registry"

_SESSION_TOKEN: Final = "heron"  # noqa: S105 - a name
"""The same in each run: Plasma remembers a session's keys by it."""

_QUESTION_S: Final = 300.0
"""Seconds that the person may think about the desktop's question."""

_ASKS_FOR_ID: Final = "org.freedesktop.portal.Error.NotAllowed"
_CONFIGURABLE: Final = 2
"""Version of the portal from which on its own dialog can be opened."""

_CANCELLED: Final = 1


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What the portal is asked for.

    Attributes:
        name: What it is called on the bus.
        description: What the person reads.
        trigger: The key that we would like; None to leave it to the person.
    """

    name: str
    description: str
    trigger: str | None


class NoPortal(Exception):  # noqa: N818 - reads as what it is
    """The desktop gives programs no global shortcuts."""


class NoAppId(NoPortal):
    """It gives them only to programs that are installed: it does not know us."""


class NotAllowed(Exception):  # noqa: N818 - reads as what it is
    """The person has closed the desktop's question."""


class PortalSession:
    """Speaks with the portal; opened with `open`, ended with `close`.

    Args:
        app_id: Name of our .desktop file, without the ending.
        on_active: Called with the name of a shortcut, and whether it went down.
        on_triggers: Called with the keys in words, by name, when the person has changed them.
        on_lost: Called with a reason, for the log, once the session has ended by itself.
    """

    def __init__(
        self,
        app_id: str,
        *,
        on_active: Callable[[str, bool], None],
        on_triggers: Callable[[Mapping[str, str]], None],
        on_lost: Callable[[str], None],
    ) -> None:
        self._app_id = app_id
        self._on_active = on_active
        self._on_triggers = on_triggers
        self._on_lost = on_lost
        self._bus: DBus | None = None
        self._session = ""
        self._numbers = itertools.count(1)
        self._answers: dict[str, asyncio.Future[tuple[int, Mapping[str, Any]]]] = {}
        self.version = 0

    async def open(self) -> None:
        """Find the portal.

        Raises:
            NoPortal: There is no bus, no portal, or it has no global shortcuts.
        """
        try:
            self._bus = await DBus.open("session", lambda: self._lose("the bus has ended"))
            for interface in (_SHORTCUTS, _REQUEST, _SESSION):
                await self._bus.listen(f"sender='{_NAME}',interface='{interface}'", self._hear)
            changes = f"sender='{DAEMON}',interface='{DAEMON}',member='NameOwnerChanged',arg0='{_NAME}'"
            await self._bus.listen(changes, self._hear)
            await self._introduce()
            self.version = int(await self._bus.get(_NAME, _PATH, _SHORTCUTS, "version"))
        except BusError as error:
            raise NoPortal(str(error)) from error

    async def bind(self, shortcuts: Sequence[Shortcut]) -> dict[str, str]:
        """Ask for these shortcuts instead of all others; the desktop may ask the person meanwhile.

        Returns:
            The keys in words, by name; empty words where the person has chosen none.

        Raises:
            NoPortal: The portal does not want to.
            NotAllowed: The person has closed its question.
        """
        try:
            await self._end_session()
            created = await self._request(
                "CreateSession", "a{sv}", patience_s=ANSWER_S, session_handle_token=_SESSION_TOKEN
            )
            self._session = str(created["session_handle"])
            known = _triggers((await self._list()).get("shortcuts", []))
            if set(known) == {shortcut.name for shortcut in shortcuts}:
                return known  # remembered; to ask again would be to ask the person again
            wanted = [[shortcut.name, _wish(shortcut)] for shortcut in shortcuts]
            signature = "oa(sa{sv})sa{sv}"
            bound = await self._request(
                "BindShortcuts", signature, self._session, wanted, "", patience_s=_QUESTION_S
            )
        except BusError as error:
            is_unknown = error.name == _ASKS_FOR_ID
            raise (NoAppId if is_unknown else NoPortal)(str(error)) from error
        return _triggers(bound.get("shortcuts", []))

    async def check(self) -> None:
        """Find out whether the portal is still there.

        Raises:
            NoPortal: It does not answer.
        """
        try:
            if self._bus is None:
                raise BusError("the bus has ended")
            await self._bus.get(_NAME, _PATH, _SHORTCUTS, "version")
        except BusError as error:
            raise NoPortal(str(error)) from error

    async def configure(self) -> bool:
        """Open the desktop's dialog for our keys; return whether it has one."""
        from dbus_fast import Variant

        if self._bus is None or not self._session or self.version < _CONFIGURABLE:
            return False
        options: dict[str, Variant] = {}
        to = (_NAME, _PATH, _SHORTCUTS, "ConfigureShortcuts")
        try:
            await self._bus.call(to, "osa{sv}", self._session, "", options)
        except BusError as error:
            _LOG.info("the desktop shows no dialog for hotkeys: %s", error)
            return False
        return True

    async def close(self) -> None:
        """End the session and leave the bus."""
        bus, self._bus = self._bus, None
        if bus is None:
            return
        if self._session:
            session, self._session = self._session, ""
            try:
                await bus.call((_NAME, session, _SESSION, "Close"))
            except BusError as error:
                _LOG.debug("the session had ended before: %s", error)
        await bus.close()

    async def _introduce(self) -> None:
        """Say who we are, before anything else is asked: the desktop cannot see it."""
        assert self._bus is not None
        try:
            await self._bus.call((_NAME, _PATH, _REGISTRY, "Register"), "sa{sv}", self._app_id, {})
        except BusError as error:  # the desktop may be older, or we are not installed
            _LOG.info("the desktop does not know Heron: %s", error)

    async def _end_session(self) -> None:
        if self._bus is not None and self._session:
            session, self._session = self._session, ""
            await self._bus.call((_NAME, session, _SESSION, "Close"))

    async def _list(self) -> Mapping[str, Any]:
        try:
            return await self._request("ListShortcuts", "oa{sv}", self._session, patience_s=ANSWER_S)
        except BusError as error:  # some list what is bound only
            _LOG.debug("the portal lists nothing: %s", error)
            return {}

    async def _request(
        self, member: str, signature: str, *body: Any, patience_s: float, **options: str
    ) -> Mapping[str, Any]:
        """Ask for something that the desktop answers later, with a signal."""
        from dbus_fast import Variant

        if self._bus is None:
            raise BusError("the bus has ended")
        token = f"heron{next(self._numbers)}"
        sender = self._bus.name.removeprefix(":").replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        said = {name: Variant("s", value) for name, value in {**options, "handle_token": token}.items()}
        answer: asyncio.Future[tuple[int, Mapping[str, Any]]] = asyncio.get_running_loop().create_future()
        self._answers[path] = answer
        try:
            handle = await self._bus.call((_NAME, _PATH, _SHORTCUTS, member), signature, *body, said)
            self._answers[str(handle[0])] = answer  # older portals choose the path themselves
            async with asyncio.timeout(patience_s):
                code, results = await answer
        except TimeoutError:
            raise BusError(f"{member}: no answer") from None
        finally:
            self._answers = {key: each for key, each in self._answers.items() if each is not answer}
        if code == _CANCELLED:
            raise NotAllowed
        if code != 0:
            raise BusError(f"{member}: answered with {code}")
        return results

    def _hear(self, signal: Signal) -> None:
        if signal.member == "Response" and signal.interface == _REQUEST:
            answer = self._answers.get(signal.path)
            if answer is not None and not answer.done():
                answer.set_result((signal.body[0], plain(signal.body[1])))
        elif signal.interface == _SHORTCUTS and signal.body and signal.body[0] == self._session:
            if signal.member == "ShortcutsChanged":
                self._on_triggers(_triggers(plain(signal.body[1])))
            elif signal.member in {"Activated", "Deactivated"}:
                self._on_active(signal.body[1], signal.member == "Activated")
        elif signal.interface == _SESSION and signal.member == "Closed":
            if self._session and signal.path == self._session:
                self._lose("the desktop has ended the session")
        elif signal.member == "NameOwnerChanged" and signal.body[0] == _NAME and signal.body[1]:
            self._lose("the portal has gone")

    def _lose(self, why: str) -> None:
        self._session = ""
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(BusError(why))
        self._on_lost(why)


def _wish(shortcut: Shortcut) -> dict[str, Any]:
    from dbus_fast import Variant

    wish = {"description": Variant("s", shortcut.description)}
    if shortcut.trigger is not None:
        wish["preferred_trigger"] = Variant("s", shortcut.trigger)
    return wish


def _triggers(shortcuts: Sequence[Any]) -> dict[str, str]:
    return {name: str(about.get("trigger_description", "")) for name, about in shortcuts}
