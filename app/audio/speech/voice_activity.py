"""Voice activity: is there speech in this frame, and when does speech begin and end."""

from __future__ import annotations

import math
from collections import deque
from enum import Enum
from typing import Final, Protocol

from app.audio.speech.silero import CHUNK_BYTES, Silero
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


class GatedVoiceActivity:
    """Silero's network behind webrtcvad: silence costs nothing, and keys, coughs and music are no speech.

    A verdict is about a chunk of 32 ms, so it comes up to 32 ms after the sound that it is about.
    """

    GATE_AGGRESSIVENESS: Final = 1
    """How strictly webrtcvad judges (0 to 3) whether the network has to be asked."""

    GATE_HOLD_FRAMES: Final = 20
    """Frames (400 ms) for which the network is asked after webrtcvad has last heard anything."""

    LEAD_CHUNKS: Final = 3
    """Chunks (96 ms) from before the gate opened that the network hears first: it needs to know the room."""

    VOICE: Final = 0.6
    """Probability from which a chunk holds a voice."""

    SILENCE: Final = 0.4
    """Probability below which it holds none; between the two it changes nothing."""

    def __init__(self) -> None:
        import webrtcvad

        self._gate = webrtcvad.Vad(self.GATE_AGGRESSIVENESS)
        self._network = Silero()
        self._heard = bytearray()
        self._gate_left = 0
        self._is_voice = False

    def is_speech(self, frame: bytes) -> bool:
        """Return whether one frame of 20 ms at 16 kHz (PCM16LE mono, 640 bytes) contains speech.

        Raises:
            ValueError: The frame has another size.
        """
        if len(frame) != AudioFormat(VAD_RATE).frame_bytes:
            raise ValueError(f"a frame is 640 bytes (20 ms at 16 kHz), not {len(frame)}")
        self._heard += frame
        if self._gate.is_speech(frame, VAD_RATE):
            if not self._gate_left:
                self._network.reset()
            self._gate_left = self.GATE_HOLD_FRAMES
        if not self._gate_left:
            del self._heard[: -self.LEAD_CHUNKS * CHUNK_BYTES]
            self._is_voice = False
            return False
        self._gate_left -= 1
        while len(self._heard) >= CHUNK_BYTES:
            likelihood = self._network.speech(bytes(self._heard[:CHUNK_BYTES]))
            del self._heard[:CHUNK_BYTES]
            if likelihood >= self.VOICE or likelihood < self.SILENCE:
                self._is_voice = likelihood >= self.VOICE
        return self._is_voice


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
