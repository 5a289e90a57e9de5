"""What is said or heard in the room: a recording that begins exactly where its sound does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.audio.wav import read_wav
from benchmarks.sound.hearing import onset
from benchmarks.sound.noises import RATE
from benchmarks.user_voice import VOICES, speak
from tests.audio.room import at_level
from tests.audio.signals import Samples, pcm_of, samples_of
from tests.integration.flite import Voice

USER_DB: Final = -20.0
"""Level of the person's speech at the microphone, relative to full scale; pauses are not counted."""

BACKCHANNELS: Final = ("mhm", "mm hmm", "uh huh", "yeah", "okay", "right", "i see")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording.

    Attributes:
        words: What is said in it; empty for a noise.
        path: Raw PCM16LE mono at `RATE`.
        samples: The same.
    """

    words: str
    path: Path
    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.samples.size / RATE


def spoken(words: str, voice: Voice, folder: Path) -> Clip:
    """Return ``words``, spoken: the first sample is the onset of speech."""
    wav = speak(words, voice, folder / "spoken.wav")
    pcm, rate = read_wav(wav)
    assert rate == RATE, "flite speaks at 16 kHz"
    samples = at_level(samples_of(pcm), USER_DB)
    return recorded(words, samples[onset(samples, rate) :], folder / f"{voice}-{words.replace(' ', '-')}.raw")


def recorded(words: str, samples: Samples, path: Path) -> Clip:
    """Return a clip of ``samples``, written to ``path``."""
    path.write_bytes(pcm_of(samples))
    return Clip(words, path, samples)


def sentences(path: Path, folder: Path, first: int, count: int) -> list[Clip]:
    """Return ``count`` sentences of a file, each in each of `VOICES`, round and round from the ``first`` one
    on.

    What asks for a timer is left out: it would ring in the middle of something else.
    """
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and "timer" not in line]
    said = [(line, voice) for line in lines for voice in VOICES]
    made: dict[tuple[str, Voice], Clip] = {}
    clips = []
    for number in range(first, first + count):
        one = said[number % len(said)]
        if one not in made:
            made[one] = spoken(*one, folder)
        clips.append(made[one])
    return clips
