"""The keyboard and the mouse of an X server: keys taken for us alone, and all others watched.

There are two connections: a server does not show a client the true presses and releases of keys that this
client has taken, but it shows them to everybody else. One connection takes keys, the other one sees all that
is pressed, once however long it is held. A press is of a chord of ours when both tell it, with the same time.

Everything here belongs to one thread, and waits for the server.
"""

from __future__ import annotations

import logging
import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.desktop.display import x11_answers
from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.key_names import code_in
from app.desktop.hotkeys.keysyms import keysyms_of, name_of_keysym

if TYPE_CHECKING:
    from Xlib.display import Display

_LOG: Final = logging.getLogger(__name__)

BUTTON: Final = 0x10000
"""Added to the number of a button of the mouse, to tell it from the code of a key."""

_FIRST_EXTRA_BUTTON: Final = 8

_RAW: Final = struct.Struct("=HIIHHI")
"""Of an event of XInput2: device, time, code, source, valuators and flags."""

_SETS: Final = "XInputExtension"
_ALL_MASTERS: Final = 1
_RAW_KINDS: Final = {13: (False, True), 14: (False, False), 15: (True, True), 16: (True, False)}
"""By kind of event: whether it is a button, and whether it went down."""

_REMEMBERED: Final = 256
"""Presses of taken keys, with their repeats, that are remembered until the other connection tells of them."""

_GENERIC_EVENT: Final = 35

_LEVELS: Final = (0, 2, 4, 6, 1)
"""Columns of a key's signs: unshifted in each group first; the shifted one has the digits of the keypad."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A key that we have for us alone went down, or repeats.

    Attributes:
        code: Which key.
        modifiers: What is held with it.
    """

    code: int
    modifiers: frozenset[Modifier]


@dataclass(frozen=True, slots=True)
class Seen:
    """Any key or button went down or up, whoever gets it. A key that is held does so once.

    Attributes:
        code: Which key; above `BUTTON` which button.
        is_down: It went down.
    """

    code: int
    is_down: bool


@dataclass(frozen=True, slots=True)
class Remapped:
    """Another layout: names and modifiers belong to other keys."""


class X11Error(Exception):
    """The X server cannot be reached, or cannot tell of keys; the message says why."""


class ServerGone(X11Error):  # noqa: N818 - reads as what it is
    """The X server, or our connection to it, has ended."""


class X11Keyboard:
    """Connections to an X server of our own.

    Args:
        display: Its name, as in DISPLAY.

    Raises:
        X11Error: It does not answer, or has no XInput2.1.
    """

    def __init__(self, display: str) -> None:
        from Xlib import X, error
        from Xlib.display import Display

        self._x = X
        self._gone = (error.ConnectionClosedError, OSError)
        self._taken_codes: set[int] = set()
        self._hits: deque[tuple[int, int, frozenset[Modifier]]] = deque(maxlen=_REMEMBERED)
        """Code, time and modifiers of what the first connection has told, and the second one not yet."""
        if not x11_answers(display):  # the package leaves its socket open then
            raise X11Error(f"{display} does not answer")
        self._displays: list[Display] = []
        try:
            self._displays = [Display(display), Display(display)]
            self._taker, self._watcher = self._displays
            self._root = self._taker.screen().root
            for each in self._displays:
                each.set_error_handler(_log_error)
            self._watch()
            self._read_modifiers()
        except (error.DisplayError, error.XError, *self._gone) as failure:
            self.close()
            raise X11Error(str(failure)) from failure
        except BaseException:
            self.close()
            raise

    def filenos(self) -> tuple[int, int]:
        """Return what becomes readable when something happens."""
        taker, watcher = (display.fileno() for display in self._displays)
        return taker, watcher

    def close(self) -> None:
        """Leave the server, and with it all keys that were taken."""
        from Xlib import error

        for display in self._displays:
            try:
                display.close()
            except (*self._gone, error.XError):
                _LOG.debug("the X server had gone before", exc_info=True)

    def take(self, chord: Chord) -> frozenset[int] | None:
        """Take a chord for us alone, whatever locks are on.

        Returns:
            The codes of its keys: empty when this keyboard has no such key. None when another program has it.
        """
        from Xlib import error

        codes = self.codes_of(chord.key)
        held = sum(self._masks[each] for each in chord.modifiers)
        refused = error.CatchError(error.BadAccess)
        for code in codes:
            for locks in self._locks:
                self._root.grab_key(
                    code, held | locks, False, self._x.GrabModeAsync, self._x.GrabModeAsync, onerror=refused
                )
        self._sync()
        if refused.get_error() is not None:
            for code in codes:
                for locks in self._locks:  # some of them may have been free
                    self._root.ungrab_key(code, held | locks)
            self._sync()
            return None
        self._taken_codes |= codes
        return codes

    def give_back(self) -> None:
        """Give all keys back that were taken."""
        self._taken_codes = set()
        self._root.ungrab_key(self._x.AnyKey, self._x.AnyModifier)
        self._sync()

    def take_all(self) -> bool:
        """Keep every key from all other programs until `give_back_all`; return whether that was possible."""
        status = self._root.grab_keyboard(
            False, self._x.GrabModeAsync, self._x.GrabModeAsync, self._x.CurrentTime
        )
        return bool(status == self._x.GrabSuccess)

    def give_back_all(self) -> None:
        """Let the other programs have the keys again."""
        self._taker.ungrab_keyboard(self._x.CurrentTime)
        self._sync()

    def events(self) -> Iterator[Taken | Seen | Remapped]:
        """Yield what has happened since the last time, without waiting.

        Raises:
            ServerGone: The server has ended.
        """
        try:
            if self._drain_taker():
                yield Remapped()
            while self._watcher.pending_events():
                event = self._watcher.next_event()
                if event.type != _GENERIC_EVENT or event.extension != self._xinput:
                    continue
                is_button, is_down = _RAW_KINDS[event.evtype]
                _device, at, number, *_ = _RAW.unpack_from(event.data)
                code = number + BUTTON if is_button else number
                yield Seen(code, is_down)
                if is_down and code in self._taken_codes:
                    self._taker.sync()  # the server has told the first connection by then
                    if self._drain_taker():
                        yield Remapped()
                    held = self._hit(code, at)
                    if held is not None:
                        yield Taken(code, held)
        except self._gone as failure:
            raise ServerGone(str(failure)) from failure

    def down(self) -> frozenset[int]:
        """Return the codes of everything that is really down now.

        Raises:
            ServerGone: The server has ended.
        """
        try:
            keys = self._watcher.query_keymap()
            devices = self._watcher.xinput_query_device(_ALL_MASTERS).devices
        except self._gone as failure:
            raise ServerGone(str(failure)) from failure
        found = {8 * byte + bit for byte, bits in enumerate(keys) for bit in range(8) if bits >> bit & 1}
        for device in devices:
            for part in device.classes:
                if hasattr(part, "state"):
                    found |= {BUTTON + 1 + at for at in range(len(part.state)) if part.state[at]}
        return frozenset(found)

    def codes_of(self, name: str) -> frozenset[int]:
        """Return the codes of the keys or of the button with this name; none when there are none here."""
        if (code := code_in(name)) is not None:
            return frozenset({code})
        if name.startswith("Mouse "):
            return frozenset({BUTTON + int(name.removeprefix("Mouse "))})
        for keysym in keysyms_of(name):
            places = list(self._taker.keysym_to_keycodes(keysym))
            if places:
                best = min(level for _, level in places)
                return frozenset(code for code, level in places if level == best)
        return frozenset()

    def name_of(self, code: int) -> str | None:
        """Return what we call a key or button; None for the buttons that every program needs."""
        if code > BUTTON:
            return f"Mouse {code - BUTTON}" if code - BUTTON >= _FIRST_EXTRA_BUTTON else None
        for level in _LEVELS:
            name = name_of_keysym(self._taker.keycode_to_keysym(code, level))
            if name is not None:
                return name
        return f"Key {code}"

    def _watch(self) -> None:
        """Ask for all keys and buttons, also of programs that have taken them (XInput2.1)."""
        from Xlib.ext import xinput

        if not self._watcher.has_extension(_SETS):
            raise X11Error("the X server has no XInput")
        self._xinput = self._watcher.display.get_extension_major(_SETS)
        version = xinput.XIQueryVersion(
            display=self._watcher.display, opcode=self._xinput, major_version=2, minor_version=1
        )
        if (version.major_version, version.minor_version) < (2, 1):
            raise X11Error("the X server has no XInput 2.1")
        mask = sum(1 << kind for kind in _RAW_KINDS)
        self._watcher.screen().root.xinput_select_events([(_ALL_MASTERS, mask)])
        self._watcher.sync()

    def _read_modifiers(self) -> None:
        """Find out which bit is which modifier, and which ones only lock."""
        rows = self._taker.get_modifier_mapping()

        def bits(*names: str) -> int:
            codes = set().union(*(self.codes_of(name) for name in names)) - {0}
            return sum(1 << row for row, keys in enumerate(rows) if codes & set(keys))

        usual = {Modifier.ALT: self._x.Mod1Mask, Modifier.SUPER: self._x.Mod4Mask}
        self._masks = {
            Modifier.SHIFT: self._x.ShiftMask,
            Modifier.CTRL: self._x.ControlMask,
            Modifier.ALT: bits("Left Alt") or usual[Modifier.ALT],
            Modifier.SUPER: bits("Left Super", "Right Super") or usual[Modifier.SUPER],
        }
        real = self._masks[Modifier.ALT] | self._masks[Modifier.SUPER]
        variants = {0}
        for lock in (self._x.LockMask, bits("Num Lock") & ~real, bits("Scroll Lock") & ~real):
            variants |= {each | lock for each in variants}
        self._locks = sorted(variants)

    def _drain_taker(self) -> bool:
        """Take in what the first connection tells; return whether it was another layout."""
        is_remapped = False
        while self._taker.pending_events():
            event = self._taker.next_event()
            if event.type == self._x.KeyPress:
                held = frozenset(each for each, mask in self._masks.items() if event.state & mask)
                self._hits.append((event.detail, event.time, held))
            elif event.type == self._x.MappingNotify:
                self._taker.refresh_keyboard_mapping(event)
                is_remapped = True
        if is_remapped:
            self._read_modifiers()
        return is_remapped

    def _hit(self, code: int, at: int) -> frozenset[Modifier] | None:
        """Return what was held with a press, if it was one of a chord of ours."""
        return next((held for own, time, held in self._hits if (own, time) == (code, at)), None)

    def _sync(self) -> None:
        try:
            self._taker.sync()
        except self._gone as failure:
            raise ServerGone(str(failure)) from failure


def _log_error(error: Any, _request: Any) -> None:
    _LOG.info("the X server refused something: %s", error)
