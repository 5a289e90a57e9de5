"""Barge-in: what speech over the character's voice does to it. Pure: time is counted in frames.

The first sign of speech ducks the voice. It is stopped once speech is real: by the first recognised word that
is no backchannel, or by `CONFIRM_S` of speech. A hum, a cough or a door only duck; the volume comes back.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from app.audio.frame import Frame, Speech
from app.core.audio_format import FRAME_MS
from app.core.backchannel import is_backchannel

CONFIRM_S: Final = 1.2
"""Seconds of speech that need no word: nobody agrees for that long."""

RESTORE_S: Final = 0.5
"""Seconds without a sign of speech after which the volume comes back; a word may still be on its way."""


class Verdict(Enum):
    """What is to be done with the character's voice."""

    DUCK = "duck"
    RESTORE = "restore"
    STOP = "stop"


class BargeIn:
    """Follows one person's speech and one character's voice."""

    def __init__(self) -> None:
        self._is_ducked = False
        self._spoken_ms = 0
        self._quiet_ms = 0

    @property
    def is_ducked(self) -> bool:
        """Whether the voice is to be soft now."""
        return self._is_ducked

    def push(self, frame: Frame, *, is_audible: bool) -> Verdict | None:
        """Take a frame of the microphone.

        Args:
            frame: 20 ms, and whether anybody speaks in it.
            is_audible: Whether the character's voice is being heard.
        """
        if not is_audible:
            return self._restored()
        if frame.speech is Speech.NONE:
            self._quiet_ms += FRAME_MS
            return self._restored() if self._quiet_ms >= RESTORE_S * 1000 else None
        self._quiet_ms = 0
        if frame.speech is Speech.SPEECH:
            self._spoken_ms += FRAME_MS
        if self._is_ducked and self._spoken_ms >= CONFIRM_S * 1000:
            return self._stopped()
        if self._is_ducked:
            return None
        self._is_ducked = True
        return Verdict.DUCK

    def hear(self, words: str, *, is_audible: bool) -> Verdict | None:
        """Take the words that were recognised so far in what the person says."""
        if not is_audible or is_backchannel(words):
            return None
        return self._stopped()

    def reset(self) -> None:
        """Forget everything: nothing is ducked."""
        self._is_ducked = False
        self._spoken_ms = self._quiet_ms = 0

    def _restored(self) -> Verdict | None:
        was_ducked = self._is_ducked
        self.reset()
        return Verdict.RESTORE if was_ducked else None

    def _stopped(self) -> Verdict:
        self.reset()
        return Verdict.STOP
