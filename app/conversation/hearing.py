"""What there is to say of a microphone before anybody talks: the person is heard, or something is wrong."""

from __future__ import annotations

from collections import deque
from typing import Final

from app.audio.capture.recording import FLOOR_DB, SILENCE_DB, Level, Recording, Verdict
from app.conversation.state import Notice, Severity
from app.core.audio_format import DEFAULT_RATE, FRAME_MS
from app.core.translation import translate

SPOKEN_FRAMES: Final = 10
"""Frames with speech (200 ms) after which it is said how a voice arrives: a cough is shorter."""

SILENT_FRAMES: Final = 3_000 // FRAME_MS
"""Frames (3 s) of silence alone after which that is said: a Bluetooth headset needs two seconds to begin."""

UNHEARD_FRAMES: Final = 8_000 // FRAME_MS
"""Frames (8 s) without a voice after which that is said: the person may be waiting for us."""

_JUDGED_FRAMES: Final = 100
"""The latest frames with speech (2 s), by which a voice is judged: who speaks up is heard then."""


class Hearing:
    """Takes what a microphone captures, frame by frame, and says what it comes to. Pure, without clock."""

    def __init__(self) -> None:
        self._frames = 0
        self._peak_db = FLOOR_DB
        self._spoken: deque[Level] = deque(maxlen=_JUDGED_FRAMES)
        self._is_heard = False

    @property
    def is_heard(self) -> bool:
        """Whether the person was heard well; that counts from then on."""
        return self._is_heard

    def take(self, level: Level, *, is_speech: bool) -> Notice | None:
        """Take 20 ms, and return what is to be said by now; None while there is nothing."""
        self._frames += 1
        self._peak_db = max(self._peak_db, level.peak_db)
        if is_speech:
            self._spoken.append(level)
        if self._is_heard:
            return self._heard()
        if len(self._spoken) >= SPOKEN_FRAMES:
            verdict = Recording(b"", DEFAULT_RATE, tuple(self._spoken)).verdict
            if verdict is not Verdict.GOOD:
                return _problem(verdict.sentence)
            self._is_heard = True
            return self._heard()
        if self._peak_db < SILENCE_DB:
            return _problem(Verdict.SILENCE.sentence) if self._frames >= SILENT_FRAMES else None
        if self._frames >= UNHEARD_FRAMES:
            return _problem(
                translate("Hearing", "No voice was heard yet. Say a few words, or choose another microphone.")
            )
        return None

    def miss(self) -> Notice:
        """Return what is to be said where no frame comes at all."""
        return _problem(Verdict.NOTHING.sentence)

    def _heard(self) -> Notice:
        return Notice(translate("Hearing", "I can hear you."), Severity.INFO)


def _problem(sentence: str) -> Notice:
    return Notice(sentence, Severity.WARNING)
