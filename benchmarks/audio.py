"""``audio``: devices, echo, barge-in and lost words, on virtual sound cards in a room with an open
loudspeaker.

The rows of echo and turn-taking come from one run and one configuration: the window's default settings, the
embedded server, a loudspeaker that is heard at the microphone with 200 ms of reverberation, 60 ms later, 12
dB softer and by a clock that drifts by 50 ppm (`benchmarks.sound.echo_path`). A person is flite's voices at
-20 dB of full scale. Nothing asks the program when it did something: what is counted was heard at the
loudspeaker (`benchmarks.sound.ear`, within 10 ms), received by the server, or said by the operating system.

The parts run in lanes, side by side, each with a sound card and processes of its own. The CPU time is taken
first, alone; then what an overloaded machine would spoil, one lane to a core; then two lanes of echo and
turn-taking and one of devices, which keep two cores busy to about two thirds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import ExitStack
from typing import Any, Final

from benchmarks.progress_bar import progress
from benchmarks.row import Row
from benchmarks.sound.child import Child
from benchmarks.sound.rows import Outcome, rows

Lane = dict[str, int]
"""Parts of a lane and their amounts: repetitions, or seconds."""

_FULL: Final[tuple[tuple[Lane, ...], ...]] = (
    ({"cpu": 30},),
    ({"key_stop": 50, "press": 200}, {"underrun": 600}),
    (
        {"self_talk": 900, "barge_in": 50, "backchannel": 25, "false_turn": 300},
        {"self_talk": 900, "barge_in": 50, "backchannel": 25, "false_turn": 300},
        {"unplug": 200},
    ),
)
"""What runs side by side, and then what does."""

_QUICK: Final[tuple[tuple[Lane, ...], ...]] = (
    (
        {"self_talk": 8, "barge_in": 2, "key_stop": 2},
        {"backchannel": 2, "false_turn": 5, "cpu": 2},
        {"press": 2, "unplug": 4, "underrun": 4},
    ),
)

_COSTS_S: Final = {
    "barge_in": 6.5,
    "backchannel": 5.0,
    "key_stop": 2.5,
    "press": 2.3,
    "unplug": 1.3,
    "cpu": 2.0,
}
"""Seconds that one step of a part takes, about: one where nothing is said."""

_LOOK_S: Final = 0.1
_APART_S: Final = 3.0
"""Seconds between the beginnings of two lanes: starting one keeps the machine busy."""


def measure(*, quick: bool) -> list[Row]:
    """Run the lanes and return the rows."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    plan = _QUICK if quick else _FULL
    bar = _Bar(sum(_cost(part, amount) for lanes in plan for lane in lanes for part, amount in lane.items()))
    for number, lanes in enumerate(plan):
        _run(lanes, number * 10, outcomes, bar)
    bar.end()
    return rows(outcomes)


class _Bar:
    """The progress of all lanes together.

    Args:
        total: Seconds that all of them take, one after the other.
    """

    def __init__(self, total: float) -> None:
        self._total = total
        self._done = 0.0
        self._shown = -1

    def add(self, seconds: float) -> None:
        """Some of it is done."""
        self._done += seconds
        percent = min(99, int(100 * self._done / self._total))
        if percent > self._shown:
            self._shown = percent
            progress("audio", percent, 100)

    def end(self) -> None:
        """All of it is."""
        progress("audio", 100, 100)


def _cost(part: str, amount: float) -> float:
    return _COSTS_S.get(part, 1.0) * amount


def _run(lanes: tuple[Lane, ...], seed: int, outcomes: dict[str, Outcome], bar: _Bar) -> None:
    """Run lanes side by side to their end."""
    with ExitStack() as stack:
        running: dict[Child, set[str]] = {}
        for number, lane in enumerate(lanes):
            parts = [f"{part}={amount}" for part, amount in lane.items()]
            time.sleep(_APART_S * bool(number))
            child = stack.enter_context(Child("benchmarks.sound.lane", str(seed + number), *parts))
            running[child] = set(lane)
        while any(running.values()):
            time.sleep(_LOOK_S)
            for child, open_parts in running.items():
                is_running = child.is_running
                for event in child.take():
                    _take(event, open_parts, outcomes, bar)
                if not is_running:
                    for part in open_parts:
                        outcomes[part].failures.append("its process has ended; its own words are above")
                    open_parts.clear()


def _take(event: dict[str, Any], open_parts: set[str], outcomes: dict[str, Outcome], bar: _Bar) -> None:
    part = event["part"]
    if "by" in event:
        bar.add(_cost(part, event["by"]))
        return
    open_parts.discard(part)
    if "failed" in event:
        outcomes[part].failures.append(event["failed"])
        return
    outcomes[part].add(event["result"])
