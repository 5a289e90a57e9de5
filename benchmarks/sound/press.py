"""Push-to-talk: is anything lost of speech that begins a moment before the press?"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from benchmarks.sound.child import Child
from benchmarks.sound.clip import Clip, spoken
from benchmarks.sound.hearing import find
from benchmarks.sound.listening_server import ListeningServer
from benchmarks.sound.room import Room
from benchmarks.sound.steps import Steps
from tests.audio.signals import Samples, samples_of

LEAD_S: Final = 0.1
"""Seconds by which speech comes before the press."""

_WORDS: Final = ("stop the music", "call my sister", "next song please", "turn it down")
_PATIENCE_S: Final = 10.0
_CLEAR: Final = 7.0
"""Clarity from which a part of speech counts as found in what the server received."""

_PARTS: Final = 4
_SHIFT: Final = 8
"""Samples (0.5 ms) by which cleaning may move parts of a recording against each other; more are a gap."""


def measure(folder: Path, count: int, steps: Steps) -> dict[str, Any]:
    """Press ``count`` times and return the samples that each press lost, and how early speech really was."""
    clips = [spoken(words, voice, folder) for words in _WORDS for voice in ("rms", "slt")]
    lost: list[int] = []
    leads: list[float] = []
    with (
        Room(folder, has_echo=False) as room,
        ListeningServer() as server,
        Child(
            "benchmarks.sound.subject", env=room.card.env | {"HERON_HOME": str(folder / "home")}
        ) as subject,
    ):
        subject.tell(url=server.url, api_key="est_benchmark", mode="push_to_talk", folder=str(folder))
        subject.expect("ready", _PATIENCE_S)
        _press(room, server, subject, clips[0])  # opens the microphone, which is kept warm from here on
        for number in range(count):
            clip = clips[number % len(clips)]
            lead_s, pcm = _press(room, server, subject, clip)
            lost.append(lost_samples(clip.samples, samples_of(pcm)))
            leads.append(1000 * lead_s)
            steps.reach(number + 1)
    return {"lost": lost, "lead_ms": leads}


def _press(room: Room, server: ListeningServer, subject: Child, clip: Clip) -> tuple[float, bytes]:
    """Speak and press; return by how many seconds speech came first, and what the server received."""
    before = len(server.frames)
    near = time.monotonic() + 0.3
    room.play_at(clip, near)
    time.sleep(max(0.0, near + LEAD_S - time.monotonic()))
    subject.tell(press=True)
    called_at = subject.expect("calling", _PATIENCE_S)["at"]
    time.sleep(max(0.0, near + clip.seconds + 0.1 - time.monotonic()))
    subject.tell(release=True)
    subject.expect("released", _PATIENCE_S)
    time.sleep(0.1)
    pcm = server.heard(before)
    return called_at - room.onset(clip, near), pcm


def lost_samples(said: Samples, received: Samples) -> int:
    """Return how many samples of ``said`` are missing in ``received``: at either end or in between."""
    size = said.size // _PARTS
    parts = [(at, said[at : at + size]) for at in range(0, _PARTS * size, size)]
    places = [(find(part, received, is_changed=True), begin) for begin, part in parts]
    clearest, its_begin = max(places, key=lambda found: found[0].clarity)
    if clearest.clarity < _CLEAR:
        return said.size
    start = clearest.at - its_begin
    # The clearest part tells where the others should be.
    ats = [find(part, received, is_changed=True, expected=start + at).at - at for at, part in parts]
    moved = sum(by for by in (abs(later - sooner) for sooner, later in pairwise(ats)) if by > _SHIFT)
    return max(0, -ats[0]) + moved + max(0, ats[-1] + said.size - received.size)
