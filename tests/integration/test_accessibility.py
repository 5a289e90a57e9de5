"""Heron as a screen reader meets it, on an accessibility bus, with real keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.integration.accessibility import AccessibilityBus, AccessibilityError, Node, Thing
from tests.integration.conftest import Speech
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration

_CONTROLS = {
    "check box", "combo box", "entry", "label", "list", "list item", "password text", "push button",
    "radio button", "slider", "text",
}  # fmt: skip
"""What those are called that the keyboard comes to."""

_PICTURES = {"filler", "panel", "image"}
"""The keyboard comes to some pictures too; what they show is said in words."""

_MANY = 60
"""Presses of Tab that lead round every window."""


@dataclass
class Heron:
    """The running program, its screen, and a reader."""

    screen: Screen
    reader: AccessibilityBus
    root: Node
    process: subprocess.Popen[bytes]
    sound_card: SoundCard
    first_steps: list[Thing]

    def window(self, title: str) -> Node:
        """Wait for a window and give it the keyboard."""
        self.screen.focus(title)
        return self.reader.await_window(self.root, title)

    def keys(self, *keys: str) -> None:
        """Press keys."""
        self.screen.do("xdotool", "key", *keys)

    def controls(self, window: Node) -> list[Thing]:
        """Return what the keyboard can come to, by arrow keys within a group or a list."""
        return [thing for thing in self.reader.walk(window) if thing.is_usable]

    def stops(self, window: Node) -> set[str]:
        """Return the names of what Tab has to stop at."""
        found: set[str] = set()
        things = self.controls(window)
        lists = [thing.node for thing in things if thing.role == "combo box"]
        lines = {line for node in lists for line in self.reader.children(node)}
        for thing in things:
            is_inner = thing.role == "list item" or thing.node in lines
            is_other_choice = thing.role == "radio button" and "checked" not in thing.states
            is_read_only = thing.role == "label"  # its words can be selected with the mouse
            if not (is_inner or is_other_choice or is_read_only):
                found.add(thing.name)
        return found

    def round(self, key: str) -> list[str]:
        """Press a key until what had the keyboard has it again; return the names of what had it."""
        self.reader.forget_events()
        met: list[str] = []
        nodes: list[Node] = []
        for _ in range(_MANY):
            self.keys(key)
            thing = self.reader.await_focus()
            if thing.node in nodes:
                return met
            nodes.append(thing.node)
            met.append(thing.name)
        raise AccessibilityError(f"{key} leads nowhere: {met}")


@pytest.fixture(scope="module")
def heron(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heron]:
    """Run the program for all these tests but one."""
    with _running(tmp_path_factory.mktemp("accessibility"), SoundCard()) as heron:
        yield heron


@contextmanager
def _running(folder: Path, sound_card: SoundCard) -> Iterator[Heron]:
    """Run the program as a person starts it for the first time, and skip the first steps."""
    home = {"HERON_HOME": str(folder / "heron"), "HERON_THEME": "light"}
    with (
        Screen() as screen,
        sound_card as card,
        card.applied(),
        AccessibilityBus(folder / "bus", screen.env) as reader,
        subprocess.Popen(
            [sys.executable, "-m", "app"],
            env={**os.environ, **screen.env, **reader.env, **home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        try:
            root = reader.await_program("heron")
            skip = reader.await_thing(root, "the first steps", lambda thing: thing.name.startswith("Skip"))
            heron = Heron(screen, reader, root, process, card, [])
            heron.first_steps += heron.controls(root)
            reader.press(skip)
            reader.await_thing(root, "ready", lambda thing: thing.name.startswith("Status: Ready"))
            yield heron
            screen.close_window("Heron")
            assert process.wait(30) == 0
        finally:
            process.kill()


def _unnamed(things: list[Thing]) -> list[Thing]:
    """Return what a screen reader's user could not tell from anything else."""

    def is_told(thing: Thing) -> bool:
        is_picture = thing.role in _PICTURES and bool(thing.description)
        return bool(thing.name) and (thing.role in _CONTROLS or is_picture)

    return [thing for thing in things if not is_told(thing)]


def test_the_first_steps_are_named(heron: Heron) -> None:
    assert len(heron.first_steps) >= 4
    assert _unnamed(heron.first_steps) == []


def test_the_main_window_is_named_and_walked_through_both_ways(heron: Heron) -> None:
    window = heron.window("Heron")
    things = heron.controls(window)
    assert _unnamed(things) == []
    assert {"Message", "Mute", "Hold to talk", "Settings"} <= {thing.name for thing in things}
    there = heron.round("Tab")
    assert set(there) == heron.stops(window)
    back = heron.round("shift+Tab")
    assert set(back) == set(there)
    turned = back[::-1]
    start = turned.index(there[0])
    assert [*turned[start:], *turned[:start]] == there


def test_every_page_of_the_settings_is_named_and_walked_through(heron: Heron) -> None:
    heron.window("Heron")
    heron.keys("ctrl+comma")
    window = heron.window("Settings")
    missed: dict[str, object] = {}
    listed = heron.reader.await_thing(window, "the pages", lambda thing: thing.name == "Pages")
    pages = [thing.name for thing in heron.reader.walk(listed.node)][1:]
    assert len(pages) >= 6
    for number, page in enumerate(pages, 1):
        heron.keys(f"ctrl+{number}")
        heron.reader.await_thing(window, page, partial(_is_page, page))
        if unnamed := _unnamed(heron.controls(window)):
            missed[f"{page}, without a name"] = unnamed
        met = set(heron.round("Tab"))
        if unmet := heron.stops(window) - met:
            missed[f"{page}, not met by Tab"] = unmet
    heron.keys("Escape")
    assert missed == {}


def _is_page(title: str, thing: Thing) -> bool:
    return thing.name == title and thing.role == "list item" and "selected" in thing.states


def test_a_hotkey_is_recorded_without_a_mouse_and_works_at_once(heron: Heron) -> None:
    heron.window("Heron")
    heron.keys("ctrl+comma")
    window = heron.window("Settings")
    heron.keys("ctrl+6")
    name = "Change: Hold to talk"
    heron.reader.press(heron.reader.await_thing(window, "the way in", lambda thing: thing.name == name))
    heron.reader.await_thing(window, "recording", lambda thing: thing.name.startswith("Cancel the recording"))
    heron.keys("ctrl+alt+k")
    back = "Reset to default: Hold to talk"
    reset = heron.reader.await_thing(window, "the way back", lambda thing: thing.name == back)
    heron.screen.do("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "k")
    heron.reader.await_thing(
        heron.root, "listening", lambda thing: thing.name.startswith("Status: Listening")
    )
    heron.screen.do("xdotool", "keyup", "k", "keyup", "alt", "keyup", "ctrl")
    heron.reader.await_thing(heron.root, "ready", lambda thing: thing.name.startswith("Status: Ready"))
    heron.reader.press(reset)
    heron.keys("Escape")


def test_the_diagnostics_and_the_strip_are_named(heron: Heron) -> None:
    heron.window("Heron")
    heron.keys("ctrl+shift+d")
    diagnostics = heron.window("Diagnostics")
    heron.reader.await_thing(diagnostics, "figures", lambda thing: thing.name.startswith("Server: "))
    assert _unnamed(heron.controls(diagnostics)) == []
    assert heron.stops(diagnostics) <= set(heron.round("Tab"))
    heron.keys("Escape")
    heron.window("Heron")
    heron.keys("ctrl+shift+m")
    way_back = heron.reader.await_thing(
        heron.root, "the strip", lambda thing: thing.name == "Show the whole window"
    )
    strip = heron.controls(heron.root)
    assert _unnamed(strip) == []
    assert {"Mute", "Show the whole window"} <= {thing.name for thing in strip}
    heron.reader.press(way_back)
    heron.reader.await_thing(heron.root, "the window", lambda thing: thing.name == "Message")


def test_lines_are_read_with_who_said_them(heron: Heron) -> None:
    window = heron.window("Heron")
    heron.keys("ctrl+l")
    heron.reader.forget_events()
    heron.screen.do("xdotool", "type", "--delay", "20", "what is two plus three")
    heron.keys("Return")
    answer = heron.reader.await_thing(
        window,
        "the answer",
        lambda thing: thing.role == "list item" and "5" in thing.name.rpartition(": ")[2],
    )
    lines = [thing.name for thing in heron.reader.walk(window) if thing.role == "list item"]
    assert len(lines) >= 2
    question = lines[-2]
    assert question.startswith("You, ")
    assert question.endswith(": what is two plus three")
    assert answer.name.startswith("Heron, ")


def test_the_states_of_a_conversation_are_announced(heron: Heron, speech: Speech) -> None:
    window = heron.window("Heron")
    heron.reader.forget_events()
    heron.screen.do("xdotool", "keydown", "space")
    heron.reader.await_announcement("Listening")
    heron.sound_card.say(speech("how many miles are twenty kilometers", "rms"))
    heron.screen.do("xdotool", "keyup", "space")
    heron.reader.await_announcement("Thinking")
    heron.reader.await_thing(window, "ready", lambda thing: thing.name.startswith("Status: Ready"))
    heron.keys("ctrl+m")
    heron.reader.await_announcement("Microphone muted")
    heron.keys("ctrl+m")
    heron.reader.await_announcement("Ready")


def test_whoever_cannot_hold_the_button_clicks_it(heron: Heron) -> None:
    window = heron.window("Heron")
    talk = heron.reader.await_thing(window, "the button", lambda thing: thing.name == "Hold to talk")
    heron.reader.forget_events()
    heron.reader.press(talk)
    heron.reader.await_announcement("Listening")
    heron.reader.await_thing(window, "the way out", lambda thing: thing.name == "Click to send")
    heron.reader.press(talk)
    heron.reader.await_thing(window, "the end", lambda thing: thing.name == "Hold to talk")


def test_a_reply_that_nobody_hears_is_read_out(tmp_path: Path) -> None:
    with _running(tmp_path, SoundCard(speaker=False)) as heron:
        heron.window("Heron")
        heron.keys("ctrl+l")
        heron.reader.forget_events()
        heron.screen.do("xdotool", "type", "--delay", "20", "what is two plus three")
        heron.keys("Return")
        said = heron.reader.await_announcement("Heron, ").value
        assert "5" in said.rpartition(": ")[2]


def test_a_lost_server_is_announced_and_its_return(heron: Heron) -> None:
    heron.window("Heron")
    heron.reader.forget_events()
    os.kill(_server_of(heron.process.pid), signal.SIGKILL)
    heron.reader.await_announcement("stopped unexpectedly")
    heron.reader.await_announcement("Ready")


def _server_of(parent: int) -> int:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if int(words[1]) == parent and b"--embedded" in command:
                return int(folder.name)
    raise AssertionError("the window has no server process")
