from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from typing import IO

import pytest

from app.core.errors import UserError
from benchmarks.window_parts.hands import Hands, Resizing
from tests.integration.screen import Screen

pytestmark = pytest.mark.integration

PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def xev(screen: Screen) -> Iterator[subprocess.Popen[str]]:
    """Run a window that prints the events it gets."""
    with subprocess.Popen(
        ["stdbuf", "-oL", "xev", "-name", "Xev", "-event", "keyboard", "-event", "structure"],
        env=os.environ | screen.env,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        screen.focus("Xev")
        yield process
        process.kill()


def printed(stdout: IO[str] | None, pattern: str) -> re.Match[str]:
    assert stdout is not None
    for line in stdout:
        if found := re.search(pattern, line):
            return found
    raise AssertionError(f"never printed: {pattern}")


def test_keys_are_pressed_and_let_go(screen: Screen, xev: subprocess.Popen[str]) -> None:
    with Hands(screen.env["DISPLAY"]) as hands:
        began = time.monotonic()
        pressed_at = hands.press("space")
        printed(xev.stdout, "^KeyPress")
        printed(xev.stdout, "keysym 0x20, space")
        hands.release("space")
        printed(xev.stdout, "^KeyRelease")
    assert began <= pressed_at <= time.monotonic()


def test_keys_are_pressed_together(screen: Screen, xev: subprocess.Popen[str]) -> None:
    with Hands(screen.env["DISPLAY"]) as hands:
        hands.press("Control_L", "t")
        printed(xev.stdout, "keysym 0xffe3, Control_L")
        assert printed(xev.stdout, r"state 0x(\w+), .*keysym 0x74, t")[1] == "4"
        hands.release("t", "Control_L")


def test_a_window_is_resized_as_long_as_it_is_wanted(screen: Screen, xev: subprocess.Popen[str]) -> None:
    window = int(screen.do("xdotool", "search", "--name", "^Xev$").split()[0])
    with Resizing(screen.env["DISPLAY"], window, (300, 200), (500, 400)):
        sizes = [printed(xev.stdout, r"width (\d+), height (\d+)").groups() for _ in range(30)]
    wide = {int(width) for width, _ in sizes[2:]}
    high = {int(height) for _, height in sizes[2:]}
    assert len(wide) > 5
    assert min(wide) >= 300
    assert max(wide) <= 500
    assert min(high) >= 200
    assert max(high) <= 400


def test_a_display_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match=r"^The display :4711 cannot be reached\.$"), Hands(":4711"):
        pass
