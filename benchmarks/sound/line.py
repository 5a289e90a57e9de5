"""A line of the character: what the server sent of it, and how it was heard at the loudspeaker."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.sound.ear import EAR_RATE, Ear
from benchmarks.sound.hearing import AUDIBLE, Gains, ending, find, gains, quiet_until
from tests.audio.signals import Samples, samples_of

_ALIKE: Final = 0.8
"""Correlation from which a piece of the line counts as found at the loudspeaker."""

_PIECE_S: Final = 10.0
"""Seconds that are compared at once."""

_SILENCE_S: Final = 0.03
"""Seconds without a sound after which the loudspeaker has fallen silent; an answer may follow at once."""

_LOUD: Final = 0.3
"""Share of samples above `AUDIBLE` from which a piece of the line is no pause."""


class Line:
    """A line that has begun to play.

    Args:
        message_id: Its name.
        path: Where what the server sent of it is written: PCM16LE mono at `EAR_RATE`.
        started_at: When its first sample left the speaker, about.
        speaker: An ear there.
    """

    def __init__(self, message_id: str, path: Path, started_at: float, speaker: Ear) -> None:
        self.message_id = message_id
        self.started_at = started_at
        self._path = path
        self._speaker = speaker

    @property
    def reference(self) -> Samples:
        """What came of it so far."""
        pcm = self._path.read_bytes()
        return samples_of(pcm[: len(pcm) // 2 * 2])

    def locate(self, begin: float, end: float) -> bool:
        """Find out when the line began from what is heard between two times; return if it was found."""
        reference = self.reference
        heard, heard_at = self._speaker.between(begin, end)
        if not heard.size or not reference.size:
            return False
        # What is heard is sought in the line around where it is expected.
        first = max(0, int((heard_at - self.started_at - 0.5) * EAR_RATE))
        place = find(heard, reference[first : first + heard.size + EAR_RATE])
        if place.likeness < _ALIKE:
            return False
        self.started_at = heard_at - (first + place.at) / EAR_RATE
        return True

    def loud_moment(self, earliest: float) -> float:
        """Return the next time at which the character speaks for half a second without a pause."""
        begin = max(0.0, earliest - self.started_at)
        reference = self.reference
        while (pause_end := quiet_until(reference, EAR_RATE, begin - 0.05)) is not None:
            begin = pause_end + 0.06
        return self.started_at + begin

    def gains(self, begin: float, end: float) -> Gains:
        """Return how loud the line was between two times; the result's times are ``time.monotonic()``."""
        reference = self.reference
        first = max(0, round((begin - self.started_at) * EAR_RATE))
        heard, heard_at = self._speaker.between(self.started_at + first / EAR_RATE, end)
        found = gains(reference[first:], heard, EAR_RATE)
        return Gains(found.times + heard_at, found.db)

    def all_gains(self, end: float) -> Gains:
        """Return how loud the line was from its beginning to ``end``, found anew every ten seconds."""
        times, levels = [], []
        begin = self.started_at
        while begin < end - 1:
            self.locate(begin, min(begin + _PIECE_S, end))
            piece = self.gains(begin, min(begin + _PIECE_S, end))
            times.append(piece.times)
            levels.append(piece.db)
            begin += _PIECE_S
        return (
            Gains(np.concatenate(times), np.concatenate(levels)) if times else Gains(np.zeros(0), np.zeros(0))
        )

    def silent_at(self, told_at: float) -> float | None:
        """Return when the loudspeaker fell silent around ``told_at``; None if it did not.

        It is silent where the line would go on, not where the character merely pauses.
        """
        heard, heard_at = self._speaker.between(told_at - 1.0, told_at + 1.0)
        first = round((heard_at - self.started_at) * EAR_RATE)
        line = self.reference[max(first, 0) :]
        size = int(_SILENCE_S * EAR_RATE)
        for at in range(int((told_at - heard_at) * EAR_RATE), heard.size - size, EAR_RATE // 200):
            meant = np.abs(line[at : at + size])
            goes_on = meant.size < size or (meant > AUDIBLE).mean() > _LOUD
            if goes_on and not ending(heard[at : at + size]):
                return heard_at + ending(heard[:at]) / EAR_RATE
        return None
