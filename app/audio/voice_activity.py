"""Voice activity: is there speech in this frame, and when does speech begin and end."""

from __future__ import annotations

import math
from collections import deque
from enum import Enum
from typing import Final, Protocol

from app.audio.level import rms
from app.core.audio_format import DEFAULT_RATE, FRAME_MS, AudioFormat

VAD_RATE: Final = DEFAULT_RATE
"""Sample rate in Hz of the frames given to a `VoiceActivity`."""

ONSET_FRAMES: Final = 5
"""Frames with speech, out of the last `ONSET_WINDOW`, before speech counts as begun (100 ms).

Three of five answer 40 ms sooner, but the detector's first verdicts on a noisy room then start a turn.
"""

ONSET_WINDOW: Final = 7
"""Frames looked back on for the onset (140 ms): a click of the keyboard fills two or three of them."""

PREROLL_MS: Final = 300
"""Milliseconds before `SpeechChange.STARTED` that may belong to the utterance already.

Speech is found 60-130 ms after its beginning and 300 ms after a soft one in noise (flite voices, pink noise).
"""

RESUME_FRAMES: Final = 2
"""Frames with speech in a row that end a silence; a lone one is taken for a click."""

SILENCE_MS: Final = 500
"""Milliseconds without speech after which a turn counts as ended, unless asked otherwise."""


class VoiceActivity(Protocol):
    """Tells speech from everything else, frame by frame."""

    def is_speech(self, frame: bytes) -> bool:
        """Return whether one frame of 20 ms at 16 kHz (PCM16LE mono, 640 bytes) contains speech."""


class SpeechChange(Enum):
    """What a frame changed."""

    STARTED = "started"
    STOPPED = "stopped"


class WebRtcVoiceActivity:
    """WebRTC's voice activity detection behind an energy gate.

    The detector alone takes keys, fans and music for speech. A frame is therefore given to it for judgement
    but counts only if it is also `MARGIN_DB` louder than the noise floor and louder than `QUIET_DB`. The
    noise floor follows the quietest frame of the last `FLOOR_WINDOW_MS`: down at once, up by at most
    `FLOOR_RISE_DB_S`, so that it climbs to a fan that was switched on but not to a word. (Minimum statistics
    after R. Martin, "Noise power spectral density estimation based on optimal smoothing and minimum
    statistics", 2001, reduced to one band.)

    Args:
        aggressiveness: 0 (takes most for speech) to 3 (takes least).
    """

    MARGIN_DB: Final = 9.0
    QUIET_DB: Final = -55.0
    FLOOR_START_DB: Final = -65.0
    FLOOR_WINDOW_MS: Final = 1500
    FLOOR_RISE_DB_S: Final = 60.0

    def __init__(self, aggressiveness: int = 2) -> None:
        import webrtcvad

        self._detector = webrtcvad.Vad(aggressiveness)
        self._floor_db = self.FLOOR_START_DB
        self._recent_db: deque[float] = deque(maxlen=self.FLOOR_WINDOW_MS // FRAME_MS)

    def is_speech(self, frame: bytes) -> bool:
        """Return whether one frame of 20 ms at 16 kHz (PCM16LE mono, 640 bytes) contains speech.

        Raises:
            ValueError: The frame has another size.
        """
        if len(frame) != AudioFormat(VAD_RATE).frame_bytes:
            raise ValueError(f"a frame is 640 bytes (20 ms at 16 kHz), not {len(frame)}")
        level_db = 20 * math.log10(max(rms(frame), 1e-6))
        self._follow(level_db)
        voiced: bool = self._detector.is_speech(frame, VAD_RATE)
        return voiced and level_db > max(self._floor_db + self.MARGIN_DB, self.QUIET_DB)

    @property
    def noise_floor_db(self) -> float:
        """The tracked noise floor in dB of full scale."""
        return self._floor_db

    def _follow(self, level_db: float) -> None:
        self._recent_db.append(max(level_db, self.FLOOR_START_DB))
        quietest = min(self._recent_db)
        self._floor_db = min(quietest, self._floor_db + self.FLOOR_RISE_DB_S * FRAME_MS / 1000)


class SpeechSmoother:
    """Turns verdicts on single frames into speech that begins and ends.

    Speech begins with `ONSET_FRAMES` of the last `ONSET_WINDOW` frames and ends after ``silence_ms`` in which
    no `RESUME_FRAMES` frames in a row had speech.

    Args:
        silence_ms: Milliseconds of silence that end speech; shorter answers sooner, longer lets people think.
    """

    def __init__(self, silence_ms: int = SILENCE_MS) -> None:
        if silence_ms < FRAME_MS:
            raise ValueError(f"silence_ms must be at least {FRAME_MS}, not {silence_ms}")
        self._silence_frames = math.ceil(silence_ms / FRAME_MS)
        self._window: deque[bool] = deque(maxlen=ONSET_WINDOW)
        self._speaking = False
        self._run = 0
        self._quiet = 0

    def push(self, frame_is_speech: bool) -> SpeechChange | None:
        """Take the verdict on the next frame and return what it changed, None for nothing."""
        self._run = self._run + 1 if frame_is_speech else 0
        if self._speaking:
            return self._push_speaking()
        self._window.append(frame_is_speech)
        if sum(self._window) < ONSET_FRAMES:
            return None
        self._speaking, self._quiet = True, 0
        return SpeechChange.STARTED

    def reset(self) -> None:
        """Forget what was heard: the next frame begins anew, in silence."""
        self._window.clear()
        self._speaking, self._run, self._quiet = False, 0, 0

    @property
    def is_speaking(self) -> bool:
        """Whether speech has begun and not ended."""
        return self._speaking

    @property
    def silence_ms(self) -> int:
        """Milliseconds since the last frame with speech, while `is_speaking`; 0 otherwise."""
        return self._quiet * FRAME_MS

    def _push_speaking(self) -> SpeechChange | None:
        self._quiet = 0 if self._run >= RESUME_FRAMES else self._quiet + 1
        if self._run or self._quiet < self._silence_frames:
            return None  # a frame with speech may be the first of two
        self.reset()
        return SpeechChange.STOPPED
