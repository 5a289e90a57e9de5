"""Whether the person has asked their system for less motion."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_LOG: Final = logging.getLogger(__name__)

_ANSWER_S: Final = 2.0
"""Seconds the desktop may take to answer."""

_APPEARANCE: Final = "org.freedesktop.appearance"
_GNOME: Final = "org.gnome.desktop.interface"
_KDE: Final = "org.kde.kdeglobals.KDE"

_CLIENT_AREA_ANIMATION: Final = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows."""

Portal = Mapping[str, Mapping[str, tuple[str, Any]]]
"""What a desktop's portal says: by namespace and key, a D-Bus signature and its value."""


def is_reduced() -> bool:
    """Return whether motion is to be reduced; False where the system does not say.

    It may wait for the desktop a moment: call it in a thread.
    """
    ask = {"win32": _on_windows, "darwin": _on_mac}.get(sys.platform, _on_linux)
    try:
        return ask()
    except (OSError, ImportError, AttributeError):
        _LOG.info("the system does not say whether it wants motion", exc_info=True)
        return False


def says_reduced(found: Portal) -> bool | None:
    """Return what the settings of a desktop mean; None where they say nothing.

    The key of all desktops comes first, then those of GNOME and KDE, which are older.
    """
    if found.get(_APPEARANCE, {}).get("reduced-motion", ("u", 0))[1] == 1:
        return True
    if (entry := found.get(_GNOME, {}).get("enable-animations")) is not None:
        return entry[1] is False
    if (entry := found.get(_KDE, {}).get("AnimationDurationFactor")) is not None:
        return _number(str(entry[1])) == 0.0
    return None


def file_says_reduced(text: str) -> bool | None:
    """Return what GTK's ``settings.ini`` means; None where it says nothing."""
    import configparser

    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
        return not parser.getboolean("Settings", "gtk-enable-animations")
    except (configparser.Error, ValueError):
        return None


def _on_linux() -> bool:
    said = says_reduced(_portal())
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    for version in ("gtk-4.0", "gtk-3.0"):
        file = folder / version / "settings.ini"
        if said is None and file.is_file():
            said = file_says_reduced(file.read_text(encoding="utf-8", errors="replace"))
    return said is True


def _portal() -> Portal:
    """Ask the desktop's portal; nothing where there is none."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return {}
    try:
        from jeepney import DBusAddress, DBusErrorResponse, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection
    except ImportError:
        return {}

    place = DBusAddress(
        "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Settings"
    )
    question = new_method_call(place, "ReadAll", "as", ([_APPEARANCE, _GNOME, _KDE],))
    try:
        with open_dbus_connection() as bus:
            reply = bus.send_and_get_reply(question, timeout=_ANSWER_S)
    except (OSError, RuntimeError, ValueError, DBusErrorResponse):
        _LOG.info("the desktop's portal cannot be asked", exc_info=True)
        return {}
    if reply.header.message_type is not MessageType.method_return:
        return {}
    found: Portal = reply.body[0]
    return found


def _on_windows() -> bool:
    import ctypes

    library: Any = ctypes
    is_animated = ctypes.c_int(1)
    user32 = library.windll.user32
    user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(is_animated), 0)
    return not is_animated.value


def _on_mac() -> bool:
    import ctypes
    import ctypes.util

    runtime = ctypes.CDLL(ctypes.util.find_library("objc"))
    for find in (runtime.objc_getClass, runtime.sel_registerName):
        find.restype, find.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    ask = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", runtime))
    is_so = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", runtime))
    workspace = ask(runtime.objc_getClass(b"NSWorkspace"), runtime.sel_registerName(b"sharedWorkspace"))
    return bool(is_so(workspace, runtime.sel_registerName(b"accessibilityDisplayShouldReduceMotion")))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
