"""A server asks for a picture and for actions; the real window asks the person and does what is allowed."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.desktop_services import Desktop
from tests.desktop.secret_service import session_bus
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_PATIENCE_S = 30.0
_WIDTH, _HEIGHT = 1280, 900


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen((_WIDTH, _HEIGHT)) as screen:
        yield screen


class Window:
    """The window's process, and what it shows."""

    def __init__(self, screen: Screen, process: asyncio.subprocess.Process) -> None:
        self._screen = screen
        self._process = process
        self.seen: dict[str, Any] = {}

    async def until(self, what: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the last state shown, or the first one from now on, that is as wanted."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not (self.seen and wanted(self.seen)):
                    line = await self._process.stdout.readline()
                    assert line, f"the window ended before {what}"
                    self.seen = json.loads(line)
        except TimeoutError:
            raise AssertionError(f"never seen: {what}; last: {self.seen}") from None
        return self.seen

    async def click(self, name: str) -> None:
        """Click on a button of a card with the mouse."""
        await self.until(name, lambda seen: any(name in card["buttons"] for card in seen["cards"]))
        x, y = next(card["buttons"][name] for card in self.seen["cards"] if name in card["buttons"])
        await asyncio.to_thread(self._screen.do, "xdotool", "mousemove", f"{x}", f"{y}", "click", "1")


@asynccontextmanager
async def opened(screen: Screen, server: PeerServer, path: str) -> AsyncIterator[Window]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.requests_app",
        server.url,
        KEY,
        env={**os.environ, **screen.env, "HERON_THEME": "light", "PATH": path},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        window = Window(screen, process)
        await window.until("ready", lambda seen: seen["ready"] and seen["is_visible"])
        yield window
        screen.close_window("Heron")
        assert await asyncio.wait_for(process.wait(), _PATIENCE_S) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def color_at(screen: Screen, picture: Path, x: int, y: int) -> tuple[int, int, int]:
    """Return the colour of a pixel of a picture file."""
    asked = [f"%[fx:int(255*p{{{x},{y}}}.{part}+.5)]" for part in "rgb"]
    red, green, blue = screen.do("convert", str(picture), "-format", " ".join(asked), "info:").split()
    return int(red), int(green), int(blue)


async def test_the_person_is_asked_and_sends_what_is_behind_the_window(
    screen: Screen, sound_card: SoundCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$1" > {tmp_path}/opening\nmv {tmp_path}/opening {tmp_path}/opened\n'
    )
    opener.chmod(0o755)
    desktop = Desktop()
    with session_bus(tmp_path / "bus") as variables, desktop.at(variables["DBUS_SESSION_BUS_ADDRESS"]):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", variables["DBUS_SESSION_BUS_ADDRESS"])
        async with (
            PeerServer() as server,
            opened(screen, server, f"{opener.parent}:{os.environ['PATH']}") as window,
        ):
            assert server.auth[-1]["capabilities"] == {
                "version": "1",
                "camera": True,
                "microphone": True,
                "speaker": True,
                "client_action": True,
            }
            said = {"text": "May I see it?", "is_final": True, "message_id": "m0"}
            await server.emit("bot_response", said)
            await server.emit(
                "camera_capture", {"request_id": "r1", "text": "What are you <b>working</b> on?"}
            )
            seen = await window.until("the card", lambda seen: bool(seen["cards"]))
            assert (
                seen["cards"][0]["told"]
                == "Heron would like to see something What are you <b>working</b> on?"
            )
            middle_x, middle_y = seen["middle"]
            await window.click("This screen")
            seen = await window.until(
                "the preview", lambda seen: bool(seen["cards"]) and "Send" in seen["cards"][0]["buttons"]
            )
            screen.picture(tmp_path / "preview.png")
            assert f"{_WIDTH} × {_HEIGHT} pixels" in seen["cards"][0]["note"]
            assert not [each for each in server.received if each.event == "camera_image"]
            await window.click("Send")
            said = (await server.until("camera_image")).payload
            assert (said["request_id"], said["mime_type"]) == ("r1", "image/jpeg")
            sent = tmp_path / "sent.jpg"
            sent.write_bytes(base64.b64decode(said["image"]))
            behind = color_at(screen, sent, middle_x, middle_y)
            here = color_at(screen, screen.picture(tmp_path / "now.png"), middle_x, middle_y)
            assert max(behind) < 60, "the window was in the picture"
            assert min(here) > 200, "the window did not come back"

            action = {"name": "open_link", "arguments": {"url": "https://example.org/a"}, "message_id": "m1"}
            await server.emit("client_action", action)
            await window.until("the link", lambda seen: "Open" in str(seen["cards"]))
            assert not (tmp_path / "opened").exists()
            await window.click("Open")
            await until((tmp_path / "opened").exists)
            assert (tmp_path / "opened").read_text() == "https://example.org/a\n"

            timer = {"name": "set_timer", "arguments": {"seconds": 1, "label": "tea"}}
            await server.emit("client_action", timer)
            await window.until("the end of the timer", lambda seen: "Time is up: tea" in str(seen["cards"]))
            await until(lambda: desktop.notified == [("Time is up: tea", "Heron")])
            await server.emit("client_action", {"name": "format_disk", "arguments": {}})
            await window.until("the refusal", lambda seen: "Heron does not do that" in str(seen["cards"]))


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something that another process brings about."""
    async with asyncio.timeout(_PATIENCE_S):
        while not happened():  # noqa: ASYNC110 - it has no event here
            await asyncio.sleep(0.02)
