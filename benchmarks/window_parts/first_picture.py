"""How long a start takes: to the first picture, and until the local character listens."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from app.core.settings.talk import CONTINUOUS
from benchmarks.comparison import Comparison, turns
from benchmarks.sound.steps import Steps
from benchmarks.window_parts.stage import Stage

HERON: Final = "heron"
BARE: Final = "bare window"


def measure(stage: Stage, rounds: int, steps: Steps) -> dict[str, Any]:
    """Let Heron and a bare window take turns; return ``first`` (`Comparison` of ``painted_ms``), ``ready_s``.

    The microphone is open from the start (continuous mode): ready means that the character listens.
    """
    home = stage.home("start", CONTINUOUS)
    comparison, ready = Comparison(), []
    stage.bare_ms()  # reads files and compiles modules
    _heron(stage, home)
    for number in range(rounds):
        for name in turns((HERON, BARE), number):
            if name == BARE:
                comparison.add(name, {"painted_ms": stage.bare_ms()})
                continue
            painted_ms, ready_s = _heron(stage, home)
            comparison.add(name, {"painted_ms": painted_ms})
            ready.append(ready_s)
        steps.reach(number + 1)
    return {"first": comparison, "ready_s": ready}


def _heron(stage: Stage, home: Path) -> tuple[float, float]:
    with stage.window(home) as window:
        ready_at = window.await_status("Listening")
        return window.painted_ms, ready_at - window.began
