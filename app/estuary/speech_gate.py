"""The gate before the wire: what is sent of the microphone while it is not all of it. Pure, without clock."""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Final

from app.audio.frame import Frame, Speech

PRE_ROLL_FRAMES: Final = 30
"""Frames (600 ms) from before the gate opened that are sent after all: a word begins before it is noticed."""

LEAD_FRAMES: Final = 3
"""Frames (60 ms) before the first sign of speech over an echo that may hold the beginning of a word."""

HANG_FRAMES: Final = 50
"""Frames (1 s) sent after speech: a server needs half a second of silence to know that a turn is over."""


class Guard(Enum):
    """What becomes of a frame in which nobody speaks."""

    OPEN = "open"
    """It is sent."""
    SILENCE = "silence"
    """Silence of its length is sent in its place: it may hold what is left of an echo."""
    NOTHING = "nothing"
    """It is not sent."""
    SHUT = "shut"
    """Nothing is sent, nor is speech: what is heard may be an echo."""


class SpeechGate:
    """Lets speech through whole, with what came just before and after it.

    Of what a person says over the character, the samples are sent whose echo is only subtracted; of the rest
    those without any.
    """

    def __init__(self) -> None:
        self._withheld: deque[Frame] = deque(maxlen=PRE_ROLL_FRAMES)
        self._hang = 0

    def push(self, frame: Frame, guard: Guard) -> list[bytes]:
        """Take a frame and return what is to be sent now, in order: PCM16LE mono at the frame's rate."""
        if guard is Guard.SHUT:
            self.reset()
            return []
        if frame.speech is Speech.SPEECH:
            self._hang = HANG_FRAMES
        elif self._hang:
            self._hang -= 1
        if guard is Guard.OPEN:
            self._withheld.clear()
            return [_spoken(frame)]
        if self._hang:
            sent = [*self._before(), _spoken(frame)]
            self._withheld.clear()
            return sent
        self._withheld.append(frame)
        return [bytes(len(frame.pcm))] if guard is Guard.SILENCE else []

    def reset(self) -> None:
        """Forget what was withheld."""
        self._withheld.clear()
        self._hang = 0

    def _before(self) -> list[bytes]:
        """Return what was withheld: from just before the first sign of speech on, it is speech."""
        signs = (number for number, frame in enumerate(self._withheld) if frame.speech)
        first = next(signs, len(self._withheld)) - LEAD_FRAMES
        return [
            frame.pcm if number < first or frame.over_echo is None else frame.over_echo
            for number, frame in enumerate(self._withheld)
        ]


def _spoken(frame: Frame) -> bytes:
    """Return the samples of a frame that may belong to speech."""
    return frame.over_echo if frame.speech and frame.over_echo is not None else frame.pcm
