"""Where there are no global hotkeys: it says so, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.event import OnEvent


class NoBackend:
    """Tells of nothing; see `HotkeyBackend`.

    Args:
        why: A sentence, with what to do instead.
    """

    def __init__(self, why: str) -> None:
        self._why = why

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        """Raise: there is nothing to start.

        Raises:
            HotkeysError: Always.
        """
        raise HotkeysError(self._why)

    async def rebind(self, bindings: Bindings) -> None:
        """Raise, as `start` does.

        Raises:
            HotkeysError: Always.
        """
        raise HotkeysError(self._why)

    async def stop(self) -> None:
        """Do nothing."""

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Raise, as `start` does.

        Raises:
            HotkeysError: Always.
        """
        raise HotkeysError(self._why)

    async def configure(self) -> bool:
        """Return False."""
        return False

    def describe(self) -> str:
        """Return why there are none."""
        return self._why

    def refusals(self) -> Mapping[Action, str]:
        """Return nothing."""
        return {}

    def triggers(self) -> Mapping[Action, str]:
        """Return nothing."""
        return {}
