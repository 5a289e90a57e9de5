"""The outline of a sound: the lowest and the highest sample of every 10 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.core.audio_format import DEFAULT_RATE, FULL_SCALE, SAMPLE_BYTES

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMN_MS = 10
"""Milliseconds of sound in one column."""

COLUMN_SAMPLES = DEFAULT_RATE * COLUMN_MS // 1000
_COLUMN_BYTES = COLUMN_SAMPLES * SAMPLE_BYTES

CAPACITY = 1024
"""Columns remembered: more than a conversation is wide."""

_BACKLOG = 20
_BACKLOG_KEPT = 6
"""Columns that may wait for their moment, and what is left of them when there are more."""


class Envelope:
    """Columns that wait, and columns that scroll by.

    Frames arrive when they like; `advance` moves them on evenly. `columns` is a float32 array of shape
    (2, `CAPACITY`): row 0 the lowest samples (-1 to 0), row 1 the highest (0 to 1), the newest last.
    """

    def __init__(self) -> None:
        self.columns: NDArray[np.float32] = np.zeros((2, CAPACITY), np.float32)
        self._waiting = bytearray()

    @property
    def is_waiting(self) -> bool:
        """True while columns have not scrolled in yet."""
        return len(self._waiting) >= _COLUMN_BYTES

    def feed(self, frame: bytes) -> None:
        """Take PCM16LE mono of any length; what does not fill a column waits for the next frame."""
        self._waiting += frame
        count = len(self._waiting) // _COLUMN_BYTES
        if count > _BACKLOG:
            # A picture of the past is worse than a gap.
            del self._waiting[: (count - _BACKLOG_KEPT) * _COLUMN_BYTES]

    def advance(self, count: int, *, is_live: bool) -> None:
        """Scroll by `count` columns: into silence when nothing waits, but a live sound is held."""
        count = min(count, CAPACITY)
        arriving = self._arriving(count)
        known = arriving.shape[1]
        columns = np.zeros_like(self.columns)
        columns[:, : CAPACITY - count] = self.columns[:, count:]
        columns[:, CAPACITY - count : CAPACITY - count + known] = arriving
        if is_live and known < count:
            columns[:, CAPACITY - count + known :] = (arriving if known else self.columns)[:, -1:]
        self.columns = columns

    def is_silent(self, floor: float, newest: int = CAPACITY) -> bool:
        """Return whether none of the `newest` columns is louder than `floor` (0 to 1), and none waits."""
        return not self.is_waiting and bool(np.abs(self.columns[:, -newest:]).max() <= floor)

    def loudness(self, newest: int) -> float:
        """Return how loud the `newest` columns are on the whole, 0 to 1."""
        return float(np.abs(self.columns[:, -newest:]).max(axis=0).mean())

    def _arriving(self, most: int) -> NDArray[np.float32]:
        """Take up to `most` columns from what waits."""
        count = min(most, len(self._waiting) // _COLUMN_BYTES)
        data = bytes(self._waiting[: count * _COLUMN_BYTES])
        del self._waiting[: count * _COLUMN_BYTES]
        samples = np.frombuffer(data, "<i2").reshape(count, COLUMN_SAMPLES)
        edges = np.empty((2, count), np.float32)
        edges[0] = samples.min(axis=1, initial=0)
        edges[1] = samples.max(axis=1, initial=0)
        return edges / np.float32(FULL_SCALE)
