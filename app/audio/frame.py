"""A captured frame: 20 ms of audio, when it was captured, and whether somebody speaks in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Speech(IntEnum):
    """How sure it is that a person speaks; each level includes those below it."""

    NONE = 0
    """Nobody speaks, or nobody looked."""
    SIGN = 1
    """Something has begun that may be speech: reason enough to lower one's voice."""
    SPEECH = 2
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class Frame:
    """20 ms of PCM16LE mono.

    Attributes:
        pcm: The samples.
        rate: Their sample rate in Hz; it may change when a source moves to another device.
        captured_at: ``time.monotonic()`` at which the last sample was captured, as well as is known.
        speech: What a `SpeechDetector` made of it and of what came before.
        over_echo: The same 20 ms with the character's echo only subtracted, while there may be one: more of
            the echo is left in them than in ``pcm``, and all of a voice that speaks over it.
    """

    pcm: bytes
    rate: int
    captured_at: float
    speech: Speech = Speech.NONE
    over_echo: bytes | None = None
