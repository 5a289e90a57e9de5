"""What is still to be played: filled on the event loop, emptied in the sound system's thread."""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

from app.core.audio_format import SAMPLE_BYTES, AudioFormat

FADE_MS: Final = 5
"""Milliseconds over which playback fades out when it is cut: a bare cut is heard as a click."""


class PlaybackQueue:
    """A first-in-first-out of PCM16LE mono audio, safe between one writer and one reader thread.

    Args:
        rate: Sample rate in Hz, for the length of the fade.
    """

    def __init__(self, rate: int) -> None:
        self._fade_bytes = AudioFormat(rate).bytes_of(FADE_MS)
        self._lock = threading.Lock()
        self._chunks: deque[memoryview] = deque()
        self._size = 0
        self._written = 0
        self._odd = b""

    def write(self, pcm: bytes) -> None:
        """Append audio. An odd byte at the end waits for the next call."""
        with self._lock:
            pcm = self._odd + pcm
            whole = len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES
            self._odd = pcm[whole:]
            if whole:
                self._chunks.append(memoryview(pcm)[:whole])
                self._size += whole
                self._written += whole

    def pull(self, size: int) -> bytes:
        """Remove and return the next ``size`` bytes, or what there is."""
        with self._lock:
            return self._take(size)

    def clear(self, after: int | None = None, *, fade: bool = True) -> None:
        """Drop everything but the next 5 ms, and let those fade out (or drop them too).

        Args:
            after: Where what is dropped begins, counted as `written_samples` counts. What waits before it
                stays as it is; where nothing does, this makes no difference.
            fade: Whether to keep 5 ms and fade them.
        """
        with self._lock:
            kept = 0 if after is None else (after * SAMPLE_BYTES - (self._written - self._size))
            if kept > 0:
                self._keep(kept)
                return
            rest = self._take(self._fade_bytes) if fade else b""
            self._written -= self._size
            self._chunks.clear()
            self._size, self._odd = len(rest), b""
            if rest:
                self._chunks.append(memoryview(faded(rest)))

    def withdraw(self, samples: int) -> None:
        """Count samples that were pulled as dropped: they will not be heard after all."""
        with self._lock:
            self._written -= samples * SAMPLE_BYTES

    def _keep(self, size: int) -> None:
        """Drop all but the next ``size`` bytes."""
        kept = self._take(size)
        self._written -= self._size
        self._chunks.clear()
        self._size, self._odd = len(kept), b""
        if kept:
            self._chunks.append(memoryview(kept))

    @property
    def samples(self) -> int:
        """Samples that wait."""
        return self._size // SAMPLE_BYTES

    @property
    def written_samples(self) -> int:
        """Samples that were pulled or wait: where the next write begins. What was dropped does not count."""
        return self._written // SAMPLE_BYTES

    def _take(self, size: int) -> bytes:
        parts: list[memoryview] = []
        while size and self._chunks:
            head = self._chunks.popleft()
            if len(head) > size:
                self._chunks.appendleft(head[size:])
                head = head[:size]
            parts.append(head)
            size -= len(head)
        taken = b"".join(parts)
        self._size -= len(taken)
        return taken


def faded(pcm: bytes) -> bytes:
    """Return the audio falling to silence in a straight line."""
    import numpy as np

    samples = np.frombuffer(pcm, "<i2")
    gain = np.linspace(1.0, 0.0, num=samples.size, endpoint=True)
    return bytes((samples * gain).astype("<i2").tobytes())
