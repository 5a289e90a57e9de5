"""Global hotkeys on Windows and macOS: every key is heard, and goes on to the program in front as well."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

from app.core.translation import translate
from app.desktop.hotkeys import mac_permission
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import RECORDING_S, HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.chord_watch import ChordWatch
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Lost, OnEvent
from app.desktop.hotkeys.key_source import KeySource, SystemKeySource
from app.desktop.hotkeys.presses import Presses
from app.desktop.hotkeys.recording import Recording
from app.desktop.hotkeys.virtual_keys import codes_on

_LOG: Final = logging.getLogger(__name__)

LOOK_S: Final = 0.25
"""Seconds between two looks at whether what is held is really down."""

_PULSE_S: Final = 5.0
"""Seconds between two looks at whether anybody still listens."""


class ListenerBackend:
    """Listens to the keyboard; see `HotkeyBackend`.

    Args:
        platform: As `sys.platform` says it.
        open_source: Makes what tells of the keys.
        is_allowed: Whether the system lets us listen; asked on macOS.
    """

    def __init__(
        self,
        platform: str,
        *,
        open_source: Callable[[], KeySource] = SystemKeySource,
        is_allowed: Callable[[], bool] = mac_permission.is_allowed,
    ) -> None:
        self._platform = platform
        self._codes = codes_on(platform)
        self._names = {code: name for name, code in self._codes.items()}
        self._open_source = open_source
        self._is_allowed = is_allowed
        self._source: KeySource | None = None
        self._on_event: OnEvent | None = None
        self._presses = Presses(self._tell)
        self._watch = ChordWatch(self._presses, self._codes, self._is_down)
        self._chords: dict[Action, Chord] = {}
        self._refusals: dict[Action, str] = {}
        self._recording: Recording | None = None
        self._recorded: asyncio.Future[Chord | None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._is_held = asyncio.Event()
        self._said = ""

    async def start(self, bindings: Bindings, on_event: OnEvent) -> None:
        """Listen from now on.

        Raises:
            HotkeysError: The system does not allow it, or pynput is missing.
        """
        if self._platform == "darwin" and not await asyncio.to_thread(self._is_allowed):
            await asyncio.to_thread(mac_permission.ask)
            self._said = mac_permission.explanation()
            raise HotkeysError(self._said)
        loop = asyncio.get_running_loop()

        def hear(code: int, is_down: bool) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._hear, code, is_down)

        source = self._open_source()
        try:
            await asyncio.to_thread(source.start, hear)
        except Exception as error:  # the system's own errors are of many kinds
            await asyncio.to_thread(source.stop)
            _LOG.warning("the keyboard cannot be listened to", exc_info=True)
            self._said = translate(
                "Hotkeys", "The system does not let Heron hear keys ({kind}), so no hotkey works elsewhere."
            ).format(kind=type(error).__name__)
            raise HotkeysError(self._said) from error
        self._source, self._on_event, self._said = source, on_event, ""
        self._looking = loop.create_task(self._look(), name="heron-hotkeys-look")
        await self.rebind(bindings)

    async def rebind(self, bindings: Bindings) -> None:
        """Watch for these chords instead.

        Raises:
            HotkeysError: Nobody listens any more.
        """
        if self._source is None:
            raise HotkeysError(self.describe())
        self._presses.release_all(time.monotonic(), Cause.REBOUND)
        self._chords = bindings.unambiguous()
        said = translate("Hotkeys", "{chord} is not known on this system. Choose another key.")
        self._refusals = {
            action: said.format(chord=self._chords[action].spoken(self._platform))
            for action in self._watch.bind(self._chords)
        }

    async def stop(self) -> None:
        """Stop listening."""
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.cancel()
            await asyncio.wait({looking})
        self._presses.release_all(time.monotonic(), Cause.LOST)
        self._on_event = None
        source, self._source = self._source, None
        if source is not None:
            await asyncio.to_thread(source.stop)

    async def record(self, patience_s: float = RECORDING_S) -> Chord | None:
        """Return the next chord that is pressed.

        Raises:
            HotkeysError: Nobody listens.
        """
        if self._source is None:
            raise HotkeysError(self.describe())
        self._presses.release_all(time.monotonic(), Cause.REBOUND)
        self._recording, self._recorded = Recording(), asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(patience_s):
                return await self._recorded
        except TimeoutError:
            return None
        finally:
            self._recording = self._recorded = None

    async def configure(self) -> bool:
        """Return False: keys are recorded here."""
        return False

    def describe(self) -> str:
        """Return a sentence on how the keys work here."""
        if self._said or self._source is None:
            return self._said or translate("Hotkeys", "Global hotkeys are off.")
        if self._platform == "darwin":
            return translate(
                "Hotkeys",
                "Hotkeys work in every window (macOS, allowed by Input Monitoring); the program in front gets"
                " the keys too.",
            )
        return translate(
            "Hotkeys",
            "Hotkeys work in every window (Windows), but for those of programs that run as administrator; the"
            " program in front gets the keys too.",
        )

    def refusals(self) -> Mapping[Action, str]:
        """Return which actions have no key, and why."""
        return dict(self._refusals)

    def triggers(self) -> Mapping[Action, str]:
        """Return the keys that work now."""
        if self._source is None:
            return {}
        return {
            action: chord.spoken(self._platform)
            for action, chord in self._chords.items()
            if action not in self._refusals
        }

    def _hear(self, code: int, is_down: bool) -> None:
        if self._source is None:
            return
        if self._recording is not None:
            self._record(code, is_down)
        elif is_down:
            self._watch.down(code, time.monotonic())
            if self._presses.waiting:
                self._is_held.set()
        else:
            self._watch.up(code, time.monotonic())

    def _record(self, code: int, is_down: bool) -> None:
        assert self._recording is not None
        if (name := self._names.get(code)) is not None:
            (self._recording.down if is_down else self._recording.up)(name)
        if self._recording.is_done and self._recorded is not None and not self._recorded.done():
            self._recorded.set_result(self._recording.chord)

    def _is_down(self, code: int) -> bool:
        return self._source is not None and self._source.is_down(code)

    async def _look(self) -> None:
        """Look whether what is held is really down, and whether anybody still listens."""
        while self._source is not None and self._source.is_alive():
            if self._presses.waiting:
                self._watch.look(time.monotonic())
                await asyncio.sleep(LOOK_S)
                continue
            self._is_held.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_held.wait(), _PULSE_S)
        source, self._source = self._source, None
        if source is not None:
            self._said = translate("Hotkeys", "The system has ended the hotkeys. Switch them on again.")
            self._presses.release_all(time.monotonic(), Cause.LOST)
            await asyncio.to_thread(source.stop)
            self._tell(Lost(self._said))

    def _tell(self, event: HotkeyEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)
