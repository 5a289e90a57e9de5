"""Which way to hotkeys is chosen, and why."""

from __future__ import annotations

import pytest

from app.desktop.hotkeys.backend import HotkeyBackend
from app.desktop.hotkeys.choice import Way, backend_of, choose_backend

BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}
X11, WAYLAND = {"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        (X11, Way.X11),
        (X11 | {"XDG_SESSION_TYPE": "x11"}, Way.X11),
        (X11 | BUS | {"XDG_SESSION_TYPE": "tty"}, Way.X11),
        (X11 | BUS | {"WAYLAND_DISPLAY": ""}, Way.X11),
        (X11 | WAYLAND | BUS, Way.PORTAL),
        (X11 | BUS | {"XDG_SESSION_TYPE": "wayland"}, Way.PORTAL),
        (WAYLAND | BUS, Way.PORTAL),
        (X11 | WAYLAND | BUS | {"XDG_SESSION_TYPE": "x11"}, Way.X11),
        (WAYLAND | X11, Way.NONE),
        (BUS, Way.NONE),
        ({}, Way.NONE),
    ],
)
def test_the_session_decides(environment: dict[str, str], way: Way) -> None:
    choice = choose_backend(environment, "linux")
    assert choice.way is way
    assert choice.reason.endswith(".")
    assert choice.display == (":0" if way is Way.X11 else "")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_listened_to(platform: str) -> None:
    assert choose_backend(X11 | WAYLAND | BUS, platform).way is Way.LISTENER


@pytest.mark.parametrize(
    ("environment", "platform", "name"),
    [
        (X11, "linux", "X11Backend"),
        (WAYLAND | BUS, "linux", "PortalBackend"),
        ({}, "linux", "NoBackend"),
        ({}, "win32", "ListenerBackend"),
        ({}, "darwin", "ListenerBackend"),
    ],
)
def test_a_backend_does_nothing_before_its_start(
    environment: dict[str, str], platform: str, name: str
) -> None:
    choice = choose_backend(environment, platform)
    backend: HotkeyBackend = backend_of(choice, app_id="heron", platform=platform)
    assert type(backend).__name__ == name
    assert backend.triggers() == {}
    assert backend.refusals() == {}
    assert backend.describe() == (choice.reason if name == "NoBackend" else "Global hotkeys are off.")
