"""When the loudspeaker has been silent for so long that no echo is left to be taken out."""

from __future__ import annotations

from typing import Final

from app.core.audio_format import SAMPLE_BYTES

REST_S: Final = 2.0
"""Seconds of digital silence after which the rest begins: any echo of it has died away long before."""

MOST_OWED_S: Final = 0.2
"""Longest difference in seconds between both sides that is made up for; more is another way to the ear."""


class FarEndRest:
    """Counts both sides of an echo's way while they need not be compared.

    Cancellers know the way by how many samples of one side come for those of the other. A rest in which both
    are skipped changes nothing of that, but for the difference between what was skipped of them: `owed`.

    Args:
        rate: Sample rate in Hz at which they are compared.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._silent_s = 0.0
        self._owed = 0.0
        self._is_resting = False

    @property
    def is_due(self) -> bool:
        """Whether the loudspeaker has been silent for long enough."""
        return self._silent_s >= REST_S

    @property
    def is_resting(self) -> bool:
        """Whether both sides are skipped now."""
        return self._is_resting

    def played(self, pcm: bytes, rate: int) -> None:
        """Take note of what the loudspeaker is about to play: PCM16LE mono at ``rate`` Hz."""
        seconds = len(pcm) / SAMPLE_BYTES / rate
        self._silent_s = self._silent_s + seconds if pcm.count(0) == len(pcm) else 0.0
        if self._is_resting and self._silent_s:
            self._owed += seconds

    def heard(self, samples: int) -> None:
        """Take note of what was skipped of the microphone."""
        self._owed -= samples / self._rate

    def begin(self) -> None:
        """Skip both sides from now on."""
        self._is_resting = True
        self._owed = 0.0

    def end(self) -> int:
        """Skip no more; return the samples by which more of the loudspeaker than of the microphone was."""
        self._is_resting = False
        owed = min(max(self._owed, -MOST_OWED_S), MOST_OWED_S)
        return round(owed * self._rate)
