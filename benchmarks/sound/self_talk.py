"""Does the character interrupt itself? Its own voice, over the loudspeaker, and nobody else."""

from __future__ import annotations

import time
from typing import Any, Final

from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio, of_message

DUCK_DB: Final = 15.0
"""Decibels of a fall that counts as a duck; real ducks are of 20."""

_LINE_S: Final = 300.0
_LOOK_S: Final = 10.0


def measure(studio: Studio, seconds: float, steps: Steps) -> dict[str, Any]:
    """Let the character speak for ``seconds`` and count how often it was ducked or stopped."""
    spoken = 0.0
    ducks = interruptions = 0
    while spoken < seconds - 1:
        line = studio.say(min(_LINE_S, seconds - spoken + 5))
        until = line.started_at + seconds - spoken
        ended = None
        while ended is None and (left := until - time.monotonic()) > 0:
            ended = studio.subject.wait(
                of_message(line.message_id, "complete", "interrupted"),
                min(left, _LOOK_S),
            )
            now = time.monotonic()
            studio.room.check(now - 4, now - 0.5)
            steps.reach(spoken + now - line.started_at)
        end = time.monotonic() if ended is None else ended["at"]
        if ended is None:
            studio.interrupt()
        interruptions += ended is not None and ended["playback"] == "interrupted"
        studio.room.speaker.await_time(end)
        ducks += len(line.all_gains(end).falls(DUCK_DB))
        spoken += end - line.started_at
    return {"seconds": spoken, "ducks": ducks, "interruptions": interruptions}
