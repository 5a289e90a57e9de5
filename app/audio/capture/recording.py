"""A recording of somebody who tries a microphone: how loud it is, and what is to be said of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.audio.level import peak, rms
from app.core.audio_format import AudioFormat
from app.core.translation import marked, translate

FLOOR_DB: Final = -96.0
"""What silence is called in dB of full scale: below the step of 16 bits."""

SILENCE_DB: Final = -60.0
"""Peak below which nothing was heard: an open microphone's own noise is louder."""

QUIET_DB: Final = -45.0
"""Level of the speech below which it is too quiet. At arm's length a voice has -35 to -15 dB."""

SPEECH_SHARE: Final = 0.1
"""Share of a recording that is speech at least: the level that this share exceeds is that of the speech."""

CLIPPED_DB: Final = -0.1
"""Peak that no undistorted frame reaches."""

CLIPPED_FRAMES: Final = 3
"""Frames with such a peak that make a recording distorted; one may be a knock on the desk."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud 20 ms are.

    Attributes:
        peak_db: The largest sample, in dB of full scale.
        rms_db: The root of the mean square, in dB of full scale.
    """

    peak_db: float
    rms_db: float

    @classmethod
    def of(cls, pcm: bytes) -> Level:
        """Return the level of PCM16LE mono audio."""
        return cls(_decibels(peak(pcm)), _decibels(rms(pcm)))


class Verdict(Enum):
    """How a recording arrived. The value says it to the person, with the next step."""

    NOTHING = marked(
        "Verdict",
        "Nothing arrives from the microphone. Unplug it and plug it in again, or choose another input in the "
        "system's sound settings.",
    )
    SILENCE = marked(
        "Verdict",
        "Only silence arrives. The microphone may be muted, at itself or in the system's sound settings, "
        "or the system does not let Heron use it.",
    )
    QUIET = marked(
        "Verdict",
        "That is too quiet. Speak nearer to it, or turn the input up in the system's sound settings.",
    )
    GOOD = marked("Verdict", "That is good.")
    CLIPPING = marked(
        "Verdict", "That is too loud and distorted. Turn the input down in the system's sound settings."
    )

    @property
    def sentence(self) -> str:
        """The value, in the person's language."""
        return translate("Verdict", self.value)


@dataclass(frozen=True, slots=True)
class Recording:
    """What a microphone test has recorded.

    Attributes:
        pcm: PCM16LE mono.
        rate: Its sample rate in Hz.
        levels: The levels of its frames of 20 ms.
    """

    pcm: bytes
    rate: int
    levels: Sequence[Level]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return AudioFormat(self.rate).seconds_of(len(self.pcm))

    @property
    def peak_db(self) -> float:
        """Its largest sample, in dB of full scale."""
        return max((level.peak_db for level in self.levels), default=FLOOR_DB)

    @property
    def speech_db(self) -> float:
        """The level of the speech in it, in dB of full scale; see `SPEECH_SHARE`."""
        loudest = sorted((level.rms_db for level in self.levels), reverse=True)
        return loudest[int(SPEECH_SHARE * len(loudest))] if loudest else FLOOR_DB

    @property
    def verdict(self) -> Verdict:
        """How it arrived."""
        if not self.levels:
            return Verdict.NOTHING
        if self.peak_db < SILENCE_DB:
            return Verdict.SILENCE
        if sum(level.peak_db >= CLIPPED_DB for level in self.levels) >= CLIPPED_FRAMES:
            return Verdict.CLIPPING
        return Verdict.QUIET if self.speech_db < QUIET_DB else Verdict.GOOD


def _decibels(share: float) -> float:
    return max(FLOOR_DB, 20 * math.log10(share)) if share > 0 else FLOOR_DB
