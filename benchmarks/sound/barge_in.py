"""Speaking over the character: is it noticed, how soon is it softer and silent, and what is understood?"""

from __future__ import annotations

import time
from typing import Any, Final

from app.core.errors import UserError
from benchmarks.sound.child import Event
from benchmarks.sound.clip import Clip
from benchmarks.sound.line import Line
from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio, of_message

DUCK_DB: Final = 19.0
"""Decibels of a fall that counts as the duck to -20 dB: the end of its fade."""

NEVER_MS: Final = 3_000.0
"""In place of the time of what did not happen."""

_ATTEMPTS: Final = 3
"""Of a trial that could not be measured since the rig stumbled."""

_LINE_S: Final = 20.0
_DEADLINE_S: Final = 2.5
"""Seconds from the onset within which the character must have stopped."""

_WORDS_S: Final = 3.0
"""Longest wait for the words after the end of speech."""

_MORE_WORDS_S: Final = 0.4
"""Time in which a sentence that was taken for two may go on."""


def measure(studio: Studio, clips: list[Clip], steps: Steps) -> dict[str, Any]:
    """Speak each of ``clips`` over the character and return what came of each."""
    trials = []
    repeats = 0
    for number, clip in enumerate(clips):
        for attempt in range(_ATTEMPTS):
            try:
                trials.append(_trial(studio, clip))
                break
            except UserError:
                if attempt == _ATTEMPTS - 1:
                    raise
                repeats += 1
        steps.reach(number + 1)
    return {"trials": trials, "repeats": repeats}


def _trial(studio: Studio, clip: Clip) -> dict[str, Any]:
    line = studio.say(_LINE_S)
    time.sleep(max(0.0, line.started_at + studio.dice.uniform(2.0, 4.0) - time.monotonic()))
    near = line.loud_moment(time.monotonic() + 0.25)
    studio.room.play_at(clip, near)
    stopped = studio.subject.wait(
        of_message(line.message_id, "interrupted"), _DEADLINE_S + near - time.monotonic()
    )
    words = _words(studio, near, near + clip.seconds)
    if stopped is None:
        studio.interrupt()
    onset = studio.room.onset(clip, near)
    line.locate(onset - 1.2, onset - 0.1)
    studio.room.check(onset - 2.0, onset - 0.1)
    return _times(line, onset, stopped["at"] if stopped else None) | {"said": clip.words, "heard": words}


def _times(line: Line, onset: float, stopped_at: float | None) -> dict[str, Any]:
    """Return the milliseconds from the onset to the duck and to silence."""
    silent_at = None if stopped_at is None else line.silent_at(stopped_at)
    if silent_at is not None and silent_at < onset:
        silent_at = None  # it was not the person who stopped it
    until = onset + _DEADLINE_S if silent_at is None else silent_at
    ducked_at = line.gains(onset - 1.2, until + 0.05).fell_at(DUCK_DB, onset, until + 0.05)
    if ducked_at is None or (silent_at is not None and silent_at < ducked_at):
        ducked_at = silent_at  # it was stopped without having been softer before
    is_detected = silent_at is not None and silent_at - onset <= _DEADLINE_S
    return {
        "is_detected": is_detected,
        "duck_ms": NEVER_MS if ducked_at is None else 1000 * (ducked_at - onset),
        "stop_ms": NEVER_MS if silent_at is None else 1000 * (silent_at - onset),
    }


def _words(studio: Studio, begin: float, end: float) -> str:
    """Return the final words of what was said between two times."""

    def is_final(event: Event) -> bool:
        return bool(event.get("is_final") and event["stt"] and event["at"] > begin)

    heard = [event["stt"] for event in studio.subject.events if is_final(event)]
    left = end + (_MORE_WORDS_S if heard else _WORDS_S) - time.monotonic()
    while (event := studio.subject.wait(is_final, left)) is not None:
        heard.append(event["stt"])
        left = max(_MORE_WORDS_S, end - time.monotonic())
    return " ".join(heard)
