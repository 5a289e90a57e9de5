"""A way to hotkeys whose keys a test presses, and the hotkeys of a window on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType

from app.core.settings import SettingsStore
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.event import HotkeyEvent, Lost, OnEvent, Pressed, Released
from app.ui.bridge import Bridge
from app.ui.hold import Holder
from app.ui.hotkeys import GlobalHotkeys
from app.ui.remote import Remote
from app.ui.window import Window
from tests.ui.open_window import Opened, opened, until

WAY = "They work in every window."


class Keyboard:
    """A backend; a chord that somebody else has is refused.

    Args:
        taken: The chords of another program.
        is_recorded: Whether chords are recorded here; else the desktop asks for them.
        given: What it is that works, where that is not what was asked for.
    """

    def __init__(
        self, *taken: str, is_recorded: bool = True, given: Mapping[Action, str] = MappingProxyType({})
    ) -> None:
        self._given = given
        self._taken = set(taken)
        self._is_recorded = is_recorded
        self.chords: dict[Action, Chord] = {}
        self.pressed: asyncio.Queue[Chord | None] = asyncio.Queue()
        self.is_recording = False
        self.dialogs = 0
        self.broken = ""
        self._on_event: OnEvent | None = None

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        self._on_event = on_event
        await self.rebind(bindings)

    async def rebind(self, bindings: Bindings) -> None:
        if self.broken:
            raise HotkeysError(self.broken)
        self.chords = bindings.unambiguous()

    async def stop(self) -> None:
        self.chords, self._on_event = {}, None

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        if not self._is_recorded:
            raise HotkeysError("The desktop asks for them.")
        self.is_recording = True
        try:
            return await asyncio.wait_for(self.pressed.get(), patience_s)
        finally:
            self.is_recording = False

    async def configure(self) -> bool:
        self.dialogs += not self._is_recorded
        return not self._is_recorded

    def describe(self) -> str:
        return WAY

    def refusals(self) -> Mapping[Action, str]:
        refused = (action for action, chord in self.chords.items() if str(chord) in self._taken)
        return {action: f"{self.chords[action]} belongs to another program." for action in refused}

    def triggers(self) -> Mapping[Action, str]:
        works = {each: str(chord) for each, chord in self.chords.items() if each not in self.refusals()}
        return {each: self._given.get(each, words) for each, words in works.items()}

    def down(self, action: Action) -> None:
        self._tell(Pressed(action, 0.0))

    def up(self, action: Action) -> None:
        self._tell(Released(action, 0.0))

    def lose(self, why: str) -> None:
        self.broken = why
        self._tell(Lost(why))

    def _tell(self, event: HotkeyEvent) -> None:
        assert self._on_event is not None, "nobody listens"
        self._on_event(event)


def hotkeys_on(
    keyboard: Keyboard, window: Window | None, bridge: Bridge, store: SettingsStore
) -> GlobalHotkeys:
    """Return hotkeys that are not started; without a window they are only shown."""

    def there() -> Window:
        assert window is not None
        return window

    remote = Remote(there, bridge, lambda: store.current.talk.longest_hold_s)
    return GlobalHotkeys(store, remote, remote.far(Holder.HOTKEY), bridge, lambda: keyboard)


@dataclass
class Keyed:
    """A window with hotkeys."""

    opened: Opened
    keyboard: Keyboard
    hotkeys: GlobalHotkeys
    store: SettingsStore
    notices: list[str]

    @property
    def calls(self) -> list[str]:
        return [call for call in self.opened.conversation.calls if call != "start"]


@asynccontextmanager
async def keyed(*taken: str) -> AsyncIterator[Keyed]:
    """Open a window with hotkeys that work."""
    keyboard, store = Keyboard(*taken), SettingsStore()
    notices: list[str] = []
    async with opened() as window:
        window.bridge.notice_changed.connect(lambda notice: notices.append(notice.text if notice else ""))
        hotkeys = hotkeys_on(keyboard, window.window, window.bridge, store)
        hotkeys.start()
        try:
            await until(lambda: bool(keyboard.chords))
            yield Keyed(window, keyboard, hotkeys, store, notices)
        finally:
            await hotkeys.close()
            assert keyboard.chords == {}
