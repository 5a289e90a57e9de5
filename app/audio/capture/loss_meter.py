"""How much sound a device has lost without a word, from when its blocks come."""

from __future__ import annotations

from typing import Final

WINDOW_S: Final = 1.0
"""Seconds in which at least one block comes without delay, as all do that were held up before."""

LEAST_S: Final = 0.06
"""Seconds of delay that is no loss yet: buffers of the sound system grow and shrink."""


class LossMeter:
    """Compares the time that has passed with the sound that has come.

    Blocks that were held up come at once later on; blocks that were lost do not, and all that follow come
    later by their length than those before. PulseAudio behind ALSA reports no such loss.

    Args:
        block_s: Seconds of sound in a block.
    """

    def __init__(self, block_s: float) -> None:
        self._block_s = block_s
        self._blocks = 0
        self._began_at = 0.0
        self._window_ends_at = 0.0
        self._least_s = 0.0
        self._least_before_s: float | None = None

    def push(self, now: float) -> int:
        """Take note of a block that has come; return how many have been found lost."""
        if self._blocks == 0:
            self._began_at = now
        late_s = now - self._began_at - self._blocks * self._block_s
        lost = 0
        if now < self._window_ends_at:
            self._least_s = min(self._least_s, late_s)
        else:
            if self._blocks:
                lost = self._found()
            self._window_ends_at, self._least_s = now + WINDOW_S, late_s
        self._blocks += 1
        return lost

    def _found(self) -> int:
        """Return by how many blocks those of this window came later than those of the one before."""
        before_s, self._least_before_s = self._least_before_s, self._least_s
        if before_s is None or self._least_s - before_s < LEAST_S:
            return 0
        return round((self._least_s - before_s) / self._block_s)
