from __future__ import annotations

import pytest

from app.desktop.notifier import Notifier
from tests.desktop.desktop_services import Desktop

pytestmark = pytest.mark.asyncio


async def test_the_desktop_shows_a_title_and_a_text(bus: str) -> None:
    desktop = Desktop()
    with desktop.at(bus):
        assert await Notifier().notify("Time is up", "a < b & c")
        desktop.capabilities = ["body", "body-markup"]
        assert await Notifier().notify("Time is up", "a < b & c")
    assert desktop.notified == [("Time is up", "a < b & c"), ("Time is up", "a &lt; b &amp; c")]


async def test_a_desktop_that_refuses_shows_nothing(bus: str) -> None:
    desktop = Desktop()
    desktop.is_broken = True
    with desktop.at(bus):
        assert not await Notifier().notify("Time is up", "")
    assert desktop.notified == []


async def test_without_a_desktop_nothing_is_shown(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not await Notifier().notify("nobody", "serves here")
    for address in ("unix:path=/nowhere", "tcp:host=127.0.0.1", "nonsense"):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert not await Notifier().notify("nobody", "is there")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert not await Notifier().notify("nobody", "is there")


async def test_windows_has_none_without_a_symbol_in_its_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert not await Notifier().notify("Time is up", "")
