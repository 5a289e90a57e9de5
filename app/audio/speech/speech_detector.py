"""Whether somebody speaks, frame by frame, also while the character speaks."""

from __future__ import annotations

import math
from collections import deque
from typing import Final

from app.audio.frame import Speech
from app.audio.level import rms
from app.audio.speech.silero import CHUNK_BYTES, Silero
from app.core.audio_format import DEFAULT_RATE, FRAME_MS, AudioFormat

GATE_AGGRESSIVENESS: Final = 1
"""How strictly webrtcvad judges (0 to 3) whether the network has to be asked."""

GATE_HOLD_MS: Final = 400
"""Milliseconds for which the network is asked after webrtcvad has last heard anything."""

GATE_CHUNKS: Final = 3
"""Chunks (96 ms) from before the gate opened that the network hears first: it needs to know the room."""

VOICE: Final = 0.7
"""Probability from which a chunk holds a voice: a word reaches 0.9, a cough 0.4 to 0.75."""

SILENCE: Final = 0.35
"""Probability below which it holds none; between the two it changes nothing."""

VOICE_CHUNKS: Final = 3
"""Chunks with a voice, of the last `VOICE_WINDOW`, that are speech: 96 of 128 ms."""

VOICE_WINDOW: Final = 4

HANGOVER_CHUNKS: Final = 10
"""Chunks without a voice that end speech: 320 ms, longer than the stop in a consonant."""

SIGN_HOLD_MS: Final = 200
"""Milliseconds for which a sign counts."""

SIGN_SCORE: Final = -42.0
"""Score from which a frame over the character's voice is a sign; see `SpeechDetector`."""

OVER_ECHO_WEIGHT: Final = 2.4
"""Weight in that score of a decibel above the expected echo against one of what the canceller left."""

LEAST_OVER_ECHO_DB: Final = 5.0
"""Decibels above the expected echo without which nothing is a sign: echo and steady noise vary by 3."""

QUIETEST_DB: Final = -70.0
"""Level in dB of full scale of what is left below which it says nothing."""

NOISE_S: Final = 1.5
"""Seconds whose quietest frame is noise."""

NOISE_MARGIN: Final = 6.0
"""Power of the noise relative to its quietest frame, which is taken from a frame's before it is scored."""

SIGN_MEMORY_MS: Final = 500
"""Milliseconds in which a sign must have been for a voice over the character's to be a person's, and in which
it must become speech so as not to be a false one."""

DOUBT_SIGNS: Final = 2
"""False signs within `DOUBT_MS` after which another one must also sound like a voice to the network, which
takes 50 ms longer: somebody types, or music plays."""

DOUBT_MS: Final = 10_000


class SpeechDetector:
    """Finds speech in frames of 20 ms at 16 kHz, echo and rumble taken out, levels as they were.

    webrtcvad is the gate, so that silence costs nothing; Silero's network is the judge. While the character
    speaks, a sign must come sooner than either can tell: it is a frame whose level in dB of full scale plus
    `OVER_ECHO_WEIGHT` times what it rises above the expected echo reaches `SIGN_SCORE`. The level counts once
    the canceller has converged. A voice is believed there only together with a sign, and signs that speech
    did not follow make the next ones doubtful.
    """

    def __init__(self) -> None:
        import webrtcvad

        self._gate = webrtcvad.Vad(GATE_AGGRESSIVENESS)
        self._silero = Silero()
        self._heard = bytearray()
        self._gate_left_ms = 0
        self._powers: deque[float] = deque(maxlen=int(NOISE_S * 1000 / FRAME_MS))
        self._voices: deque[bool] = deque(maxlen=VOICE_WINDOW)
        self._silent_chunks = 0
        self._is_speech = False
        self._over_age_ms = self._sign_age_ms = SIGN_MEMORY_MS
        self._is_pending = False
        self._began_ms = 0
        self._false_signs_ms: deque[int] = deque(maxlen=DOUBT_SIGNS)
        self._now_ms = 0

    def push(
        self,
        frame: bytes,
        *,
        is_far_end_active: bool = False,
        over_echo_db: float = 0.0,
        is_converged: bool = True,
    ) -> Speech:
        """Take a frame (PCM16LE mono, 640 bytes) and return what is known now.

        Args:
            frame: 20 ms at 16 kHz.
            is_far_end_active: Whether the frame may hold an echo.
            over_echo_db: By how many dB the microphone was louder than the expected echo.
            is_converged: Whether echo has been taken out of ``frame``.

        Raises:
            ValueError: The frame has another size.
        """
        if len(frame) != AudioFormat(DEFAULT_RATE).frame_bytes:
            raise ValueError(f"a frame is 640 bytes (20 ms at 16 kHz), not {len(frame)}")
        self._now_ms += FRAME_MS
        self._over_age_ms += FRAME_MS
        self._sign_age_ms += FRAME_MS
        is_over = self._is_over(frame, over_echo_db, is_converged=is_converged) and is_far_end_active
        if is_over:
            self._over_age_ms = 0
        voices = self._judge(frame)
        may_be_echo = is_far_end_active and self._over_age_ms >= SIGN_MEMORY_MS
        for voice in voices:
            self._follow(0.0 if may_be_echo else voice)
        self._learn(is_over=is_over)
        is_voice = bool(self._voices) and self._voices[-1]
        if (is_over and not self._is_doubtful) or is_voice:
            self._sign_age_ms = 0
        if self._is_speech:
            return Speech.SPEECH
        return Speech.SIGN if self._sign_age_ms < SIGN_HOLD_MS else Speech.NONE

    @property
    def _is_doubtful(self) -> bool:
        """Whether signs have been false of late."""
        signs = self._false_signs_ms
        return len(signs) == DOUBT_SIGNS and self._now_ms - signs[0] < DOUBT_MS

    def _learn(self, *, is_over: bool) -> None:
        """Count a frame over the echo as false unless speech follows it in time."""
        if self._is_speech:
            self._is_pending = False
            self._false_signs_ms.clear()
        elif is_over and not self._is_pending:
            self._is_pending = True
            self._began_ms = self._now_ms
        elif self._is_pending and self._now_ms - self._began_ms >= SIGN_MEMORY_MS:
            self._is_pending = False
            self._false_signs_ms.append(self._began_ms)

    def _is_over(self, frame: bytes, over_echo_db: float, *, is_converged: bool) -> bool:
        half = len(frame) // 2
        power = max(rms(frame[:half]), rms(frame[half:])) ** 2
        self._powers.append(power)
        power -= NOISE_MARGIN * min(self._powers)
        level_db = 10 * math.log10(max(power, 1e-12)) if is_converged else QUIETEST_DB
        score = max(level_db, QUIETEST_DB) + OVER_ECHO_WEIGHT * over_echo_db
        return over_echo_db >= LEAST_OVER_ECHO_DB and score >= SIGN_SCORE

    def _judge(self, frame: bytes) -> list[float]:
        """Return the network's verdicts on the chunks that a frame completes."""
        half = len(frame) // 2
        if any(self._gate.is_speech(part, DEFAULT_RATE) for part in (frame[:half], frame[half:])):
            if not self._gate_left_ms:
                self._silero.reset()
            self._gate_left_ms = GATE_HOLD_MS
        self._heard += frame
        if not self._gate_left_ms:
            del self._heard[: -GATE_CHUNKS * CHUNK_BYTES]
            return [0.0]
        self._gate_left_ms = max(self._gate_left_ms - FRAME_MS, 0)
        verdicts = []
        while len(self._heard) >= CHUNK_BYTES:
            verdicts.append(self._silero.speech(bytes(self._heard[:CHUNK_BYTES])))
            del self._heard[:CHUNK_BYTES]
        return verdicts

    def _follow(self, voice: float) -> None:
        self._voices.append(voice >= VOICE)
        if sum(self._voices) >= VOICE_CHUNKS:
            self._is_speech = True
        self._silent_chunks = 0 if voice >= SILENCE else self._silent_chunks + 1
        if self._silent_chunks >= HANGOVER_CHUNKS:
            self._is_speech = False
