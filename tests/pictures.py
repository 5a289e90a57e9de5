"""Takes a picture of every view: the real window on a software screen, talked with, in both themes.

``python -m tests.pictures FOLDER`` writes ``FOLDER/light/*.png`` and ``FOLDER/dark/*.png``. With ``--readme``
the pictures that the README shows are renewed as well.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from app.core.errors import UserError
from app.ui.settings.pages import page_kinds
from benchmarks.window_parts.hands import Hands
from benchmarks.window_parts.stage import TITLE, OpenWindow, Stage
from tests.integration.flite import FliteMissing, record
from tests.integration.sound_card import SoundCard, Virtual

THEMES: Final = ("light", "dark")
ROOT: Final = Path(__file__).parents[1]

README: Final = {"light": ROOT / "docs" / "window.png", "dark": ROOT / "docs" / "window-dark.png"}
"""The pictures that the README shows, by their theme."""

_SPOKEN: Final = "how many miles are twenty kilometers"
_TYPED: Final = "what can you do"

_INTO_THE_REPLY_S: Final = 2.6
"""Seconds after which some of a reply was heard and some was not."""

_LOOK_S: Final = 0.15
_LOOKS: Final = 30
"""Looks at a window until nothing of it moves any more."""


class Photographer:
    """Takes the pictures of one theme.

    Args:
        stage: Screen and sound card.
        theme: ``light`` or ``dark``.
        folder: Where they go.
    """

    def __init__(self, stage: Stage, theme: str, folder: Path) -> None:
        self._stage = stage
        self._theme = theme
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take_all(self, question: Path) -> None:
        """Talk with the character and take each view; ``question`` is a recording of `_SPOKEN`."""
        self._stage.screen.do("xdotool", "mousemove", "0", "0")  # or something may look as if it were chosen
        self._greet()
        home = self._stage.home(self._theme)
        with self._stage.window(home, self._theme) as window, Hands(self._stage.display) as hands:
            window.await_status("Ready")
            self._stage.screen.focus(TITLE)
            self._take("welcome", TITLE)
            self._talk(window, hands, question)
            self._take("conversation", TITLE)
            self._search(hands)
            self._windows(hands)

    def _greet(self) -> None:
        """Start for the first time."""
        home = self._stage.new_home(f"new-{self._theme}")
        with self._stage.window(home, self._theme) as window:
            window.await_status("Ready")
            self._take("first-steps", TITLE)

    def _talk(self, window: OpenWindow, hands: Hands, question: Path) -> None:
        """Ask by voice, then by keys, and take the window while it speaks."""
        hands.press("space")
        window.await_status("Listening")
        self._stage.card.say(question)
        hands.release("space")
        window.await_status("Speaking")
        window.await_status("Ready")
        self._type(_TYPED)
        self._key(hands, "Return")
        window.await_status("Speaking")
        time.sleep(_INTO_THE_REPLY_S)
        self._take("window", TITLE, is_moving=True)
        window.await_status("Ready")

    def _search(self, hands: Hands) -> None:
        self._key(hands, "Control_L", "f")
        self._type("miles")
        time.sleep(1)
        self._take("search", TITLE)
        self._key(hands, "Escape")

    def _windows(self, hands: Hands) -> None:
        """Open the other windows, one after the other."""
        self._key(hands, "Control_L", "comma")
        self._stage.screen.focus("Settings")
        for number, kind in enumerate(page_kinds(), 1):
            self._key(hands, "Control_L", str(number))
            self._take(f"settings-{kind.name}", "Settings")
        self._key(hands, "Escape")
        self._stage.screen.focus(TITLE)
        self._key(hands, "Control_L", "Shift_L", "d")
        self._stage.screen.focus("Diagnostics")
        self._take("diagnostics", "Diagnostics")
        self._stage.screen.close_window("Diagnostics")
        self._stage.screen.focus(TITLE)
        self._key(hands, "Control_L", "Shift_L", "m")
        time.sleep(1)
        self._take("strip", TITLE)

    def _take(self, name: str, title: str, *, is_moving: bool = False) -> None:
        """Take a window once nothing of it moves, or at once."""
        screen, path = self._stage.screen, self._folder / f"{name}.png"
        window = screen.do("xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$").split()[0]
        before = b""
        for _ in range(_LOOKS):
            screen.do("import", "-window", window, "+repage", "-strip", str(path))
            if is_moving or path.read_bytes() == before:
                return
            before = path.read_bytes()
            time.sleep(_LOOK_S)

    def _type(self, words: str) -> None:
        self._stage.screen.do("xdotool", "type", "--delay", "12", words)

    def _key(self, hands: Hands, *keys: str) -> None:
        hands.press(*keys)
        hands.release(*reversed(keys))


def main() -> int:
    """Take all pictures; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.pictures", description="Takes a picture of every view."
    )
    parser.add_argument("folder", type=Path, help="where they go")
    parser.add_argument("--readme", action="store_true", help="renew those of the README as well")
    options = parser.parse_args()
    card = SoundCard(
        microphones=(Virtual("mic", "Built-in Microphone"),),
        speakers=(Virtual("speaker", "Built-in Speakers"),),
    )
    try:
        with tempfile.TemporaryDirectory(prefix="heron-pictures-") as name, Stage(Path(name), card) as stage:
            question = Path(name) / "question.wav"
            record(_SPOKEN, "rms", question)
            for theme in THEMES:
                Photographer(stage, theme, options.folder / theme).take_all(question)
    except (UserError, FliteMissing) as error:
        print(f"pictures: {error}", file=sys.stderr)
        return 1
    if options.readme:
        for theme, place in README.items():
            shutil.copyfile(options.folder / theme / "window.png", place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
