"""Where the windows are measured: a screen with a window manager, a sound card, a folder of data."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.core.errors import UserError
from app.core.settings import SettingsStore, Talk
from app.core.settings.first_steps import DONE, FirstSteps
from app.core.settings.store import FILE_NAME
from app.core.settings.talk import PUSH_TO_TALK
from benchmarks.sound.child import Child
from tests.integration.screen import Screen, ScreenError
from tests.integration.sound_card import SoundCard, SoundCardError

TITLE: Final = "Heron"
_PATIENCE_S: Final = 30.0


class OpenWindow:
    """Heron's window as a process; see `benchmarks.window_parts.heron_window`.

    Args:
        child: The process.
        began: When it was started (``time.monotonic()``).
        painted_ms: Milliseconds from there to its first picture.
    """

    def __init__(self, child: Child, began: float, painted_ms: float) -> None:
        self.child = child
        self.began = began
        self.painted_ms = painted_ms

    def await_status(self, status: str, seconds: float = _PATIENCE_S) -> float:
        """Return when the next status that begins with these words was painted.

        Raises:
            UserError: It was not.
        """
        event = self.child.wait(lambda event: event.get("status", "").startswith(status), seconds)
        if event is None:
            raise UserError(f"The window did not say “{status}” within {seconds:.0f} s.")
        return float(event["at"])

    def waits_ms(self) -> list[float]:
        """End the measurement of the loop's lag, and return what it found."""
        self.child.tell(beats=False)
        return list(self.child.expect("waits_ms", _PATIENCE_S)["waits_ms"])

    def pictures(self) -> int:
        """Return how often sound has been drawn so far."""
        self.child.tell(pictures=True)
        return int(self.child.expect("pictures", _PATIENCE_S)["pictures"])


class Stage:
    """A screen and a sound card. A context manager.

    Args:
        folder: Where data may be put.
        card: The sound card; by default one microphone and one speaker.

    Raises:
        UserError: Something of it is not installed, or does not start.
    """

    def __init__(self, folder: Path, card: SoundCard | None = None) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self.screen = Screen()
        self.card = card or SoundCard()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                stack.enter_context(self.card)
                stack.enter_context(self.screen)
            except (ScreenError, SoundCardError) as error:
                raise UserError(str(error)) from error
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def display(self) -> str:
        """The screen's name."""
        return self.screen.env["DISPLAY"]

    def new_home(self, name: str) -> Path:
        """Return a folder of data of somebody who has just come."""
        home = self._folder / name
        home.mkdir()
        return home

    def home(self, name: str, mode: str = PUSH_TO_TALK) -> Path:
        """Return a folder of data of somebody who was here before, and talks in this mode."""
        home = self.new_home(name)
        store = SettingsStore(home / FILE_NAME)
        store.load()
        store.update(Talk, mode=mode)
        store.update(FirstSteps, stage=DONE)
        store.save()
        return home

    def run(self, home: Path, module: str, *arguments: str) -> str:
        """Run a module to its end and return what it printed.

        Raises:
            UserError: It failed.
        """
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *arguments],
            env=os.environ | self._env(home),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise UserError(f"{module} failed; its own words are above.")
        return done.stdout

    def bare_ms(self) -> float:
        """Return the milliseconds from the start of a bare window's process to its first picture."""
        began = time.monotonic()
        with Child("benchmarks.window_parts.bare_window", env=self._env(self._folder)) as child:
            return 1000 * float(child.expect("painted", _PATIENCE_S)["painted"] - began)

    @contextmanager
    def window(self, home: Path, theme: str = "light") -> Iterator[OpenWindow]:
        """Start Heron's window, and close it at the end."""
        env = self._env(home) | {"HERON_THEME": theme}
        began = time.monotonic()
        with Child("benchmarks.window_parts.heron_window", env=env) as child:
            painted = float(child.expect("painted", _PATIENCE_S)["painted"])
            yield OpenWindow(child, began, 1000 * (painted - began))

    def _env(self, home: Path) -> dict[str, str]:
        own = {"HERON_HOME": str(home), "HERON_SERVER": "", "LC_ALL": "C.UTF-8"}
        # As it is for a person: modules are compiled at the first start, wherever the tree lies.
        own |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self._folder / "compiled")}
        return {**self.card.env, **self.screen.env, **own}
