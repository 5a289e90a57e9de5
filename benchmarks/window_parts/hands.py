"""Real keys, and a real window made larger and smaller: an X client that acts at once and knows when.

It speaks Xlib and XTEST itself. A program such as xdotool, started for each key, would take longer than what
is measured.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import threading
import time
from types import TracebackType
from typing import Final, Self

from app.core.errors import UserError

_EVERY_S: Final = 1 / 30
"""Seconds between two sizes of a window that is being resized: a hand moves the mouse about so often."""

_SWING_S: Final = 2.0
"""Seconds in which it gets large and small again."""


class Hands:
    """A keyboard on an X display. A context manager.

    Args:
        display: Its name, such as ``:99``.
    """

    def __init__(self, display: str) -> None:
        self._x11 = _library("X11", "libx11-6")
        self._test = _library("Xtst", "libxtst6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._name = display
        self._display = ctypes.c_void_p()

    def __enter__(self) -> Self:
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(self._name.encode()))
        if self._display.value is None:
            raise UserError(f"The display {self._name} cannot be reached.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._x11.XCloseDisplay(self._display)

    def press(self, *keys: str) -> float:
        """Press keys, such as ``space``, one after the other; return when (``time.monotonic()``)."""
        return self._change(keys, is_down=True)

    def release(self, *keys: str) -> float:
        """Let keys go; return when."""
        return self._change(keys, is_down=False)

    def resize(self, window: int, width: int, height: int) -> None:
        """Give a window another size in pixels."""
        self._x11.XResizeWindow(self._display, ctypes.c_ulong(window), width, height)
        self._x11.XFlush(self._display)

    def _change(self, keys: tuple[str, ...], *, is_down: bool) -> float:
        for key in keys:
            symbol = ctypes.c_ulong(self._x11.XStringToKeysym(key.encode()))
            code = self._x11.XKeysymToKeycode(self._display, symbol)
            self._test.XTestFakeKeyEvent(self._display, code, is_down, ctypes.c_ulong(0))
        at = time.monotonic()
        self._x11.XFlush(self._display)
        return at


class Resizing:
    """A hand that makes a window larger and smaller all the time. A context manager.

    Args:
        display: The X display.
        window: The window's number there.
        least: Its smallest width and height in pixels.
        most: Its largest.
    """

    def __init__(self, display: str, window: int, least: tuple[int, int], most: tuple[int, int]) -> None:
        self._display = display
        self._window = window
        self._least = least
        self._most = most
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="resizing")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        with Hands(self._display) as hands:  # Xlib's connections are not shared between threads
            while not self._is_over.wait(_EVERY_S):
                part = (1 - math.cos(math.tau * time.monotonic() / _SWING_S)) / 2
                width, height = (
                    round(least + part * (most - least))
                    for least, most in zip(self._least, self._most, strict=True)
                )
                hands.resize(self._window, width, height)


def _library(name: str, package: str) -> ctypes.CDLL:
    path = ctypes.util.find_library(name)
    if path is None:
        raise UserError(f"lib{name} is missing. Install it: apt-get install {package}")
    return ctypes.CDLL(path)
