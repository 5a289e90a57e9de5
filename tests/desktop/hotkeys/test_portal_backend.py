"""Hotkeys by a desktop's portal: a real process on a real, private bus."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.desktop.hotkeys import portal_backend
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.event import Cause, Changed, HotkeyEvent, Lost, Pressed, Released
from app.desktop.hotkeys.portal_backend import PortalBackend
from tests.desktop.secret_service import session_bus

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

DEADLINE_S = 10.0
ROOT = Path(__file__).parents[3]
BINDINGS = Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space", "mute": "Ctrl+Alt+M"})


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Put this process on a D-Bus of its own, with no desktop on it."""
    with session_bus(tmp_path / "session") as variables:
        address = variables["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


class Desktop:
    """The portal's process, from outside."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def asked(self, call: str) -> dict[str, Any]:
        """Wait until it was asked this, and return with what."""
        assert self._process.stdout is not None
        async with asyncio.timeout(DEADLINE_S):
            while line := await self._process.stdout.readline():
                found: dict[str, Any] = json.loads(line)
                if found["call"] == call:
                    return found
        raise AssertionError(f"the portal ended before {call}")

    def do(self, order: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n".encode())

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def desktop(**options: Any) -> AsyncIterator[Desktop]:
    """Run a portal on the bus of the environment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "tests.desktop.hotkeys.fake_portal",
        json.dumps(options),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found = Desktop(process)
    try:
        await found.asked("ready")
        yield found
    finally:
        if process.returncode is None:
            await found.kill()
        transport = process._transport  # type: ignore[attr-defined]
        transport.close()


class Told:
    """The events of a backend, to be waited for."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[HotkeyEvent] = asyncio.Queue()

    def take(self, event: HotkeyEvent) -> None:
        self._events.put_nowait(event)

    async def next(self) -> HotkeyEvent:
        """Return the next event that is no mere change of words."""
        while True:
            event = await asyncio.wait_for(self._events.get(), DEADLINE_S)
            if not isinstance(event, Changed):
                return event

    async def change(self) -> None:
        """Wait for a change of words."""
        while not isinstance(await asyncio.wait_for(self._events.get(), DEADLINE_S), Changed):
            pass


@asynccontextmanager
async def started(bindings: Bindings = BINDINGS) -> AsyncIterator[tuple[PortalBackend, Told]]:
    backend, told = PortalBackend("heron"), Told()
    await backend.start(bindings, told.take)
    try:
        yield backend, told
    finally:
        await backend.stop()


@pytest.mark.parametrize("options", [{}, {"version": 1, "is_old": True}, {"needs_id": True}])
async def test_a_key_is_held_as_the_desktop_tells_it(bus: str, options: dict[str, Any]) -> None:
    async with desktop(**options) as portal, started() as (backend, told):
        asked = await portal.asked("BindShortcuts")
        assert asked["wanted"] == {
            "hold_to_talk": {"description": "Hold to talk", "preferred_trigger": "CTRL+ALT+space"},
            "mute": {"description": "Mute the microphone", "preferred_trigger": "CTRL+ALT+m"},
        }
        assert backend.triggers() == {
            Action.HOLD_TO_TALK: "Press CTRL+ALT+space",
            Action.MUTE: "Press CTRL+ALT+m",
        }
        assert backend.refusals() == {}
        assert backend.describe().startswith("Hotkeys work in every window, through your desktop (Wayland)")
        portal.do("press hold_to_talk")
        portal.do("press hold_to_talk")  # some desktops repeat it
        portal.do("press dance")
        portal.do("release hold_to_talk")
        pressed, released = await told.next(), await told.next()
        assert pressed == Pressed(Action.HOLD_TO_TALK, pressed.at)  # type: ignore[union-attr]
        assert released == Released(Action.HOLD_TO_TALK, released.at)  # type: ignore[union-attr]


async def test_the_desktop_is_told_who_asks(bus: str) -> None:
    async with desktop() as portal, started():
        assert (await portal.asked("Register"))["app_id"] == "heron"


async def test_what_the_desktop_gives_no_key_is_refused_in_words(bus: str) -> None:
    bindings = Bindings.parse(
        {"hold_to_talk": "Right Ctrl", "mute": "Ctrl+Alt+M", "show_window": "Ctrl+Alt+H"}
    )
    async with desktop(leaves_out="mute") as portal, started(bindings) as (backend, told):
        assert backend.refusals() == {
            Action.HOLD_TO_TALK: (
                "Right Ctrl is no hotkey on this desktop. Set a chord such as Ctrl+Alt+Space in its settings."
            ),
            Action.MUTE: (
                "The desktop has not given Ctrl+Alt+M to Heron. Set a key in the desktop's settings."
            ),
        }
        portal.do("rename hold_to_talk F9")
        await told.change()
        await told.change()
        assert backend.triggers()[Action.HOLD_TO_TALK] == "F9"
        assert set(backend.refusals()) == {Action.MUTE}


async def test_other_keys_are_a_session_of_their_own_and_the_same_ones_are_not_asked_for_again(
    bus: str,
) -> None:
    async with desktop() as portal, started() as (backend, told):
        await portal.asked("BindShortcuts")
        portal.do("press hold_to_talk")
        assert isinstance(await told.next(), Pressed)
        await backend.rebind(BINDINGS)
        await backend.rebind(Bindings.parse({"mute": "F9"}))
        released = await told.next()
        assert isinstance(released, Released)
        assert released.cause is Cause.REBOUND
        assert "session" in await portal.asked("Close")
        asked = await portal.asked("BindShortcuts")
        assert set(asked["wanted"]) == {"mute"}


async def test_a_question_to_the_person_holds_nothing_up(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal_backend, "QUICK_S", 0.05)
    async with desktop(code=None) as portal, started() as (backend, told):
        assert backend.describe() == "Your desktop asks which hotkeys Heron may have. Answer it."
        assert backend.triggers() == {}
        assert backend.refusals() == {}
        await portal.asked("BindShortcuts")
        portal.do("answer 0")
        await told.change()
        assert set(backend.triggers()) == {Action.HOLD_TO_TALK, Action.MUTE}


async def test_a_question_that_was_closed_is_not_asked_again(bus: str) -> None:
    async with desktop(code=1), started() as (backend, _):
        said = backend.describe()
        assert said.startswith("Your desktop was not allowed to give Heron hotkeys.")
        await backend.rebind(BINDINGS)
        assert backend.describe() == said
        assert backend.triggers() == {}


async def test_the_desktop_sets_the_keys_itself(bus: str) -> None:
    async with desktop() as portal, started() as (backend, _):
        with pytest.raises(HotkeysError, match="set in the desktop's own settings"):
            await backend.record()
        assert await backend.configure()
        assert (await portal.asked("ConfigureShortcuts"))["session"].endswith("/heron")
    async with desktop(version=1), started() as (backend, _):
        assert not await backend.configure()


@pytest.mark.parametrize("how", ["killed", "ended"])
async def test_a_hold_ends_when_the_desktop_tells_of_keys_no_more(bus: str, how: str) -> None:
    async with desktop() as portal, started() as (backend, told):
        portal.do("press hold_to_talk")
        assert isinstance(await told.next(), Pressed)
        if how == "killed":
            await portal.kill()
        else:
            portal.do("end")
        released, lost = await told.next(), await told.next()
        assert isinstance(released, Released)
        assert released.cause is Cause.LOST
        assert lost == Lost("The desktop's service for hotkeys has ended.")
        assert backend.describe() == "The desktop's service for hotkeys has ended."


async def test_a_bus_that_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session_bus(tmp_path / "session") as variables:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", variables["DBUS_SESSION_BUS_ADDRESS"])
        async with desktop():
            backend, told = PortalBackend("heron"), Told()
            await backend.start(BINDINGS, told.take)
    assert isinstance(await told.next(), Lost)
    with pytest.raises(HotkeysError):
        await backend.rebind(BINDINGS)
    await backend.stop()


NONE = "This desktop gives programs no global hotkeys. Let a shortcut of your desktop run “heron toggle”."


async def test_a_desktop_without_hotkeys_is_a_sentence(bus: str) -> None:
    with pytest.raises(HotkeysError, match=f"^{NONE}$"):
        await PortalBackend("heron").start(BINDINGS, print)
    async with desktop(version=0):
        with pytest.raises(HotkeysError, match=f"^{NONE}$"):
            await PortalBackend("heron").start(BINDINGS, print)


async def test_a_desktop_that_does_not_know_us_is_a_sentence(bus: str) -> None:
    async with desktop(needs_id=True, is_old=True), started() as (backend, _):
        assert backend.describe().startswith("This desktop gives hotkeys to installed programs only")


async def test_no_bus_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with pytest.raises(HotkeysError, match=f"^{NONE}$"):
        await PortalBackend("heron").start(BINDINGS, print)
