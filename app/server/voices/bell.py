"""The bell of a timer: made here, so that it needs no file and fits any sample rate."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_STRIKES_S: Final = (0.0, 0.28, 0.56)
_LENGTH_S: Final = 1.3
_DECAY_S: Final = 0.22
_PARTIALS: Final = ((880.0, 1.0), (1320.0, 0.5), (2640.0, 0.25))
"""Frequencies in Hz and relative strengths: a fifth and an octave above the fundamental sound like a bell."""

_PEAK: Final = 0.35


@lru_cache(maxsize=4)
def ring(rate: int) -> bytes:
    """Return three strokes of a bell, 1.3 s of PCM16LE mono at ``rate`` Hz, peak at 0.35 of full scale."""
    import numpy as np

    time = np.arange(int(rate * _LENGTH_S)) / rate
    sound = np.zeros_like(time)
    for start in _STRIKES_S:
        since = np.clip(time - start, 0, None)
        envelope = np.where(time >= start, np.exp(-since / _DECAY_S), 0.0) * np.clip(since / 0.004, 0, 1)
        for frequency, strength in _PARTIALS:
            if frequency < rate / 2:
                sound += strength * envelope * np.sin(2 * np.pi * frequency * since)
    sound *= np.clip((_LENGTH_S - time) / 0.05, 0, 1)
    return bytes((sound / np.abs(sound).max() * _PEAK * 32767).astype("<i2").tobytes())
