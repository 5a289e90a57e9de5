"""The window as a process of its own, read through its widgets and driven by real keys."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.integration.screen import Screen

TITLE: Final = "Heron"
_DEADLINE_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What the window's widgets showed at one moment.

    Attributes:
        lines: The words of the rows.
        status: What is going on.
        notice: What is said above them.
        replays: Where on the screen a click plays a voice again, or stops it.
        replaying: Id of the message that is played again; empty without one.
        step: What the first step is about that is shown; empty, as what follows, outside of them.
        finding: What is said of the microphone there.
        said: The words of the turn that proves the talk key.
        places: Where on the screen each of their buttons is, by what it says.
    """

    lines: list[str]
    status: str
    notice: str
    replays: list[tuple[int, int]]
    replaying: str
    step: str = ""
    finding: str = ""
    said: list[str] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


class WindowProcess:
    """Starts the window on ``screen`` and reads what it shows. A context manager.

    Args:
        screen: Where it is shown.
        is_guided: Whether the first steps are shown to somebody who has never been here.
        is_hidden: Whether it starts out of sight.
    """

    def __init__(self, screen: Screen, *, is_guided: bool = False, is_hidden: bool = False) -> None:
        self._screen = screen
        self._options = ["--guided"] * is_guided + ["--hidden"] * is_hidden
        self._seen: queue.Queue[Seen | None] = queue.Queue()
        self.history: list[Seen] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self.complaints = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.window_app", *self._options],
            env={**os.environ, **self._screen.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, name="window reader")
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        assert self._reader is not None
        if self._process.poll() is None:
            self._process.kill()
        with self._process:  # waits, and closes its pipes
            self._reader.join()

    @property
    def process_id(self) -> int:
        """The window's process id."""
        assert self._process is not None
        return self._process.pid

    def server_process_id(self) -> int:
        """Return the process id of the character server that the window has started."""
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or _parent(folder) != self.process_id:
                continue
            if b"--embedded" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        raise AssertionError("the window has no server process")

    def await_seen(self, what: str, wanted: Callable[[Seen], bool]) -> Seen:
        """Return the first state shown from now on, or the last one before, that is ``wanted``."""
        if self.history and wanted(self.history[-1]):
            return self.history[-1]
        deadline = time.monotonic() + _DEADLINE_S
        while True:
            try:
                seen = self._seen.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"never seen: {what}; last: {self.history[-1:]}") from None
            if seen is None:
                raise AssertionError(f"the window ended before {what}: {self.complaints}")
            self.history.append(seen)
            if wanted(seen):
                return seen

    def ended(self) -> int:
        """Wait until the window's process has ended by itself; return its exit code."""
        assert self._process is not None
        return self._process.wait(_DEADLINE_S)

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        for line in self._process.stdout:
            self._seen.put(Seen(**json.loads(line)))
        self.complaints = self._process.stderr.read()
        self._seen.put(None)


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
