"""One window from its start to its end: at rest, hidden, pressed, talked with while it is resized."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.sound.steps import Steps
from benchmarks.sound.usage import Usage
from benchmarks.user_voice import speak
from benchmarks.window_parts import load
from benchmarks.window_parts.hands import Hands, Resizing
from benchmarks.window_parts.stage import TITLE, OpenWindow, Stage

_REST_S: Final = 6.5
"""Seconds after which a window comes to rest: the speaker is let go, the cursor stands still."""

_SETTLE_S: Final = 2.0
"""Seconds after which it has got used to being hidden, or to listening."""

_LEAST: Final = (400, 580)
_MOST: Final = (900, 820)
"""Sizes between which the window is resized, in logical pixels."""

_SHORT: Final = "what is two plus three"
_LONG: Final = "what can you do"
_SPOKEN: Final = "how many miles are twenty kilometers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is measured.

    Attributes:
        rest_s: Seconds at rest, seen and hidden, and of listening.
        presses: Times that the talk key is pressed.
        typed: Typed turns while the window is resized, besides a spoken one.
    """

    rest_s: float
    presses: int
    typed: int


class Stay:
    """Does it all, one after the other.

    Args:
        stage: Screen and sound card.
        home: The folder of data, with a history in it.
        folder: Where a recording may be put.
        extent: How much is measured.
    """

    def __init__(self, stage: Stage, home: Path, folder: Path, extent: Extent) -> None:
        self._stage = stage
        self._home = home
        self._extent = extent
        self._question = speak(_SPOKEN, "rms", folder / "question.wav")
        self._dice = random.Random(5)

    def measure(self, steps: Steps) -> dict[str, Any]:
        """Return every figure by its name."""
        figures: dict[str, Any] = {}
        parts = (self._rest, self._hidden, self._press, self._talk, self._listen)
        with self._stage.window(self._home) as window, Hands(self._stage.display) as hands:
            window.await_status("Ready")
            self._stage.screen.focus(TITLE)
            self._answer(window, hands, _SHORT)  # all is loaded now that is ever needed for a reply
            steps.reach(1)
            for number, part in enumerate(parts, 2):
                figures |= part(window, hands)
                steps.reach(number)
            figures |= _memory(window.child.pid)
        return figures

    def _rest(self, window: OpenWindow, _hands: Hands) -> dict[str, Any]:
        """Do nothing, with the microphone closed."""
        time.sleep(_REST_S)
        family = load.family(window.child.pid)
        written, files = sum(map(load.written_bytes, family)), load.files_of(self._home)
        shares = self._shares(family)
        now = load.files_of(self._home)
        return {
            "idle": shares,
            "written": sum(map(load.written_bytes, family)) - written,
            "changed": [name for name in files.keys() | now.keys() if files.get(name) != now.get(name)],
        }

    def _hidden(self, window: OpenWindow, _hands: Hands) -> dict[str, Any]:
        """Do nothing, minimised."""
        screen = self._stage.screen
        screen.do("xdotool", "windowminimize", str(self._window()))
        time.sleep(_SETTLE_S)
        shares = self._shares(load.family(window.child.pid))
        screen.do("wmctrl", "-F", "-a", TITLE)
        screen.focus(TITLE)
        return {"hidden": shares}

    def _press(self, window: OpenWindow, hands: Hands) -> dict[str, Any]:
        """Press the talk key and see when the window says that it listens."""
        took = []
        for _ in range(self._extent.presses):
            time.sleep(self._dice.uniform(0.2, 0.4))
            window.child.take()
            pressed_at = hands.press("space")
            took.append(1000 * (window.await_status("Listening") - pressed_at))
            time.sleep(self._dice.uniform(0.1, 0.3))
            hands.release("space")
            window.await_status("Ready")
        return {"press_ms": took}

    def _talk(self, window: OpenWindow, hands: Hands) -> dict[str, Any]:
        """Hold a conversation while the window is resized."""
        window.child.tell(beats=True)
        with Resizing(self._stage.display, self._window(), _LEAST, _MOST):
            hands.press("space")
            window.await_status("Listening")
            self._stage.card.say(self._question)
            hands.release("space")
            self._spoken(window)
            for _ in range(self._extent.typed):
                self._answer(window, hands, _LONG)
        return {"waits_ms": window.waits_ms()}

    def _listen(self, window: OpenWindow, hands: Hands) -> dict[str, Any]:
        """Listen in continuous mode to a silent room."""
        hands.press("Control_L", "t")
        hands.release("t", "Control_L")
        window.await_status("Listening")
        time.sleep(_SETTLE_S)
        before, began = window.pictures(), time.monotonic()
        shares = self._shares([window.child.pid])
        return {
            "listening": shares,
            "per_second": (window.pictures() - before) / (time.monotonic() - began),
        }

    def _answer(self, window: OpenWindow, hands: Hands, question: str) -> None:
        """Type a question and hear the answer to its end."""
        self._stage.screen.do("xdotool", "type", "--delay", "12", question)
        hands.press("Return")
        hands.release("Return")
        self._spoken(window)

    def _spoken(self, window: OpenWindow) -> None:
        window.await_status("Speaking")
        window.await_status("Ready")

    def _window(self) -> int:
        found = self._stage.screen.do("xdotool", "search", "--name", f"^{TITLE}$")
        return int(found.split()[0])

    def _shares(self, family: list[int]) -> list[float]:
        """Return the percent of a core that each of some processes takes meanwhile."""
        before, began = [load.cpu_s(pid) for pid in family], time.monotonic()
        time.sleep(self._extent.rest_s)
        took = time.monotonic() - began
        return [100 * (load.cpu_s(pid) - then) / took for pid, then in zip(family, before, strict=True)]


def _memory(pid: int) -> dict[str, Any]:
    return {"rss_mb": [Usage.of(each).rss_mb for each in load.family(pid)]}
