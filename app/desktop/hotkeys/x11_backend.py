"""Global hotkeys on X11: chords are taken for us alone; lone modifiers and mouse buttons are watched."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Final, TypeVar

from app.core.translation import translate
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.event import HotkeyEvent, Lost, OnEvent
from app.desktop.hotkeys.x11_keyboard import X11Error
from app.desktop.hotkeys.x11_thread import X11Thread

_LOG: Final = logging.getLogger(__name__)
_T = TypeVar("_T")

_ANSWER_S: Final = 10.0
"""Seconds the X server may take to answer."""

_END_S: Final = 2.0
"""Seconds the thread may take to end; a server that answers nothing must not hold Heron up."""


class X11Backend:
    """Takes keys from an X server; see `HotkeyBackend`.

    Args:
        display: Its name, as in DISPLAY.
    """

    def __init__(self, display: str) -> None:
        self._display = display
        self._thread: X11Thread | None = None
        self._chords: dict[Action, Chord] = {}
        self._on_event: OnEvent | None = None
        self._said = ""

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        """Connect, and tell of these chords from now on.

        Raises:
            HotkeysError: The X server does not answer.
        """
        loop = asyncio.get_running_loop()

        def emit(event: HotkeyEvent) -> None:
            if not loop.is_closed():  # it may be, where nobody could stop us
                loop.call_soon_threadsafe(self._tell, event)

        self._on_event = on_event
        self._thread = X11Thread(self._display, emit)
        self._thread.start()
        try:
            await self._answer(self._thread.connected)
            await self.rebind(bindings)
        except BaseException:
            await self.stop()
            raise

    async def rebind(self, bindings: Bindings) -> None:
        """Tell of these chords instead.

        Raises:
            HotkeysError: The X server has gone.
        """
        self._chords = bindings.unambiguous()
        await self._answer(self._running().bind(self._chords))

    async def stop(self) -> None:
        """Give all keys back and leave the server."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()
            await asyncio.to_thread(thread.join, _END_S)
            await asyncio.sleep(0)  # the last releases are on their way
        self._on_event = None

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Return the next chord that is pressed; meanwhile no other program gets a key.

        Raises:
            HotkeysError: The X server has gone.
        """
        thread = self._running()
        try:
            async with asyncio.timeout(patience_s):
                return await asyncio.wrap_future(thread.record())
        except TimeoutError:
            return None
        except X11Error as error:
            raise _gone() from error
        finally:
            thread.end_recording()

    async def configure(self) -> bool:
        """Return False: keys are recorded here."""
        return False

    def describe(self) -> str:
        """Return a sentence on how the keys work here."""
        if self._thread is None:
            return self._said or translate("Hotkeys", "Global hotkeys are off.")
        return translate(
            "Hotkeys",
            "Hotkeys work in every window (X11). Chords are Heron's alone; a lone modifier or a mouse button"
            " still reaches the other programs too.",
        )

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key, and why."""
        return dict(self._thread.refusals) if self._thread is not None else {}

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys that work now."""
        refused = self.refusals()
        if self._thread is None:
            return {}
        return {action: str(chord) for action, chord in self._chords.items() if action not in refused}

    def _tell(self, event: HotkeyEvent) -> None:
        if isinstance(event, Lost):
            self._thread, self._said = None, event.why
        if self._on_event is not None:
            self._on_event(event)

    def _running(self) -> X11Thread:
        if self._thread is None:
            raise HotkeysError(self.describe())
        return self._thread

    async def _answer(self, future: Future[_T]) -> _T:
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), _ANSWER_S)
        except TimeoutError as error:
            text = translate("Hotkeys", "The screen's server does not answer, so no hotkey works elsewhere.")
            raise HotkeysError(text) from error
        except X11Error as error:
            _LOG.info("no hotkeys on X11: %s", error)
            raise _gone() from error


def _gone() -> HotkeysError:
    return HotkeysError(
        translate(
            "Hotkeys",
            "This screen lets no program have hotkeys. Let a shortcut of your desktop run “heron toggle”.",
        )
    )
