"""What the system says of motion, asked of a real bus with a small portal on it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

from app.desktop import motion
from tests.desktop.secret_service import session_bus

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_PORTAL = "org.freedesktop.portal.Desktop"
_ALL, _GNOME, _KDE = (
    "org.freedesktop.appearance",
    "org.gnome.desktop.interface",
    "org.kde.kdeglobals.KDE",
)


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Make this a Linux with a configuration of its own; return its folder."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return tmp_path


@contextmanager
def portal(address: str, found: dict[str, Any] | None) -> Iterator[None]:
    """Answer one question as a desktop's portal does; None refuses it."""
    with open_dbus_connection(address) as bus:
        bus.send_and_get_reply(new_method_call(_BUS, "RequestName", "su", (_PORTAL, 0)))

        def answer() -> None:
            while True:
                asked = bus.receive(timeout=10)
                if asked.header.message_type is MessageType.method_call:
                    break
            assert asked.header.fields[HeaderFields.member] == "ReadAll"
            if found is None:
                bus.send(new_error(asked, "org.freedesktop.portal.Error.NotFound"))
            else:
                bus.send(new_method_return(asked, "a{sa{sv}}", (found,)))

        answering = threading.Thread(target=answer, name="portal")
        answering.start()
        try:
            yield
        finally:
            answering.join()


@pytest.mark.parametrize(
    ("found", "is_reduced"),
    [
        ({_ALL: {"reduced-motion": ("u", 1)}}, True),
        ({_ALL: {"reduced-motion": ("u", 0)}, _GNOME: {"enable-animations": ("b", True)}}, False),
        ({_GNOME: {"enable-animations": ("b", False)}}, True),
        ({_KDE: {"AnimationDurationFactor": ("s", "0")}}, True),
        ({}, False),
        (None, False),
    ],
)
def test_the_portal_of_the_desktop_is_asked(
    linux: Path, monkeypatch: pytest.MonkeyPatch, found: dict[str, Any] | None, is_reduced: bool
) -> None:
    with session_bus(linux / "bus") as variables:
        address = variables["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with portal(address, found):
            assert motion.is_reduced() is is_reduced


def test_without_a_portal_the_file_of_gtk_counts(linux: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not motion.is_reduced()
    folder = linux / "gtk-3.0"
    folder.mkdir()
    (folder / "settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n", encoding="utf-8")
    assert motion.is_reduced()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={linux / 'nothing'}")
    assert motion.is_reduced()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({_ALL: {"reduced-motion": ("u", 1)}, _GNOME: {"enable-animations": ("b", True)}}, True),
        ({_ALL: {"reduced-motion": ("u", 0)}}, None),
        ({_KDE: {"AnimationDurationFactor": ("s", "0.5")}}, False),
        ({_KDE: {"AnimationDurationFactor": ("s", "quick")}}, False),
    ],
)
def test_what_desktops_say(found: motion.Portal, said: bool | None) -> None:
    assert motion.says_reduced(found) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Settings]\ngtk-enable-animations = false\n", True),
        ("[Settings]\ngtk-enable-animations=1\n", False),
        ("[Settings]\ngtk-theme-name=100%\n", None),
        ("[Settings]\ngtk-enable-animations=perhaps\n", None),
        ("gtk-enable-animations=0", None),
    ],
)
def test_what_a_file_says(text: str, said: bool | None) -> None:
    assert motion.file_says_reduced(text) is said


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_system_that_cannot_be_asked_wants_motion(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """Here neither has what it is asked with."""
    monkeypatch.setattr(sys, "platform", system)
    assert motion.is_reduced() is False
