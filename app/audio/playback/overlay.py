"""Short sounds on their way to be played over whatever else is played."""

from __future__ import annotations

import threading

from app.audio.playback.gain import scaled
from app.core.audio_format import SAMPLE_BYTES


class Overlay:
    """Sounds that are heard at once, also over each other. Safe between one writer and one reader thread.

    All of it is PCM16LE mono at one rate.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = b""

    def add(self, pcm: bytes) -> None:
        """Let a sound begin with the next block. An odd byte at its end is dropped."""
        pcm = pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]
        with self._lock:
            self._waiting = mixed(self._waiting, pcm)

    def clear(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._waiting = b""

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def lay_over(self, block: bytes, volume: float) -> bytes:
        """Return a block with what waits on it, which is as loud as ``volume`` (0..1) says."""
        if not self._waiting:
            return block
        with self._lock:
            size = len(block)
            sound, self._waiting = self._waiting[:size], self._waiting[size:]
        return mixed(block, sound if volume == 1.0 else scaled(sound, volume))


def mixed(one: bytes, other: bytes) -> bytes:
    """Return the sum of two pieces of PCM16LE mono, as long as the longer one, clipped where too loud."""
    if not one or not other:
        return one or other
    import numpy as np

    short, long = sorted((np.frombuffer(one, "<i2"), np.frombuffer(other, "<i2")), key=len)
    total = long.astype(np.int32)
    total[: short.size] += short
    return bytes(np.clip(total, -32768, 32767, out=total).astype("<i2").tobytes())
