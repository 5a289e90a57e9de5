"""Global hotkeys on a real X server, with real keys, while another program has the focus."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from Xlib import X

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.backend import HotkeysError
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.command import Command, HoldBegan, HoldEnded
from app.desktop.hotkeys.event import Cause, Changed, HotkeyEvent, Lost, Pressed, Released
from app.desktop.hotkeys.hold_guard import Ending
from app.desktop.hotkeys.hotkeys import Hotkeys
from app.desktop.hotkeys.x11_backend import X11Backend
from tests.desktop.logind import buses, logind
from tests.integration.other_program import OtherProgram
from tests.integration.screen import Screen

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

DEADLINE_S = 10.0
RIGHT_CTRL = "105"
"""Its code: by its name, xdotool presses the left one too."""
HOLD, MUTE, SHOW = Action.HOLD_TO_TALK, Action.MUTE, Action.SHOW_WINDOW
CTRL_ALT = X.ControlMask | X.Mod1Mask


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen(repeat_ms=(150, 33)) as screen:
        yield screen


@pytest.fixture
def other(screen: Screen) -> Iterator[OtherProgram]:
    with OtherProgram(screen.env["DISPLAY"]) as program:
        program.focus()
        yield program


class Told:
    """The events of a backend, to be waited for."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[HotkeyEvent] = asyncio.Queue()

    async def next(self) -> HotkeyEvent:
        return await asyncio.wait_for(self.queue.get(), DEADLINE_S)

    async def pair(self) -> tuple[Action, Cause]:
        """Wait for one press and one release of the same action."""
        pressed, released = await self.next(), await self.next()
        assert isinstance(pressed, Pressed)
        assert isinstance(released, Released)
        assert pressed.action is released.action
        return released.action, released.cause


@asynccontextmanager
async def started(screen: Screen, **chords: str) -> AsyncIterator[tuple[X11Backend, Told]]:
    backend, told = X11Backend(screen.env["DISPLAY"]), Told()
    await backend.start(Bindings.parse(chords), told.queue.put_nowait)
    try:
        yield backend, told
    finally:
        await backend.stop()


async def keys(screen: Screen, *order: str) -> None:
    """Have xdotool do something."""
    await asyncio.to_thread(screen.do, "xdotool", *order)


async def test_a_hundred_presses_are_a_hundred_clean_pairs(screen: Screen, other: OtherProgram) -> None:
    lengths_ms = [50] * 90 + [180] * 7 + [300] * 3
    order = [
        word
        for length_ms in lengths_ms
        for word in ("keydown", "space", "sleep", str(length_ms / 1000), "keyup", "space")
    ]
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (_, told):
        await keys(screen, "keydown", "Control_L", "keydown", "Alt_L")
        other.heard()
        pressing = asyncio.create_task(keys(screen, *order))
        for length_ms in lengths_ms:
            pressed, released = await told.next(), await told.next()
            assert isinstance(pressed, Pressed)
            assert isinstance(released, Released)
            assert released.cause is Cause.RELEASED
            assert length_ms - 40 < 1000 * (released.at - pressed.at) < length_ms + 200
        await pressing
        assert other.heard() == [], "a chord is ours alone"
        await keys(screen, "keyup", "Alt_L", "keyup", "Control_L")
        assert told.queue.empty()


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
async def test_locks_do_not_matter(screen: Screen, other: OtherProgram, lock: str) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (_, told):
        await keys(screen, "key", lock)
        try:
            await keys(screen, "key", "ctrl+alt+space")
            assert await told.pair() == (HOLD, Cause.RELEASED)
        finally:
            await keys(screen, "key", lock)


async def test_a_hold_lasts_until_its_key_is_up_whatever_else_is_pressed(
    screen: Screen, other: OtherProgram
) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space", mute="Ctrl+Alt+M") as (_, told):
        await keys(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "space")
        assert isinstance(await told.next(), Pressed)
        await keys(screen, "key", "m", "keyup", "alt", "keyup", "ctrl", "key", "x")
        assert await told.pair() == (MUTE, Cause.RELEASED)
        assert told.queue.empty()
        await keys(screen, "keyup", "space")
        released = await told.next()
        assert isinstance(released, Released)
        assert released.action is HOLD


async def test_more_modifiers_are_another_chord(screen: Screen, other: OtherProgram) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space", show_window="Ctrl+Alt+Shift+Space") as (
        _,
        told,
    ):
        await keys(screen, "key", "ctrl+alt+shift+space", "key", "ctrl+space", "key", "space")
        assert await told.pair() == (SHOW, Cause.RELEASED)
        assert other.heard().count("+space") == 2
        assert told.queue.empty()


async def test_a_chord_that_another_program_has_is_named_and_free_once_it_has_gone(screen: Screen) -> None:
    bindings = Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space", "mute": "Ctrl+Alt+M"})
    with OtherProgram(screen.env["DISPLAY"]) as rival:
        rival.take("space", CTRL_ALT | X.LockMask)  # with one of the locks only
        async with started(screen, **bindings.written()) as (backend, told):
            assert backend.refusals() == {HOLD: "Another program has Ctrl+Alt+Space. Choose another key."}
            assert backend.triggers() == {MUTE: "Ctrl+Alt+M"}
            assert rival.is_free("space", CTRL_ALT), "half a chord was kept"
            assert not rival.is_free("m", CTRL_ALT)
            await keys(screen, "key", "ctrl+alt+m")
            assert await told.pair() == (MUTE, Cause.RELEASED)
            rival.close()
            await backend.rebind(bindings)
            assert backend.refusals() == {}
            await keys(screen, "key", "ctrl+alt+space")
            assert await told.pair() == (HOLD, Cause.RELEASED)


async def test_a_lone_modifier_and_a_mouse_button_reach_the_other_program_too(
    screen: Screen, other: OtherProgram
) -> None:
    async with started(screen, hold_to_talk="Right Ctrl", toggle_to_talk="Mouse 8") as (_, told):
        await keys(screen, "keydown", RIGHT_CTRL, "sleep", "0.3", "keyup", RIGHT_CTRL)
        assert await told.pair() == (HOLD, Cause.RELEASED)
        heard = other.heard()
        assert heard[0] == "+Control_R"
        assert heard[-1] == "-Control_R"
        await keys(screen, "mousemove", *map(str, other.focus()))
        await keys(screen, "mousedown", "8", "sleep", "0.6", "mouseup", "8")
        assert await told.pair() == (Action.TOGGLE_TO_TALK, Cause.RELEASED)
        assert [each for each in other.heard() if "button" in each] == ["+button 8", "-button 8"]
        await keys(screen, "key", "Control_L", "click", "9")
        assert told.queue.empty()


async def test_a_modifier_that_is_used_with_another_key_is_no_tap(
    screen: Screen, other: OtherProgram
) -> None:
    async with started(screen, mute="Right Ctrl") as (_, told):
        await keys(screen, "keydown", RIGHT_CTRL, "key", "c", "keyup", RIGHT_CTRL)
        await keys(screen, "keydown", RIGHT_CTRL, "click", "1", "keyup", RIGHT_CTRL)
        assert "+c" in other.heard()
        assert told.queue.empty()
        await keys(screen, "key", RIGHT_CTRL)
        assert await told.pair() == (MUTE, Cause.RELEASED)


@pytest.mark.parametrize(
    ("order", "chord"),
    [
        ("keydown ctrl keydown alt key space keyup alt keyup ctrl", "Ctrl+Alt+Space"),
        (f"key {RIGHT_CTRL}", "Right Ctrl"),
        ("click 8", "Mouse 8"),
        ("key Pause", "Pause"),
        ("key Escape", None),
    ],
)
async def test_a_chord_is_recorded_by_pressing_it_and_nobody_else_gets_it(
    screen: Screen, other: OtherProgram, order: str, chord: str | None
) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (backend, told):
        recording = asyncio.create_task(backend.record())
        await asyncio.sleep(0.05)
        await keys(screen, *order.split())
        found = await asyncio.wait_for(recording, DEADLINE_S)
        assert (str(found) if found else None) == chord
        assert [each for each in other.heard() if "button" not in each] == []
        assert told.queue.empty()
        await keys(screen, "key", "ctrl+alt+space")
        assert await told.pair() == (HOLD, Cause.RELEASED)


async def test_a_recording_ends_when_nobody_presses_or_nobody_waits(
    screen: Screen, other: OtherProgram
) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (backend, told):
        assert await backend.record(patience_s=0.05) is None
        recording = asyncio.create_task(backend.record())
        await asyncio.sleep(0.05)
        recording.cancel()
        with pytest.raises(asyncio.CancelledError):
            await recording
        await keys(screen, "key", "ctrl+alt+space", "key", "x")
        assert await told.pair() == (HOLD, Cause.RELEASED)
        assert other.heard()[-2:] == ["+x", "-x"]


async def test_another_layout_keeps_the_keys(screen: Screen, other: OtherProgram) -> None:
    async with started(screen, mute="Ctrl+Alt+Y") as (_, told):
        await asyncio.to_thread(screen.do, "setxkbmap", "de")
        try:
            changed = await told.next()
            assert changed == Changed()
            await keys(screen, "key", "ctrl+alt+y")
            assert await told.pair() == (MUTE, Cause.RELEASED)
        finally:
            await asyncio.to_thread(screen.do, "setxkbmap", "us")


async def test_a_key_that_this_keyboard_lacks_is_named(screen: Screen) -> None:
    async with started(screen, mute="Ctrl+Ж") as (backend, _):
        assert backend.refusals() == {MUTE: "This keyboard has no key for Ctrl+Ж. Choose another one."}


async def test_a_release_that_nobody_saw_is_found_by_the_key_itself(screen: Screen) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (backend, told):
        thread = backend._thread
        assert thread is not None
        thread._order(lambda _: thread._presses.press(HOLD, 65, time.monotonic()))
        assert await told.pair() == (HOLD, Cause.NOT_SEEN)


async def test_a_key_without_a_name_is_one_by_its_code(screen: Screen, other: OtherProgram) -> None:
    async with started(screen, hold_to_talk="Key 202") as (_, told):
        await keys(screen, "key", "202")
        assert await told.pair() == (HOLD, Cause.RELEASED)


async def test_binding_anew_ends_a_hold(screen: Screen, other: OtherProgram) -> None:
    async with started(screen, hold_to_talk="Ctrl+Alt+Space") as (backend, told):
        await keys(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "space")
        assert isinstance(await told.next(), Pressed)
        await backend.rebind(Bindings.parse({"hold_to_talk": "F9"}))
        released = await told.next()
        assert isinstance(released, Released)
        assert released.cause is Cause.REBOUND
        await keys(screen, "keyup", "space", "keyup", "alt", "keyup", "ctrl", "key", "F9")
        assert await told.pair() == (HOLD, Cause.RELEASED)


async def test_stopping_gives_the_keys_back_and_ends_a_hold(screen: Screen, other: OtherProgram) -> None:
    backend, told = X11Backend(screen.env["DISPLAY"]), Told()
    await backend.start(Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space"}), told.queue.put_nowait)
    assert not other.is_free("space", CTRL_ALT)
    await keys(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "space")
    assert isinstance(await told.next(), Pressed)
    await backend.stop()
    assert isinstance(await told.next(), Released)
    await keys(screen, "keyup", "space", "keyup", "alt", "keyup", "ctrl")
    assert other.is_free("space", CTRL_ALT)
    assert backend.describe() == "Global hotkeys are off."
    with pytest.raises(HotkeysError):
        await backend.record()


async def test_a_server_that_ends_is_told_and_ends_the_hold() -> None:
    told = Told()
    with Screen() as screen:
        backend = X11Backend(screen.env["DISPLAY"])
        await backend.start(Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space"}), told.queue.put_nowait)
        await keys(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "space")
        assert isinstance(await told.next(), Pressed)
    ended_at = time.monotonic()
    released, lost = await told.next(), await told.next()
    assert isinstance(released, Released)
    assert released.cause is Cause.LOST
    assert lost == Lost("The screen has gone, and the global hotkeys with it.")
    assert time.monotonic() - ended_at < 2
    assert backend.describe() == "The screen has gone, and the global hotkeys with it."
    with pytest.raises(HotkeysError):
        await backend.rebind(Bindings())
    with pytest.raises(HotkeysError):
        await backend.record()
    await backend.stop()


async def test_sleeps_and_locks_leave_the_keys_alive(
    screen: Screen, other: OtherProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: asyncio.Queue[Command] = asyncio.Queue()
    bound: asyncio.Queue[str] = asyncio.Queue()
    with buses(tmp_path / "session", monkeypatch):
        hotkeys = Hotkeys(
            X11Backend(screen.env["DISPLAY"]),
            on_command=told.put_nowait,
            on_change=lambda: bound.put_nowait(hotkeys.describe()),
        )
        async with logind() as system:
            await hotkeys.start(Bindings.parse({"hold_to_talk": "Ctrl+Alt+Space"}))
            await keys(screen, "keydown", "ctrl", "keydown", "alt")
            rests: list[Callable[[bool], Awaitable[None]]] = [system.sleep, system.save_screen]
            for rest in rests * 5:
                await bound.get()
                await keys(screen, "keydown", "space")
                assert isinstance(await asyncio.wait_for(told.get(), DEADLINE_S), HoldBegan)
                await rest(True)
                why = Ending.ASLEEP if rest == system.sleep else Ending.LOCKED
                assert await asyncio.wait_for(told.get(), DEADLINE_S) == HoldEnded(why)
                await keys(screen, "keyup", "space", "key", "space")
                assert told.empty(), "nothing is held while the computer rests"
                await rest(False)
            await bound.get()
            await keys(screen, "key", "space", "keyup", "alt", "keyup", "ctrl")
            assert isinstance(await asyncio.wait_for(told.get(), DEADLINE_S), HoldBegan)
            assert await asyncio.wait_for(told.get(), DEADLINE_S) == HoldEnded(Ending.RELEASED)
            await hotkeys.stop()
        assert other.is_free("space", CTRL_ALT)


async def test_no_server_is_a_sentence() -> None:
    with pytest.raises(HotkeysError, match="lets no program have hotkeys"):
        await X11Backend(":4711").start(Bindings(), print)
