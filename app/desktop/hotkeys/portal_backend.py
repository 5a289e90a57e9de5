"""Global hotkeys on Wayland: the desktop's portal tells of them, and the person sets them there."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Final

from app.core.translation import translate
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.event import Cause, Changed, HotkeyEvent, Lost, OnEvent
from app.desktop.hotkeys.portal_session import NoAppId, NoPortal, NotAllowed, PortalSession, Shortcut
from app.desktop.hotkeys.portal_trigger import trigger
from app.desktop.hotkeys.presses import Presses

_LOG: Final = logging.getLogger(__name__)

QUICK_S: Final = 1.0
"""Seconds in which the desktop answers when it does not ask the person; the start waits no longer."""


class PortalBackend:
    """Has the desktop tell of keys; see `HotkeyBackend`.

    Args:
        app_id: Name of our .desktop file, without the ending; the desktop looks there who we are.
    """

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._session: PortalSession | None = None
        self._chords: dict[Action, Chord] = {}
        self._keys: dict[Action, str] = {}
        self._on_event: OnEvent | None = None
        self._presses = Presses(self._tell)
        self._binding: asyncio.Task[None] | None = None
        self._said = ""

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        """Ask the desktop for these chords; it may ask the person, and the start does not wait for that.

        Raises:
            HotkeysError: The desktop gives programs no hotkeys.
        """
        self._on_event = on_event
        self._session = PortalSession(
            self._app_id,
            on_active=self._take_active,
            on_triggers=self._take_triggers,
            on_lost=self._lose,
        )
        try:
            await self._session.open()
            await self.rebind(bindings)
        except NoPortal as error:
            await self.stop()
            _LOG.info("the desktop gives no hotkeys: %s", error)
            raise HotkeysError(_no_portal()) from error
        except BaseException:
            await self.stop()
            raise

    async def rebind(self, bindings: Bindings) -> None:
        """Ask the desktop for these chords instead.

        Raises:
            HotkeysError: The desktop does not want to.
        """
        if self._session is None:
            raise HotkeysError(self.describe())
        chords = bindings.unambiguous()
        if self._binding is not None and chords == self._chords:
            await self._check(self._session)  # to ask again for the same could ask the person again
            return
        await self._end_binding()
        self._presses.release_all(time.monotonic(), Cause.REBOUND)
        self._chords = chords
        self._keys = {}
        self._said = translate("Hotkeys", "Your desktop asks which hotkeys Heron may have. Answer it.")
        binding = asyncio.get_running_loop().create_task(
            self._bind(self._session), name="heron-hotkeys-portal"
        )
        self._binding = binding
        await asyncio.wait({binding}, timeout=QUICK_S)
        if binding.cancelled():
            raise HotkeysError(self.describe())
        if binding.done():
            binding.result()

    async def stop(self) -> None:
        """Give the keys back and leave the desktop alone."""
        await self._end_binding()
        self._presses.release_all(time.monotonic(), Cause.LOST)
        self._on_event = None
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Raise: a program sees no key of others here.

        Raises:
            HotkeysError: Always.
        """
        raise HotkeysError(
            translate("Hotkeys", "On this desktop the hotkeys are set in the desktop's own settings.")
        )

    async def configure(self) -> bool:
        """Open the desktop's dialog for the keys; return False where it has none."""
        return self._session is not None and await self._session.configure()

    def describe(self) -> str:
        """Return a sentence on how the keys work here."""
        if self._said or self._session is None:
            return self._said or translate("Hotkeys", "Global hotkeys are off.")
        return translate(
            "Hotkeys",
            "Hotkeys work in every window, through your desktop (Wayland), and are changed in its settings."
            " It takes chords only: no lone modifier and no mouse button.",
        )

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key, and why."""
        if self._session is None or self._said:
            return {}
        return {action: _refusal(chord) for action, chord in self._chords.items() if not self._keys[action]}

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys as the desktop calls them."""
        return {action: key for action, key in self._keys.items() if key}

    async def _bind(self, session: PortalSession) -> None:
        wanted = [
            Shortcut(action.value, action.label, trigger(chord)) for action, chord in self._chords.items()
        ]
        try:
            keys = await session.bind(wanted)
        except NotAllowed:
            self._said = translate(
                "Hotkeys",
                "Your desktop was not allowed to give Heron hotkeys. Switch them on again to be asked.",
            )
        except NoAppId as error:
            _LOG.info("the desktop gives hotkeys to installed programs only: %s", error)
            self._said = translate(
                "Hotkeys",
                "This desktop gives hotkeys to installed programs only, and Heron is not installed for it."
                " Let a shortcut of your desktop run “heron toggle”.",
            )
        except NoPortal as error:
            _LOG.warning("the desktop gave no hotkeys: %s", error)
            self._said = _no_portal()
        else:
            self._said = ""
            self._take_triggers(keys)
            return
        self._tell(Changed())

    async def _check(self, session: PortalSession) -> None:
        try:
            await session.check()
        except NoPortal as error:
            _LOG.info("the portal does not answer any more: %s", error)
            raise HotkeysError(_no_portal()) from error

    async def _end_binding(self) -> None:
        binding, self._binding = self._binding, None
        if binding is not None:
            binding.cancel()
            await asyncio.wait({binding})

    def _take_active(self, name: str, is_down: bool) -> None:
        action = _action(name)
        if action not in self._chords:
            return
        code = list(Action).index(action)
        if is_down:
            self._presses.press(action, code, time.monotonic())
        else:
            self._presses.release(code, time.monotonic())

    def _take_triggers(self, keys: Mapping[str, str]) -> None:
        self._keys = {action: keys.get(action.value, "") for action in self._chords}
        self._tell(Changed())

    def _lose(self, why: str) -> None:
        _LOG.warning("the hotkeys of the desktop have ended: %s", why)
        self._presses.release_all(time.monotonic(), Cause.LOST)
        self._keys = {}
        self._said = translate("Hotkeys", "The desktop's service for hotkeys has ended.")
        if self._binding is not None:
            self._binding.cancel()
        self._tell(Lost(self._said))

    def _tell(self, event: HotkeyEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)


def _action(name: str) -> Action | None:
    try:
        return Action(name)
    except ValueError:
        return None


def _refusal(chord: Chord) -> str:
    if trigger(chord) is None:
        said = translate(
            "Hotkeys",
            "{chord} is no hotkey on this desktop. Set a chord such as Ctrl+Alt+Space in its settings.",
        )
    else:
        said = translate(
            "Hotkeys", "The desktop has not given {chord} to Heron. Set a key in the desktop's settings."
        )
    return said.format(chord=chord)


def _no_portal() -> str:
    return translate(
        "Hotkeys",
        "This desktop gives programs no global hotkeys. Let a shortcut of your desktop run “heron toggle”.",
    )
