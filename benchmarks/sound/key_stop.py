"""A key stops the character: from the call to silence at the loudspeaker."""

from __future__ import annotations

import time
from typing import Any, Final

from benchmarks.sound.barge_in import NEVER_MS
from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio

_LINE_S: Final = 10.0


def measure(studio: Studio, count: int, steps: Steps) -> dict[str, Any]:
    """Stop the character ``count`` times while it speaks and return the milliseconds that each took."""
    took = []
    for number in range(count):
        line = studio.say(_LINE_S)
        time.sleep(
            max(0.0, line.loud_moment(time.monotonic() + studio.dice.uniform(0, 0.5)) - time.monotonic())
        )
        called_at = studio.interrupt()
        studio.room.speaker.await_time(called_at + 0.6)
        silent_at = line.silent_at(called_at)
        took.append(NEVER_MS if silent_at is None else 1000 * (silent_at - called_at))
        steps.reach(number + 1)
    return {"stop_ms": took}
