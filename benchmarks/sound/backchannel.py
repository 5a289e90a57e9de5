"""Listening aloud: hums, coughs and slammed doors over the character, none of which may stop it."""

from __future__ import annotations

import time
from typing import Any, Final

from benchmarks.sound.clip import Clip
from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio, of_message

_LINE_S: Final = 60.0
_AFTER_S: Final = 2.2
"""Seconds after the end of a sound in which it may still stop the character."""


def measure(studio: Studio, clips: list[Clip], steps: Steps) -> dict[str, Any]:
    """Let each of ``clips`` be heard over the character; return how many stopped it, and which."""
    stoppers = []
    line = None
    for number, clip in enumerate(clips):
        if line is None or time.monotonic() > line.started_at + _LINE_S - 10:
            line = studio.say(_LINE_S)
            time.sleep(2.0)
        name = line.message_id
        near = line.loud_moment(time.monotonic() + 0.25)
        studio.room.play_at(clip, near)
        stopped = studio.subject.wait(
            of_message(name, "interrupted"),
            near + clip.seconds + _AFTER_S + studio.dice.uniform(0, 1) - time.monotonic(),
        )
        studio.room.check(near - 2.0, near - 0.1)
        if stopped is not None:
            stoppers.append(clip.words or clip.path.stem)
            line = None
            time.sleep(1.0)
        steps.reach(number + 1)
    studio.interrupt()
    return {"count": len(clips), "stoppers": stoppers}
