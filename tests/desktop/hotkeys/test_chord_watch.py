"""Chords among keys that are merely watched."""

from __future__ import annotations

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord_watch import ChordWatch
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Pressed, Released
from app.desktop.hotkeys.presses import Presses
from app.desktop.hotkeys.virtual_keys import WINDOWS

HOLD, MUTE = Action.HOLD_TO_TALK, Action.MUTE


class Keyboard:
    """A keyboard, what is down on it, and what is told of it."""

    def __init__(self, **chords: str) -> None:
        self.told: list[HotkeyEvent] = []
        self.really_down: set[int] = set()
        self.watch = ChordWatch(Presses(self.told.append), WINDOWS, self.really_down.__contains__)
        self.unknown = self.watch.bind(Bindings.parse(chords).chords)

    def press(self, *names: str) -> None:
        for name in names:
            self.really_down.add(WINDOWS[name])
            self.watch.down(WINDOWS[name], 1.0)

    def release(self, *names: str) -> None:
        for name in names:
            self.really_down.discard(WINDOWS[name])
            self.watch.up(WINDOWS[name], 2.0)


def test_a_chord_is_its_modifiers_and_no_others() -> None:
    keyboard = Keyboard(hold_to_talk="Ctrl+Alt+Space")
    keyboard.press("Left Ctrl", "Space")
    keyboard.release("Space")
    keyboard.press("Left Alt", "Left Shift", "Space")
    keyboard.release("Left Shift", "Space")
    assert keyboard.told == []
    keyboard.press("Space", "Space", "Space")
    assert keyboard.told == [Pressed(HOLD, 1.0)]
    keyboard.release("Left Ctrl", "Left Alt")
    keyboard.release("Space")
    assert keyboard.told == [Pressed(HOLD, 1.0), Released(HOLD, 2.0)]


def test_a_lone_modifier_holds_at_once_but_taps_only_when_it_is_left_alone() -> None:
    keyboard = Keyboard(hold_to_talk="Right Ctrl", mute="Right Alt")
    keyboard.press("Right Ctrl")
    assert keyboard.told == [Pressed(HOLD, 1.0)]
    keyboard.release("Right Ctrl")
    keyboard.told.clear()
    keyboard.press("Right Alt", "E")
    keyboard.release("E", "Right Alt")
    assert keyboard.told == []
    keyboard.press("Right Alt")
    keyboard.release("Right Alt")
    assert keyboard.told == [Pressed(MUTE, 2.0), Released(MUTE, 2.0)]


def test_a_button_needs_no_other_key_up() -> None:
    keyboard = Keyboard(hold_to_talk="Mouse 8")
    keyboard.press("W", "Left Shift", "Mouse 8")
    keyboard.release("Mouse 8")
    assert keyboard.told == [Pressed(HOLD, 1.0), Released(HOLD, 2.0)]


def test_a_modifier_whose_release_nobody_saw_does_not_spoil_the_next_chord() -> None:
    keyboard = Keyboard(hold_to_talk="F9")
    keyboard.press("Left Super", "L")
    keyboard.really_down.clear()  # the screen was locked with them
    keyboard.press("F9")
    assert keyboard.told == [Pressed(HOLD, 1.0)]


def test_a_hold_whose_release_nobody_saw_ends_at_the_next_look() -> None:
    keyboard = Keyboard(hold_to_talk="F9")
    keyboard.press("F9")
    keyboard.watch.look(3.0)
    assert keyboard.told == [Pressed(HOLD, 1.0)]
    keyboard.really_down.clear()
    keyboard.watch.look(4.0)
    assert keyboard.told == [Pressed(HOLD, 1.0), Released(HOLD, 4.0, Cause.NOT_SEEN)]
    keyboard.press("F9")
    assert keyboard.told[-1] == Pressed(HOLD, 1.0)


def test_a_key_that_the_system_does_not_have_is_named() -> None:
    assert Keyboard(mute="Ctrl+Ж", stop_speaking="F9").unknown == [MUTE]
