"""A busy GUI thread: does playback run dry, does the microphone lose a sample?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.sound.child import Child
from benchmarks.sound.ear import EAR_RATE
from benchmarks.sound.hearing import breaks, ending
from benchmarks.sound.listening_server import RATE, ListeningServer
from benchmarks.sound.room import Room
from benchmarks.sound.steps import Steps
from tests.audio.signals import tone

_HERTZ: Final = 440.0
_AMPLITUDE: Final = 8_000.0
_PATIENCE_S: Final = 20.0
_LOOK_S: Final = 5.0
_SETTLE_S: Final = 1.0
"""Seconds after the first sample that do not count: the tone's beginning is a break, too."""

_FRAMES: Final = 3
"""Frames of 20 ms that may be on their way at either end of the count."""


def measure(folder: Path, seconds: float, steps: Steps) -> dict[str, Any]:
    """Play a tone for ``seconds``; return how often it was broken, and samples not captured."""
    env = {"HERON_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    with (
        Room(folder, has_echo=False) as room,
        ListeningServer() as server,
        Child("benchmarks.sound.busy_window", env=room.card.env | env) as window,
    ):
        window.tell(url=server.url, api_key="est_benchmark", mode="continuous", folder=str(folder))
        window.expect("ready", _PATIENCE_S)
        server.play(tone(_HERTZ, RATE, seconds + 3, _AMPLITUDE), "tone")
        started_at = window.expect("playback", _PATIENCE_S)["at"] + _SETTLE_S
        first = len(server.frames)
        while (left := started_at + seconds - time.monotonic()) > 0:
            time.sleep(min(_LOOK_S, left))
            steps.reach(min(seconds, time.monotonic() - started_at))
        frames = server.frames[first:]
        room.speaker.await_time(started_at + seconds)
        heard, _ = room.speaker.between(started_at, started_at + seconds)
        slip_s = room.speaker.slip_s()
    expected = (frames[-1][0] - frames[0][0]) * RATE
    captured = sum(len(pcm) for _, pcm in frames[1:]) / 2
    lost = expected - captured
    return {
        "seconds": heard.size / EAR_RATE,
        "breaks": breaks(heard, EAR_RATE, _HERTZ) if ending(heard) else 1_000,
        "rms": float(np.sqrt((heard**2).mean())),
        "lost": 0 if lost < _FRAMES * RATE // 50 else round(lost),
        "slip_ms": 1000 * slip_s,
    }
