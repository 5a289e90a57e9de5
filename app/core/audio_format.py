"""The one audio format inside Heron: PCM, signed 16 bit, little endian, mono.

This is the layout a ``QAudioSource`` delivers for ``QAudioFormat.Int16`` with one channel, and the layout
of ``stream_audio`` and ``bot_voice`` on the wire. Only the sample rate varies.
"""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_BYTES = 2
"""Bytes of one sample (signed 16 bit)."""

FULL_SCALE = 32768
"""Magnitude of the largest negative sample; levels are relative to it."""

FRAME_MS = 20
"""Milliseconds of one captured frame: what voice activity detection and the wire work in."""

DEFAULT_RATE = 16_000
"""Sample rate in Hz of a session unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """PCM16LE mono at ``rate`` Hz."""

    rate: int = DEFAULT_RATE

    def bytes_of(self, milliseconds: float) -> int:
        """Return the bytes that ``milliseconds`` of audio take, in whole samples."""
        return int(self.rate * milliseconds / 1000) * SAMPLE_BYTES

    def seconds_of(self, size: int) -> float:
        """Return the duration in seconds of ``size`` bytes."""
        return size / (SAMPLE_BYTES * self.rate)

    @property
    def frame_bytes(self) -> int:
        """Bytes of one frame of `FRAME_MS`."""
        return self.bytes_of(FRAME_MS)
