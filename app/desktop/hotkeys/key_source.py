"""Where the keys come from on Windows and macOS: pynput listens to the system, in threads of its own.

pynput's own names of keys change with what is held and lack the code on macOS, so its hooks are used, which
have the codes.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from app.desktop.hotkeys.virtual_keys import BUTTON, mac_went_down, windows_state_code, windows_went_down

Hear = Callable[[int, bool], None]
"""Takes the code of a key or button, and whether it went down; called in a thread of the source."""

_HID_STATE: Final = 1
"""kCGEventSourceStateHIDSystemState: what the hardware says."""

_KEY_CODE: Final = 9
"""kCGKeyboardEventKeycode."""

_BUTTONS: Final = {"x1": 8, "x2": 9}
"""What pynput calls the extra buttons, and their numbers."""


class KeySource(Protocol):
    """Tells of every key."""

    def start(self, hear: Hear) -> None:
        """Begin, and return once keys are heard. It may wait: call it in a thread."""

    def stop(self) -> None:
        """End; nothing is heard afterwards. It may wait: call it in a thread."""

    def is_alive(self) -> bool:
        """Return whether keys are still heard."""

    def is_down(self, code: int) -> bool:
        """Return whether a key or button is really down now."""


class SystemKeySource:  # pragma: no cover - runs on Windows and macOS only
    """Listens through pynput, which is not installed under Linux."""

    def __init__(self) -> None:
        self._listeners: list[Any] = []

    def start(self, hear: Hear) -> None:
        """Begin to listen to the keyboard and to the buttons of the mouse.

        Raises:
            ImportError: pynput is not installed.
        """
        from pynput import keyboard, mouse

        def click(_x: float, _y: float, button: Any, is_down: bool) -> None:
            if (number := _BUTTONS.get(button.name)) is not None:
                hear(BUTTON + number, is_down)

        hooks = {"win32_event_filter": _windows_hook(hear), "darwin_intercept": _mac_hook(hear)}
        self._listeners = [keyboard.Listener(**hooks), mouse.Listener(on_click=click)]
        for listener in self._listeners:
            listener.start()
        for listener in self._listeners:
            listener.wait()

    def stop(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            listener.stop()
        self._listeners = []

    def is_alive(self) -> bool:
        """Return whether all listeners run."""
        return bool(self._listeners) and all(listener.is_alive() for listener in self._listeners)

    def is_down(self, code: int) -> bool:
        """Ask the system."""
        library: Any = ctypes
        if sys.platform == "win32":
            return bool(library.windll.user32.GetAsyncKeyState(windows_state_code(code)) & 0x8000)
        if code > BUTTON:
            return False
        graphics = library.CDLL(ctypes.util.find_library("CoreGraphics"))
        graphics.CGEventSourceKeyState.restype = ctypes.c_bool
        return bool(graphics.CGEventSourceKeyState(_HID_STATE, ctypes.c_uint16(code)))


def _windows_hook(hear: Hear) -> Callable[[int, Any], None]:
    def hook(message: int, data: Any) -> None:
        is_down = windows_went_down(message)
        if is_down is not None:
            hear(data.vkCode, is_down)

    return hook


def _mac_hook(hear: Hear) -> Callable[[int, Any], Any]:
    def hook(kind: int, event: Any) -> Any:
        import Quartz

        code = Quartz.CGEventGetIntegerValueField(event, _KEY_CODE)
        is_down = mac_went_down(kind, code, Quartz.CGEventGetFlags(event))
        if is_down is not None:
            hear(code, is_down)
        return event  # it goes on to whoever it is for

    return hook
