"""Loudness of PCM16LE mono audio, relative to full scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core.audio_format import FULL_SCALE, SAMPLE_BYTES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPEECH_FLOOR: Final = 0.02
"""Share of a recording's peak below which a sample counts as silence after the speech."""


def peak(pcm: bytes) -> float:
    """Return the largest magnitude of a sample in 0..1; 0.0 for no audio."""
    samples = _samples(pcm)
    return float(abs(samples).max()) / FULL_SCALE if samples.size else 0.0


def rms(pcm: bytes) -> float:
    """Return the root of the mean square in 0..1; 0.0 for no audio."""
    import numpy as np

    samples = np.frombuffer(pcm, "<i2", count=len(pcm) // SAMPLE_BYTES).astype(np.float64)
    return float(samples @ samples / samples.size) ** 0.5 / FULL_SCALE if samples.size else 0.0


def end_of_speech_s(pcm: bytes, rate: int) -> float:
    """Return the time in seconds of the last sample above `SPEECH_FLOOR` of the recording's peak.

    Returns 0.0 for silence.
    """
    magnitudes = abs(_samples(pcm))
    if not magnitudes.size or not magnitudes.any():
        return 0.0
    (loud,) = (magnitudes > SPEECH_FLOOR * magnitudes.max()).nonzero()
    return float(loud[-1]) / rate


def _samples(pcm: bytes) -> NDArray[np.int32]:
    """Return whole samples, wide enough that the magnitude of the lowest one does not overflow."""
    import numpy as np

    return np.frombuffer(pcm, "<i2", count=len(pcm) // SAMPLE_BYTES).astype(np.int32)
