"""When handed-over audio leaves the speaker: a block is heard some time after the device took it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import chain
from typing import Final

from app.core.audio_format import SAMPLE_BYTES, AudioFormat

MEMORY_BLOCKS: Final = 500
"""Blocks that are remembered after they were heard, for `PlaybackClock.left_at`: 5 s of 10 ms each."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block on its way: ``samples`` of it are audio, the rest is silence that fills it up.

    ``first`` is where its audio stands among all audio that was handed over.
    """

    heard_at: float
    pcm: bytes
    first: int
    samples: int


class PlaybackClock:
    """Counts the samples that have left the speaker.

    `hand_over` is called in the sound system's thread, everything else in one other. Times are in
    seconds of any one clock. Blocks may have any length; what was heard is returned in frames of 20 ms.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._frame_bytes = AudioFormat(rate).frame_bytes
        self._on_the_way: deque[_Block] = deque()
        self._gone: deque[_Block] = deque(maxlen=MEMORY_BLOCKS)
        self._heard = bytearray()
        self._handed = 0
        self._bytes = 0
        self._left = 0

    def hand_over(self, pcm: bytes, samples: int, heard_at: float) -> None:
        """Note a block whose first sample leaves the speaker at ``heard_at``; ``samples`` of it are audio."""
        self._on_the_way.append(_Block(heard_at, pcm, self._handed, samples))
        self._handed += samples
        self._bytes += len(pcm)

    def fall_silent(self, now: float) -> None:
        """Note a frame of silence after what is on the way, which nothing follows: the device is lost.

        Not at the same time as `hand_over`.
        """
        to_whole = -self._bytes % self._frame_bytes
        ends_at = self._end(self._on_the_way[-1]) if self._on_the_way else now
        self.hand_over(bytes(to_whole + self._frame_bytes), 0, max(ends_at, now))

    def withdraw(self, samples: int) -> int:
        """Take back the last ``samples`` that were handed over, audio and silence: they will not be heard.

        Not at the same time as `hand_over`.

        Returns:
            How many of them were audio.
        """
        kept: list[_Block] = []
        withdrawn = 0
        while samples > 0 and self._on_the_way:
            block = self._on_the_way.pop()
            left = max(len(block.pcm) // SAMPLE_BYTES - samples, 0)
            samples -= len(block.pcm) // SAMPLE_BYTES - left
            audio = min(block.samples, left)
            withdrawn += block.samples - audio
            if left:
                pcm = block.pcm[: left * SAMPLE_BYTES].ljust(len(block.pcm), b"\0")
                kept.append(_Block(block.heard_at, pcm, block.first, audio))
            else:
                self._bytes -= len(block.pcm)
        self._on_the_way.extend(reversed(kept))
        self._handed -= withdrawn
        return withdrawn

    def take_heard(self, now: float) -> list[bytes]:
        """Return, once each, the frames of 20 ms that have left the speaker entirely by ``now``."""
        while self._on_the_way and self._end(self._on_the_way[0]) <= now:
            block = self._on_the_way.popleft()
            self._left += block.samples
            self._heard += block.pcm
            if block.samples:
                self._gone.append(block)
        frames: list[bytes] = []
        while len(self._heard) >= self._frame_bytes:
            frames.append(bytes(self._heard[: self._frame_bytes]))
            del self._heard[: self._frame_bytes]
        return frames

    def played(self, now: float) -> int:
        """Return the samples of audio that have left the speaker by ``now``; silence is not counted."""
        underway = 0
        for block in tuple(self._on_the_way):
            since = int((now - block.heard_at) * self.rate)
            underway += min(max(since, 0), block.samples)
        return self._left + underway

    def left_at(self, sample: int) -> float | None:
        """Return when a sample of audio (counted from 0) leaves or has left the speaker.

        None when it was not handed over yet, or longer ago than is remembered.
        """
        for block in chain(reversed(tuple(self._on_the_way)), reversed(self._gone)):
            if block.first <= sample:
                since = sample - block.first
                return block.heard_at + since / self.rate if since < block.samples else None
        return None

    @property
    def next_at(self) -> float | None:
        """When the block that is heard now, or next, has left entirely; None when everything has."""
        return self._end(self._on_the_way[0]) if self._on_the_way else None

    @property
    def is_whole(self) -> bool:
        """Whether what was handed over makes whole frames."""
        return self._bytes % self._frame_bytes == 0

    @property
    def is_settled(self) -> bool:
        """Whether everything handed over has left."""
        return not self._on_the_way

    def _end(self, block: _Block) -> float:
        return block.heard_at + len(block.pcm) / SAMPLE_BYTES / self.rate
