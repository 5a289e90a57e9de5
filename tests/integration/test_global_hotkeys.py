"""Heron's own hotkeys, with real keys, while another program has the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from Xlib import X

from benchmarks.word_errors import word_errors
from tests.integration.conftest import Speech
from tests.integration.other_program import OtherProgram
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard
from tests.integration.test_instance import active_window, another_program, await_active
from tests.integration.window_process import TITLE, Seen, WindowProcess

pytestmark = pytest.mark.integration

_OTHER = "Another program"
_QUESTION = "how many miles are twenty kilometers"


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen(repeat_ms=(150, 33)) as screen:
        yield screen


@pytest.mark.parametrize("way", ["beside it", "minimised", "strip", "hidden"])
def test_a_held_chord_is_a_turn_while_another_window_has_the_keyboard(
    screen: Screen, sound_card: SoundCard, speech: Speech, way: str
) -> None:
    with WindowProcess(screen, is_hidden=way == "hidden") as window:
        window.await_seen("ready", _is_ready)
        if way == "strip":
            screen.focus(TITLE)
            screen.do("xdotool", "key", "ctrl+shift+m")
        elif way == "minimised":
            screen.do("xdotool", "search", "--name", f"^{TITLE}$", "windowminimize")
        with another_program(screen):
            screen.do("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "space")
            window.await_seen("listening", lambda seen: seen.status == "Listening")
            sound_card.say(speech(_QUESTION, "rms"))
            assert active_window(screen) == _OTHER
            assert window.history[-1].status == "Listening", "a repeated key has ended the turn"
            screen.do("xdotool", "keyup", "space", "keyup", "alt", "keyup", "ctrl")
            seen = window.await_seen("the answer", lambda seen: len(seen.lines) == 2 and bool(seen.lines[1]))
            assert word_errors(_QUESTION, seen.lines[0]) <= 1
            assert active_window(screen) == _OTHER


def test_a_chord_shows_the_window_and_one_that_is_taken_is_told(
    screen: Screen, sound_card: SoundCard
) -> None:
    with OtherProgram(screen.env["DISPLAY"]) as other:
        other.take("m", X.ControlMask | X.Mod1Mask)
        with WindowProcess(screen, is_hidden=True) as window:
            window.await_seen("the conflict", lambda seen: "Ctrl+Alt+M" in seen.notice)
            window.await_seen("ready", _is_ready)
            with another_program(screen):
                screen.do("xdotool", "key", "ctrl+alt+h")
                await_active(screen, TITLE)


def _is_ready(seen: Seen) -> bool:
    return seen.status == "Ready"
