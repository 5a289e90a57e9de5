"""Hotkeys on Windows and macOS, with keys from elsewhere: neither system is here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.desktop.hotkeys import listener_backend
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Lost, Pressed, Released
from app.desktop.hotkeys.key_source import Hear
from app.desktop.hotkeys.listener_backend import ListenerBackend
from app.desktop.hotkeys.virtual_keys import WINDOWS

pytestmark = pytest.mark.asyncio

DEADLINE_S = 5.0
BINDINGS = Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space", "mute": "Ctrl+Ж"})


class Hand:
    """A source of keys that are pressed by the test."""

    def __init__(self) -> None:
        self.hear: Hear = lambda _code, _is_down: None
        self.is_running = False
        self.really_down: set[int] = set()
        self.error: Exception | None = None

    def start(self, hear: Hear) -> None:
        if self.error is not None:
            raise self.error
        self.hear, self.is_running = hear, True

    def stop(self) -> None:
        self.is_running = False

    def is_alive(self) -> bool:
        return self.is_running

    def is_down(self, code: int) -> bool:
        return code in self.really_down

    async def press(self, *names: str) -> None:
        for name in names:
            self.really_down.add(WINDOWS[name])
            await asyncio.to_thread(self.hear, WINDOWS[name], True)

    async def release(self, *names: str) -> None:
        for name in names:
            self.really_down.discard(WINDOWS[name])
            await asyncio.to_thread(self.hear, WINDOWS[name], False)


@asynccontextmanager
async def started() -> AsyncIterator[tuple[ListenerBackend, Hand, asyncio.Queue[HotkeyEvent]]]:
    hand, told = Hand(), asyncio.Queue[HotkeyEvent]()
    backend = ListenerBackend("win32", open_source=lambda: hand)
    await backend.start(BINDINGS, told.put_nowait)
    try:
        yield backend, hand, told
    finally:
        await backend.stop()
        assert not hand.is_running


async def test_a_chord_is_told_and_what_is_unknown_is_refused() -> None:
    async with started() as (backend, hand, told):
        assert backend.triggers() == {Action.HOLD_TO_TALK: "Ctrl+Alt+Space"}
        assert backend.refusals() == {Action.MUTE: "Ctrl+Ж is not known on this system. Choose another key."}
        assert backend.describe().startswith("Hotkeys work in every window (Windows)")
        await hand.press("Left Ctrl", "Left Alt", "Space")
        await hand.release("Space")
        assert isinstance(await told.get(), Pressed)
        assert isinstance(await told.get(), Released)


async def test_a_chord_is_recorded_and_does_nothing_meanwhile() -> None:
    async with started() as (backend, hand, told):
        recording = asyncio.create_task(backend.record())
        await asyncio.sleep(0)
        await hand.press("Left Ctrl", "Left Alt", "Space")
        assert str(await recording) == "Ctrl+Alt+Space"
        assert told.empty()
        assert await backend.record(patience_s=0.01) is None


async def test_a_release_that_nobody_saw_is_found_by_the_key_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener_backend, "LOOK_S", 0.01)
    async with started() as (_, hand, told):
        await hand.press("Left Ctrl", "Left Alt", "Space")
        assert isinstance(await told.get(), Pressed)
        hand.really_down.clear()
        released = await asyncio.wait_for(told.get(), DEADLINE_S)
        assert isinstance(released, Released)
        assert released.cause is Cause.NOT_SEEN


async def test_a_listener_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener_backend, "LOOK_S", 0.01)
    async with started() as (backend, hand, told):
        await hand.press("Left Ctrl", "Left Alt", "Space")
        assert isinstance(await told.get(), Pressed)
        hand.is_running = False
        released, lost = [await asyncio.wait_for(told.get(), DEADLINE_S) for _ in range(2)]
        assert isinstance(released, Released)
        assert lost == Lost("The system has ended the hotkeys. Switch them on again.")
        with pytest.raises(HotkeysError, match="has ended the hotkeys"):
            await backend.rebind(BINDINGS)


async def test_macos_is_asked_first_and_its_no_is_explained() -> None:
    backend = ListenerBackend("darwin", open_source=Hand, is_allowed=lambda: False)
    with pytest.raises(HotkeysError, match="Input Monitoring"):
        await backend.start(BINDINGS, print)
    assert "Input Monitoring" in backend.describe()
    allowed = ListenerBackend("darwin", open_source=Hand, is_allowed=lambda: True)
    await allowed.start(Bindings.defaults("darwin"), print)
    assert allowed.triggers()[Action.HOLD_TO_TALK] == "Right Option"
    assert allowed.describe().startswith("Hotkeys work in every window (macOS")
    await allowed.stop()


async def test_a_system_that_refuses_is_a_sentence() -> None:
    hand = Hand()
    hand.error = OSError("no hook")
    backend = ListenerBackend("win32", open_source=lambda: hand)
    with pytest.raises(HotkeysError, match=r"does not let Heron hear keys \(OSError\)"):
        await backend.start(BINDINGS, print)
