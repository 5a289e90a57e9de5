from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.desktop import screenshot_portal as module
from app.desktop.screenshot_portal import screenshot
from tests.desktop.desktop_services import Desktop

pytestmark = pytest.mark.asyncio


async def test_the_desktop_takes_the_picture_and_keeps_none(bus: str, tmp_path: Path) -> None:
    desktop = Desktop()
    desktop.picture = tmp_path / "a picture.png"
    desktop.picture.write_bytes(b"png")
    with desktop.at(bus):
        assert await screenshot() == b"png"
    assert not desktop.picture.exists()


async def test_what_the_person_does_not_allow_is_said(bus: str) -> None:
    with Desktop().at(bus), pytest.raises(UserError, match="was not allowed"):
        await screenshot()


async def test_a_desktop_without_pictures_is_said(bus: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gives no picture"):
        await screenshot()
    desktop = Desktop()
    with desktop.at(bus):
        desktop.picture = tmp_path / "was never written.png"
        with pytest.raises(UserError, match="gives no picture"):
            await screenshot()
        desktop.is_broken = True
        with pytest.raises(UserError, match="gives no picture"):
            await screenshot()


async def test_without_a_bus_it_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(UserError, match="gives no picture"):
        await screenshot()


async def test_nobody_waits_for_ever(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.1)
    desktop = Desktop()
    desktop.is_silent = True
    with desktop.at(bus), pytest.raises(UserError, match="did not answer"):
        await screenshot()


async def test_the_thread_ends_when_nobody_waits_any_more(bus: str) -> None:
    desktop = Desktop()
    desktop.is_silent = True
    with desktop.at(bus):
        waiting = asyncio.create_task(screenshot())
        await asyncio.to_thread(desktop.asked.wait, 5)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), 3)
    assert not [thread for thread in threading.enumerate() if "asyncio" in thread.name]
