"""``window``: how quick the window is and how little it takes, as it is started, on a real screen.

The window is the program's own, in a process of its own, on a software screen with a window manager, with a
virtual sound card and the embedded server. It tells when it has painted what
(`benchmarks.window_parts.heron_window`); everything else is seen from outside: time of the processor, memory
and writes by what the system counts, keys pressed and sizes changed as a person's hands do.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from app.core.errors import UserError
from benchmarks import chat_view
from benchmarks.progress_bar import progress
from benchmarks.row import Row
from benchmarks.sound.steps import Steps
from benchmarks.window_parts import first_picture, rows
from benchmarks.window_parts.long_history import LENGTH
from benchmarks.window_parts.stage import Stage
from benchmarks.window_parts.stay import Extent, Stay

_ROUNDS: Final = 11
_EXTENT: Final = Extent(rest_s=30, presses=40, typed=3)
_QUICK_ROUNDS: Final = 2
_QUICK_EXTENT: Final = Extent(rest_s=2, presses=3, typed=0)

_PARTS: Final = 6
"""Parts of a stay."""


def measure(*, quick: bool) -> list[Row]:
    """Measure everything, one after the other, and return the rows."""
    if not sys.platform.startswith("linux"):
        raise UserError("The window is measured on Linux only: elsewhere its keys cannot be pressed.")
    rounds, extent = (_QUICK_ROUNDS, _QUICK_EXTENT) if quick else (_ROUNDS, _EXTENT)
    bar = _Bar(rounds + _PARTS + 2)
    with tempfile.TemporaryDirectory(prefix="heron-bench-") as name, Stage(Path(name)) as stage:
        figures: dict[str, Any] = first_picture.measure(stage, rounds, bar.steps())
        home = stage.home("stay")
        figures |= json.loads(stage.run(home, "benchmarks.window_parts.long_history", str(LENGTH)))
        bar.add(1)
        figures |= Stay(stage, home, Path(name), extent).measure(bar.steps())
    made = rows.rows(figures) + chat_view.rows(quick=quick)
    bar.add(1)
    return made


class _Bar:
    """The progress of all parts.

    Args:
        total: Steps that all of them take.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0.0
        self.add(0)

    def steps(self) -> Steps:
        """Return what a part counts its own steps with."""
        return Steps(self.add)

    def add(self, steps: float) -> None:
        """Some are done."""
        self._done += steps
        progress("window", round(self._done), self._total)
