"""What listening costs: the CPU time of capture, processing, voice activity and playback."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.sound.child import Child
from benchmarks.sound.clip import recorded, sentences
from benchmarks.sound.noises import RATE
from benchmarks.sound.room import Room
from benchmarks.sound.steps import Steps

_SENTENCES: Final = Path(__file__).parents[1] / "sentences.txt"
_PATIENCE_S: Final = 20.0
_SETTLE_S: Final = 1.5
_PAUSE_S: Final = 1.0
"""Silence between two sentences of the person."""


def measure(folder: Path, seconds: float, steps: Steps) -> dict[str, Any]:
    """Return the percent of a core that silence takes, and that person and character take who both speak."""
    clips = sentences(_SENTENCES, folder, 0, 12)
    person = np.concatenate(
        [part for clip in clips[::2] for part in (clip.samples, np.zeros(int(_PAUSE_S * RATE)))]
    )
    character = recorded("", np.concatenate([clip.samples for clip in clips[1::2]]), folder / "character.raw")
    with Room(folder) as room, Child("benchmarks.sound.voice_process", env=room.card.env) as process:
        process.expect("ready", _PATIENCE_S)
        time.sleep(_SETTLE_S)
        silence = _share(process, seconds)
        steps.reach(seconds)
        room.play(recorded("", person, folder / "person.raw"), loops=True)
        process.tell(play=str(character.path))
        time.sleep(_SETTLE_S)
        speech = _share(process, seconds)
        steps.reach(2 * seconds)
    return {"silence": [silence], "speech": [speech]}


def _share(process: Child, seconds: float) -> float:
    process.tell(clock=True)
    before = process.expect("cpu_s", _PATIENCE_S)
    time.sleep(seconds)
    process.tell(clock=True)
    after = process.expect("cpu_s", _PATIENCE_S)
    return float(100 * (after["cpu_s"] - before["cpu_s"]) / (after["at"] - before["at"]))
