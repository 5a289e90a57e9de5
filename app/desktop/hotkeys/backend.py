"""What every way to global hotkeys can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from app.core.errors import UserError
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.event import OnEvent

RECORDING_S: Final = 30.0
"""Seconds in which a chord that is to be recorded is pressed."""


class HotkeysError(UserError):
    """There are no global hotkeys here, or what was asked of them cannot be done; the next step is said."""


class HotkeyBackend(Protocol):
    """Tells of keys that are pressed anywhere. It is called on one event loop, and its events come there."""

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        """Tell of these chords from now on.

        Raises:
            HotkeysError: It cannot work here and now.
        """

    async def rebind(self, bindings: Bindings) -> None:
        """Tell of these chords instead; what is held is released. The same ones again are taken anew.

        Raises:
            HotkeysError: It does not work any more.
        """

    async def stop(self) -> None:
        """End everything that was started. What is held is released before; nothing is told afterwards."""

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Return the next chord that is pressed; None for Escape, or when nothing was pressed in time.

        Meanwhile no action is told of. A cancelled recording ends.

        Raises:
            HotkeysError: Keys are not recorded here: `configure` instead.
        """

    async def configure(self) -> bool:
        """Let the desktop's own dialog ask for the keys; return False where there is none."""

    def describe(self) -> str:
        """Return a sentence on which way works here and now, and what it cannot do."""

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key now although they are bound, each with a sentence why."""

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys that work now, in words, by action."""
