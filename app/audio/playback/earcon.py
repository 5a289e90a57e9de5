"""Earcons: short sounds that tell what Heron does, for those who do not look at it."""

from __future__ import annotations

from enum import Enum
from functools import cache

from app.audio.wav import read_wav
from app.core.resources import resources


class Earcon(Enum):
    """What an earcon tells. The value is the name of its file, and of the setting that switches it off."""

    LISTENING_ON = "listening_on"
    LISTENING_OFF = "listening_off"
    ERROR = "error"
    MUTED = "muted"
    TIMER = "timer"


@cache
def load(earcon: Earcon) -> tuple[bytes, int]:
    """Return an earcon as PCM16LE mono and its sample rate in Hz: 24 000, as the voice of a character.

    It is read once: 80 to 200 ms of sound, 10 KB at most.

    Raises:
        BadInput: Its file is missing or damaged, as after half an installation.
    """
    return read_wav(resources() / "sounds" / f"{earcon.value}.wav")
