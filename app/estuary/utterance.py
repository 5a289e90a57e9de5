"""What the person is saying, kept for the case that the connection is lost. No I/O, no clock.

Time is counted in audio: a frame of 320 samples at 16 kHz is 20 ms. In push-to-talk an utterance lasts from
the press to its final words. In continuous mode the server decides where it ends; that one has begun is told
by loudness and by the first interim words, whichever comes first.
"""

from __future__ import annotations

import math
import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.core.audio_format import FULL_SCALE, SAMPLE_BYTES

KEPT_S: Final = 30.0
"""Seconds of speech that are kept; beyond them the oldest go."""

LEAD_S: Final = 0.5
"""Seconds kept from before the first loud frame: a word begins softly."""

HANG_S: Final = 1.0
"""Seconds of quiet after which nothing more is kept: longer than the pause between two words."""

BREATH_S: Final = 0.3
"""Seconds of quiet in which no server has ended a turn yet."""

WORDS_S: Final = 10.0
"""Seconds after the last sound or interim words in which final words may still come."""

QUIETEST: Final = FULL_SCALE // 50
"""Peak amplitude below which a frame is quiet whatever the room is like: -34 dBFS."""

OVER_NOISE: Final = 4.0
"""How far, as a ratio of peaks, a loud frame stands out of the room's noise: 12 dB."""

_STEP: Final = 16 * SAMPLE_BYTES
"""Bytes from one sample that is looked at to the next: the peak of 20 ms is as good, for less time."""

_MAGNITUDES: Final = bytes(min(high, 256 - high, 127) for high in range(256))
"""Magnitude in 256ths of a sample by its high byte."""

_NOISE_RISE: Final = 1.005
"""Growth per frame of the noise estimate, which falls at once: it doubles in 3 s of 20 ms frames."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Audio of one utterance: PCM16LE mono, in frames."""

    turn_id: str
    frames: tuple[bytes, ...]


class _Frames:
    """Frames in order, and how long they are together."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()
        self.size = 0

    def __bool__(self) -> bool:
        return bool(self._frames)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._frames)

    def append(self, frame: bytes) -> None:
        self._frames.append(frame)
        self.size += len(frame)

    def take_over(self, others: _Frames) -> None:
        self._frames += others._frames
        self.size += others.size
        others.clear()

    def keep_last(self, size: float) -> None:
        while self._frames and self.size > size:
            self.size -= len(self._frames.popleft())

    def clear(self) -> None:
        self._frames.clear()
        self.size = 0


class Fate(Enum):
    """What becomes of an utterance when the connection is lost."""

    NOTHING = "nothing"
    """There is none, or the server has understood all of it."""
    RESEND = "resend"
    """It is sent again: the server cannot have taken it, or tells that it has."""
    IN_DOUBT = "in doubt"
    """Something was said in full, and nobody knows whether it was heard. What is being said is sent again."""


class Utterance:
    """The audio since the last final words, and how far the person has come.

    Args:
        rate: Sample rate of the audio in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._bytes_per_s = rate * SAMPLE_BYTES
        self._noise = float(QUIETEST)
        self._is_offline = False
        self._is_unsent = False
        self._backlog: deque[Spoken] = deque()
        self._turn_id = ""
        self._quiet_s = math.inf
        self._has_words = False
        self._is_marked = False
        self._is_pressed = False
        self._is_released = False
        self._earlier = _Frames()
        self._frames = _Frames()
        self._begin()

    @property
    def is_spoken(self) -> bool:
        """Whether the person is speaking, or was until just now: none of this audio may be lost."""
        return self._is_pressed or self._quiet_s <= HANG_S

    def mark(self) -> str | None:
        """Return the utterance's id for its first frame on a connection, None for the others."""
        is_first, self._is_marked = not self._is_marked, True
        return self._turn_id if is_first else None

    def add(self, pcm: bytes) -> None:
        """Take a frame on its way to the server, or one that cannot be sent now."""
        was_spoken = self.is_spoken
        self._listen(pcm)
        self._frames.append(pcm)
        if was_spoken and not self.is_spoken and not self._is_released:
            self._earlier.take_over(self._frames)
            if self._is_offline:
                self._put_by()
        if not self.is_spoken and not self._is_released:
            self._frames.keep_last(LEAD_S * self._bytes_per_s)
            if self._quiet_s > WORDS_S:
                self._earlier.clear()
                self._has_words = False
        longest = KEPT_S * self._bytes_per_s
        self._frames.keep_last(longest)
        self._earlier.keep_last(longest - self._frames.size)

    def press(self) -> None:
        """Begin an utterance with a button."""
        self._begin()
        self._is_pressed = True

    def release(self) -> None:
        """End it with the button; its words are still to come."""
        if self._is_pressed:
            self._is_pressed, self._is_released = False, True

    def heard(self, *, has_words: bool, is_final: bool) -> None:
        """Take note of what the server understood; final words end the utterance."""
        if is_final:
            if not self._is_pressed:  # otherwise they belong to the turn before
                self._begin()
        elif has_words:
            self._has_words = True
            self._quiet_s = min(self._quiet_s, HANG_S)

    def forget(self) -> None:
        """Take note that voice is over."""
        self._backlog.clear()
        self._is_offline = self._is_unsent = False
        self._begin()

    def lost(self, *, is_told_by_id: bool) -> Fate:
        """Take note that the connection is gone.

        Args:
            is_told_by_id: The server tells an utterance that it has taken already by its id.
        """
        is_repeatable = is_told_by_id or self._is_unsent
        self._is_offline, self._is_unsent, self._is_marked = True, True, False
        if self._is_pressed or self._quiet_s <= BREATH_S:
            if is_repeatable or not self._earlier:
                return Fate.RESEND
            self._earlier.clear()
            return Fate.IN_DOUBT
        if not (self.is_spoken or self._is_released or self._has_words or self._earlier):
            return Fate.NOTHING
        if not is_repeatable:
            self._begin()
            return Fate.IN_DOUBT
        if not self._is_released:
            self._put_by()
        return Fate.RESEND

    def resumed(self) -> list[Spoken]:
        """Take note that the connection is back, and return what is to be sent first, in order."""
        self._is_offline = False
        spoken = list(self._backlog)
        frames = (*self._earlier, *self._frames)
        if frames and (self.is_spoken or self._is_released):
            self._is_marked = True
            spoken.append(Spoken(self._turn_id, frames))
        return spoken

    def delivered(self) -> None:
        """Take note that what `resumed` returned was sent, and what was added since."""
        self._is_unsent = False
        self._backlog.clear()

    def _begin(self) -> None:
        """Begin anew, with nothing."""
        self._earlier.clear()
        self._frames.clear()
        self._is_pressed = False
        self._is_released = False
        self._is_marked = False
        self._has_words = False
        self._quiet_s = math.inf
        self._turn_id = uuid.uuid4().hex

    def _put_by(self) -> None:
        """Lay what was said by for the time when there is a connection."""
        frames = (*self._earlier, *self._frames)
        if frames:
            self._backlog.append(Spoken(self._turn_id, frames))
        longest = KEPT_S * self._bytes_per_s
        while len(self._backlog) > 1 and sum(map(_size, self._backlog)) > longest:
            self._backlog.popleft()
        self._begin()

    def _listen(self, pcm: bytes) -> None:
        peak = max(pcm[1::_STEP].translate(_MAGNITUDES), default=0) << 8
        self._noise = max(min(self._noise * _NOISE_RISE, peak), 1.0)
        is_loud = peak > max(QUIETEST, OVER_NOISE * self._noise)
        self._quiet_s = 0.0 if is_loud else self._quiet_s + len(pcm) / self._bytes_per_s


def _size(spoken: Spoken) -> int:
    return sum(map(len, spoken.frames))
