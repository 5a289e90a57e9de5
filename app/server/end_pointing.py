"""End-pointing: which frames belong to the person's turn, and when it is over. Without I/O."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.audio.level import rms
from app.audio.speech.voice_activity import SpeechChange, SpeechSmoother, VoiceActivity
from app.core.audio_format import FRAME_MS

END_SILENCE_MS: Final = 420
"""Milliseconds of silence that end a turn in continuous mode; silence itself is noticed 90 ms late."""

PRE_ROLL_MS: Final = 500
"""Most milliseconds kept from before speech was noticed, so that its first sound is not lost: "hello" is
noticed up to 400 ms after it has begun."""

LEAD_MS: Final = 120
"""Milliseconds of quiet before the first sound of a turn that belong to it: a breath of "h" is as quiet."""

QUIET_DB: Final = 26.0
"""Decibels below the loudest frame before the notice from which a frame is quiet: what is left of an echo is
32 dB below a voice, an "f" 20."""

PAUSE_MS: Final = 120
"""Milliseconds of silence that look like a pause; gaps between sounds of a word are shorter."""


class TurnEnd(Enum):
    """Who decides that a turn is over."""

    SILENCE = "silence"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class TurnBegan:
    """Speech was noticed. ``audio`` holds it from `LEAD_MS` before its first sound; with RELEASE, more."""

    audio: bytes


@dataclass(frozen=True, slots=True)
class TurnGrew:
    """The next frame of the turn.

    Attributes:
        audio: The frame.
        is_pause: The person fell silent `PAUSE_MS` ago; true once per silence.
    """

    audio: bytes
    is_pause: bool = False


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over."""


Change = TurnBegan | TurnGrew | TurnEnded


class EndPointer:
    """Finds the turns in a stream of frames (20 ms of PCM16LE mono at 16 kHz each).

    Args:
        activity: Tells speech from everything else.
        end: What ends a turn; with RELEASE only `release` does, however long a pause is.
    """

    def __init__(self, activity: VoiceActivity, end: TurnEnd) -> None:
        self._activity = activity
        self._end = end
        self._smoother = SpeechSmoother(silence_ms=END_SILENCE_MS)
        self._before: deque[bytes] = deque(maxlen=PRE_ROLL_MS // FRAME_MS)
        self._is_in_turn = False

    @property
    def is_in_turn(self) -> bool:
        """Whether speech was noticed and the turn has not ended."""
        return self._is_in_turn

    def push(self, frame: bytes) -> Change | None:
        """Take one frame and return what it changed."""
        change = self._smoother.push(self._activity.is_speech(frame))
        if not self._is_in_turn:
            self._before.append(frame)
            return self._begin() if change is SpeechChange.STARTED else None
        if change is SpeechChange.STOPPED and self._end is TurnEnd.SILENCE:
            self._is_in_turn = False
            return TurnEnded()
        return TurnGrew(frame, is_pause=self._smoother.silence_ms == PAUSE_MS)

    def release(self) -> TurnEnded | None:
        """End the turn now; None when no speech was noticed, so that nothing is answered."""
        was_in_turn, self._is_in_turn = self._is_in_turn, False
        self._smoother.reset()
        self._before.clear()
        return TurnEnded() if was_in_turn else None

    def _begin(self) -> TurnBegan:
        self._is_in_turn = True
        # Whoever holds a key speaks from there on; an open microphone hears much that is not theirs.
        before = _sounding(self._before) if self._end is TurnEnd.SILENCE else self._before
        audio = b"".join(before)
        self._before.clear()
        return TurnBegan(audio)


def _sounding(frames: Sequence[bytes]) -> list[bytes]:
    """Return the last frames, from the `LEAD_MS` of quiet on that come before their sound; all without."""
    levels = [rms(frame) for frame in frames]
    quiet = max(levels, default=0.0) * 10 ** (-QUIET_DB / 20)
    lead = LEAD_MS // FRAME_MS
    run = 0
    for at in range(len(levels) - 1, -1, -1):
        run = run + 1 if levels[at] <= quiet else 0
        if run == lead:
            return list(frames)[at:]
    return list(frames)
