"""Makes the earcons in resources/sounds: the short sounds that tell what Heron does.

Run it after a change and commit what it writes: ``python packaging/earcons.py``. It gives the same bytes each
time. The sounds are this project's own work, under its licence (MIT).
"""

from __future__ import annotations

import argparse
import math
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RATE: Final = 24_000
"""Sample rate in Hz: that of the character's voice."""

FULL_SCALE: Final = 32_767

ATTACK_MS: Final = 8
"""Milliseconds in which a note rises from silence; a faster one clicks."""

RELEASE_MS: Final = 20
"""Milliseconds in which it falls back to silence at its end."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note.

    Attributes:
        begins_ms: When, from the start of the sound.
        lasts_ms: How long until it is silent.
        hertz: Its pitch.
        partials: The share of each harmonic: the fundamental, the octave, ...
        decay_ms: Milliseconds in which it dies away to 37 % after its attack.
        glides_to: The pitch it ends with; None for the same.
    """

    begins_ms: float
    lasts_ms: float
    hertz: float
    partials: Sequence[float]
    decay_ms: float
    glides_to: float | None = None


_SOFT: Final = (1.0, 0.12, 0.04)
_WOODEN: Final = (1.0, 0.0, 0.0, 0.0, 0.2)

SOUNDS: Final[dict[str, tuple[float, Sequence[Note]]]] = {
    # A fourth up, and the same down: a'' and d'''.
    "listening_on": (-19.0, [Note(0, 110, 880.0, _SOFT, 45), Note(65, 125, 1174.66, _SOFT, 45)]),
    "listening_off": (-19.0, [Note(0, 110, 1174.66, _SOFT, 45), Note(65, 125, 880.0, _SOFT, 45)]),
    # Twice the same short note, lower than the others: f''.
    "error": (-15.0, [Note(0, 75, 698.46, _WOODEN, 14), Note(105, 75, 698.46, _WOODEN, 14)]),
    # A dull knock: so short that it has hardly a pitch.
    "muted": (-13.0, [Note(0, 80, 800.0, (1.0, 0.3), 11, glides_to=500.0)]),
    # A bright note, twice: e'''.
    "timer": (-19.5, [Note(0, 85, 1318.51, _SOFT, 28), Note(90, 95, 1318.51, _SOFT, 28)]),
}
"""For each sound, its peak in dB of full scale, and its notes.

The peaks make them about equally loud. The pitches are above those of a voice, and the harmonics few: an
octave lower, Silero takes each of them for a vowel.
"""


def render(peak_db: float, notes: Sequence[Note]) -> bytes:
    """Return a sound as PCM16LE mono at `RATE`; its first and last sample are silence."""
    size = max(_samples(note.begins_ms + note.lasts_ms) for note in notes)
    mixed = [0.0] * size
    for note in notes:
        start = _samples(note.begins_ms)
        for index, sample in enumerate(_played(note)):
            mixed[start + index] += sample
    gain = FULL_SCALE * 10 ** (peak_db / 20) / max(map(abs, mixed))
    pcm = array("h", (round(sample * gain) for sample in mixed))
    return b"".join(sample.to_bytes(2, "little", signed=True) for sample in pcm)


def write_all(folder: Path) -> None:
    """Write every sound into ``folder`` as a WAV file of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (peak_db, notes) in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(render(peak_db, notes))


def _played(note: Note) -> list[float]:
    size, phase = _samples(note.lasts_ms), 0.0
    ends_with = note.hertz if note.glides_to is None else note.glides_to
    samples = []
    for index in range(size):
        tone = sum(
            share * math.sin(harmonic * phase) for harmonic, share in enumerate(note.partials, start=1)
        )
        samples.append(tone * _envelope(note, index, size))
        phase += math.tau * (note.hertz + (ends_with - note.hertz) * index / size) / RATE
    return samples


def _envelope(note: Note, index: int, size: int) -> float:
    """Return the loudness in 0..1 of a note's sample; 0 for the first and the last."""
    attack = _swell(index / _samples(ATTACK_MS))
    release = _swell((size - 1 - index) / _samples(RELEASE_MS))
    return attack * release * math.exp(-index / _samples(note.decay_ms))


def _swell(share: float) -> float:
    """Return a smooth way from 0 to 1."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, share))


def _samples(milliseconds: float) -> int:
    return round(RATE * milliseconds / 1000)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the earcons.")
    ours = Path(__file__).parents[1] / "resources" / "sounds"
    parser.add_argument("folder", nargs="?", type=Path, default=ours, help=f"default: {ours}")
    write_all(parser.parse_args().folder)
