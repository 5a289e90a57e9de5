"""Which way to global hotkeys there is here, and why this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.core.translation import translate
from app.desktop.hotkeys.backend import HotkeyBackend


class Way(Enum):
    """A way to global hotkeys."""

    X11 = "x11"
    PORTAL = "portal"
    LISTENER = "listener"
    """The system's own listener, of Windows or macOS."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """The way that was chosen.

    Attributes:
        way: Which one.
        reason: Why, in a sentence; where there is none, with what to do instead.
        display: Name of the X server; empty but for X11.
    """

    way: Way
    reason: str
    display: str = ""


def choose_backend(environment: Mapping[str, str], platform: str) -> Choice:
    """Return the way to hotkeys in a session.

    What the session says of itself counts most: under Wayland there is an X server too, but it sees the keys
    of its own windows only; and a Wayland compositor in a window of an X11 session has its variable as well.

    Args:
        environment: The variables of the process.
        platform: As `sys.platform` says it.
    """
    if platform == "win32":
        return Choice(Way.LISTENER, translate("Hotkeys", "Windows lets Heron listen to the keyboard."))
    if platform == "darwin":
        reason = translate("Hotkeys", "macOS lets Heron listen to the keyboard once you have allowed it.")
        return Choice(Way.LISTENER, reason)
    session = environment.get("XDG_SESSION_TYPE", "").lower()
    display = environment.get("DISPLAY", "")
    if display and (session == "x11" or not (session == "wayland" or environment.get("WAYLAND_DISPLAY"))):
        return Choice(Way.X11, translate("Hotkeys", "This is an X11 session."), display)
    if session != "wayland" and not environment.get("WAYLAND_DISPLAY"):
        return Choice(Way.NONE, translate("Hotkeys", "There is no screen here, so there are no hotkeys."))
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        reason = translate("Hotkeys", "This is a Wayland session, whose desktop tells of hotkeys.")
        return Choice(Way.PORTAL, reason)
    return Choice(
        Way.NONE,
        translate(
            "Hotkeys",
            "This is a Wayland session without a session bus, so no desktop tells of hotkeys."
            " Let a shortcut of your compositor run “heron toggle”.",
        ),
    )


def backend_of(choice: Choice, *, app_id: str, platform: str) -> HotkeyBackend:
    """Return a backend that goes this way; it does nothing before its start.

    Args:
        choice: What `choose_backend` says.
        app_id: Name of our .desktop file, without the ending.
        platform: As `sys.platform` says it.
    """
    if choice.way is Way.X11:
        from app.desktop.hotkeys.x11_backend import X11Backend

        return X11Backend(choice.display)
    if choice.way is Way.PORTAL:
        from app.desktop.hotkeys.portal_backend import PortalBackend

        return PortalBackend(app_id)
    if choice.way is Way.LISTENER:
        from app.desktop.hotkeys.listener_backend import ListenerBackend

        return ListenerBackend(platform)
    from app.desktop.hotkeys.no_backend import NoBackend

    return NoBackend(choice.reason)
