"""When handed-over audio leaves the speaker: a block is heard some time after the device took it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from app.core.audio_format import SAMPLE_BYTES


@dataclass(frozen=True, slots=True)
class _Block:
    """A block on its way: ``samples`` of it are audio, the rest is silence that fills it up."""

    heard_at: float
    pcm: bytes
    samples: int


class PlaybackClock:
    """Counts the samples that have left the speaker.

    `hand_over` is called in the sound system's thread, everything else on the event loop. Times are in
    seconds of any one clock.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._on_the_way: deque[_Block] = deque()
        self._left = 0

    def hand_over(self, pcm: bytes, samples: int, heard_at: float) -> None:
        """Note a block whose first sample leaves the speaker at ``heard_at``; ``samples`` of it are audio."""
        self._on_the_way.append(_Block(heard_at, pcm, samples))

    def take_heard(self, now: float) -> list[bytes]:
        """Return, once each, the blocks that have left the speaker entirely by ``now``."""
        heard: list[bytes] = []
        while self._on_the_way and self._end(self._on_the_way[0]) <= now:
            block = self._on_the_way.popleft()
            self._left += block.samples
            heard.append(block.pcm)
        return heard

    def played(self, now: float) -> int:
        """Return the samples of audio that have left the speaker by ``now``; silence is not counted."""
        underway = 0
        for block in list(self._on_the_way):
            since = int((now - block.heard_at) * self.rate)
            underway += min(max(since, 0), block.samples)
        return self._left + underway

    @property
    def is_settled(self) -> bool:
        """Whether everything handed over has left."""
        return not self._on_the_way

    def _end(self, block: _Block) -> float:
        return block.heard_at + len(block.pcm) / SAMPLE_BYTES / self.rate
