"""The gate before the wire: what is sent of the microphone while it is not all of it. Pure, without clock."""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Final

from app.audio.frame import Frame, Speech

PRE_ROLL_FRAMES: Final = 30
"""Frames (600 ms) from before the gate opened that are sent after all: a word begins before it is noticed."""

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
    """Lets speech through whole, with what came just before and after it."""

    def __init__(self) -> None:
        self._withheld: deque[bytes] = deque(maxlen=PRE_ROLL_FRAMES)
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
            return [frame.pcm]
        if self._hang:
            sent = [*self._withheld, frame.pcm]
            self._withheld.clear()
            return sent
        self._withheld.append(frame.pcm)
        return [bytes(len(frame.pcm))] if guard is Guard.SILENCE else []

    def reset(self) -> None:
        """Forget what was withheld."""
        self._withheld.clear()
        self._hang = 0
