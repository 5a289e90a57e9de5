"""Another program under X11: a window that tells which keys and buttons it gets, or takes some for itself."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Final, Self

from Xlib import XK, X, error
from Xlib.display import Display

_DEADLINE_S: Final = 30.0


class OtherProgram:
    """A client of its own with a window on ``display``. A context manager."""

    def __init__(self, display: str) -> None:
        self._is_closed = False
        self._display = Display(display)
        self._root = self._display.screen().root
        kinds = X.KeyPressMask | X.KeyReleaseMask | X.ButtonPressMask | X.ButtonReleaseMask
        self._window = self._root.create_window(0, 0, 400, 300, 0, X.CopyFromParent, event_mask=kinds)
        self._window.set_wm_name("Other program")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End; what it had is free again."""
        if not self._is_closed:
            self._is_closed = True
            self._display.close()

    def focus(self) -> tuple[int, int]:
        """Show the window, give it the keyboard, and return a place on the screen that is in it."""
        deadline = time.monotonic() + _DEADLINE_S
        while self._window.get_attributes().map_state != X.IsViewable:
            assert time.monotonic() < deadline, "the window manager does not show it"
            self._window.map()  # a window manager that has just begun may miss the first one
            self._display.sync()
            time.sleep(0.02)
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime)
        place = self._window.translate_coords(self._root, 0, 0)
        self.heard()
        return 50 - place.x, 50 - place.y

    def heard(self) -> list[str]:
        """Return what has reached the window since the last time: ``+space``, ``-space``, ``+button 8``."""
        self._display.sync()
        found = []
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type in {X.KeyPress, X.KeyRelease}:
                name = _name(self._display.keycode_to_keysym(event.detail, 0))
                found.append(f"{'+' if event.type == X.KeyPress else '-'}{name}")
            elif event.type in {X.ButtonPress, X.ButtonRelease}:
                found.append(f"{'+' if event.type == X.ButtonPress else '-'}button {event.detail}")
        return found

    def take(self, keysym: str, modifiers: int) -> None:
        """Have a chord for this program alone, as a desktop has its shortcuts."""
        refused = error.CatchError(error.BadAccess)
        code = self._display.keysym_to_keycode(XK.string_to_keysym(keysym))
        self._root.grab_key(code, modifiers, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
        self._display.sync()
        assert refused.get_error() is None, "somebody had it before"

    def is_free(self, keysym: str, modifiers: int) -> bool:
        """Return whether nobody has a chord."""
        refused = error.CatchError(error.BadAccess)
        code = self._display.keysym_to_keycode(XK.string_to_keysym(keysym))
        self._root.grab_key(code, modifiers, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
        self._root.ungrab_key(code, modifiers)
        self._display.sync()
        return refused.get_error() is None


def _name(keysym: int) -> str:
    names = [name.removeprefix("XK_") for name in dir(XK) if name.startswith("XK_")]
    return next(name for name in names if XK.string_to_keysym(name) == keysym)
