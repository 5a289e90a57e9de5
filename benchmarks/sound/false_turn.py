"""Noise is no turn: typing and pink noise while nobody speaks."""

from __future__ import annotations

import time
from typing import Any, Final

from benchmarks.sound.clip import USER_DB, recorded
from benchmarks.sound.noises import pink, typing
from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio

NOISE_DB: Final = USER_DB - 10
"""Level of the pink noise: speech would be 10 dB above it."""

_LOOP_S: Final = 60.0
_LOOK_S: Final = 5.0
_LAST_S: Final = 1.5
"""Seconds after the noise in which its last turn may still come."""


def measure(studio: Studio, seconds: float, seed: int, steps: Steps) -> dict[str, Any]:
    """Make noise for ``seconds`` and return the turns that were taken of it."""
    noise = pink(_LOOP_S, NOISE_DB, seed) + typing(_LOOP_S, seed)
    clip = recorded("", noise, studio.folder / f"noise-{seed}.raw")
    studio.subject.take()
    began = time.monotonic()
    name = studio.room.play(clip, loops=True)
    turns: list[str] = []
    while (left := began + seconds - time.monotonic()) > -_LAST_S:
        if left < 0:
            studio.room.stop(name)
        time.sleep(min(_LOOK_S, left + _LAST_S) if left < 0 else min(_LOOK_S, left))
        events = studio.subject.take()
        turns += [event["stt"] for event in events if event.get("is_final") and event["stt"]]
        steps.reach(min(seconds, time.monotonic() - began))
    return {"seconds": seconds, "turns": turns}
