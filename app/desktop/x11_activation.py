"""Asks the window manager of an X11 desktop for the keyboard, as a task bar does that was clicked."""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
from typing import Any, Final

_LOG: Final = logging.getLogger(__name__)

_CLIENT_MESSAGE: Final = 33
_LISTENERS: Final = (1 << 19) | (1 << 20)
"""SubstructureNotifyMask and SubstructureRedirectMask: whoever manages windows."""

_FROM_A_PAGER: Final = 2
"""Who asks, as the Extended Window Manager Hints count: it acts for the person."""

_NOW: Final = 0


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    )


class _Event(ctypes.Union):
    _fields_ = (("client", _ClientMessage), ("padding", ctypes.c_long * 24))


def activate(window: int) -> bool:
    """Ask for the keyboard for a window; return whether there was somebody to ask.

    Args:
        window: The window's number on the X server.
    """
    try:
        return _asked(window)
    except (OSError, AttributeError):  # no such library, or one of another kind
        _LOG.info("the window manager cannot be asked", exc_info=True)
        return False


def _asked(window: int) -> bool:
    x11: Any = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XDefaultRootWindow.restype = ctypes.c_ulong
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    at = ctypes.c_void_p(display)
    try:
        event = _Event()
        event.client.type = _CLIENT_MESSAGE
        event.client.window = window
        event.client.message_type = x11.XInternAtom(at, b"_NET_ACTIVE_WINDOW", 0)
        event.client.format = 32
        event.client.data[0], event.client.data[1] = _FROM_A_PAGER, _NOW
        root = ctypes.c_ulong(x11.XDefaultRootWindow(at))
        return bool(x11.XSendEvent(at, root, 0, ctypes.c_long(_LISTENERS), ctypes.byref(event)))
    finally:
        x11.XCloseDisplay(at)
