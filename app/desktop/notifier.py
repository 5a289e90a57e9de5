"""Notifications: a few words that the system shows beside the windows, whatever the person does there."""

from __future__ import annotations

import asyncio
import html
import logging
import os
import subprocess
import sys
from typing import Final

_LOG: Final = logging.getLogger(__name__)

_ANSWER_S: Final = 2.0
"""Seconds that the system may take to show one."""

_APP: Final = "Heron"
_DESKTOP_ENTRY: Final = "heron"

_MARKUP: Final = "body-markup"
"""What a desktop says that reads ``<`` and ``&`` in the text as markup."""

_MAC_SCRIPT: Final = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
"""The words come as arguments, so that nothing in them is taken for a part of the script."""


class Notifier:
    """Shows notifications, in the system's own way where there is one: under Linux and macOS."""

    async def notify(self, title: str, text: str) -> bool:
        """Show a notification; return whether the system has taken it.

        Args:
            title: Its heading, in one line.
            text: What it says; plain text.
        """
        show = {"win32": _on_windows, "darwin": _on_mac}.get(sys.platform, _on_linux)
        try:
            return await asyncio.to_thread(show, title, text)
        except (OSError, RuntimeError, ValueError, ImportError):
            _LOG.info("the system shows no notification", exc_info=True)
            return False


def _on_linux(title: str, text: str) -> bool:
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    from jeepney import DBusAddress, DBusErrorResponse, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    place = DBusAddress(
        "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
    )
    with open_dbus_connection() as bus:
        try:
            asked = bus.send_and_get_reply(new_method_call(place, "GetCapabilities"), timeout=_ANSWER_S)
            if _MARKUP in unwrap_msg(asked)[0]:
                text = html.escape(text, quote=False)
            hints = {"desktop-entry": ("s", _DESKTOP_ENTRY)}
            nothing: list[str] = []  # that could be clicked
            order = (_APP, 0, _DESKTOP_ENTRY, title, text, nothing, hints, -1)
            message = new_method_call(place, "Notify", "susssasa{sv}i", order)
            unwrap_msg(bus.send_and_get_reply(message, timeout=_ANSWER_S))
        except DBusErrorResponse as error:
            _LOG.info("the desktop shows no notification: %s", error.name)
            return False
    return True


def _on_mac(title: str, text: str) -> bool:
    script = [part for line in _MAC_SCRIPT for part in ("-e", line)]
    shown = subprocess.run(
        ["/usr/bin/osascript", *script, title, text], check=False, capture_output=True, timeout=_ANSWER_S
    )
    return shown.returncode == 0


def _on_windows(_title: str, _text: str) -> bool:
    """Show nothing: a program without an icon in the tray has no notifications there."""
    return False
