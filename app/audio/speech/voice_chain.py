"""From captured blocks to frames of clean voice: rate, echo, noise, and whether anybody speaks."""

from __future__ import annotations

from typing import Final

from app.audio.frame import Frame, Speech
from app.audio.level import peak
from app.audio.resample import Resampler
from app.audio.speech.processing import Processing, ProcessingSettings
from app.audio.speech.speech_detector import SpeechDetector
from app.audio.speech.voice_activity import VAD_RATE
from app.core.audio_format import DEFAULT_RATE, FRAME_MS, SAMPLE_BYTES, AudioFormat

FAR_END_S: Final = 0.4
"""Seconds after a loud block of the far end in which its echo may still arrive: device, way and room."""

FAR_END_FLOOR: Final = 0.001
"""Peak, as a share of full scale, from which a block of the far end is a sound: -60 dB."""


class VoiceChain:
    """What is done with sound between microphone and conversation. It belongs to one thread at a time.

    Nothing heavy is loaded before the first block.

    Args:
        settings: What is taken out.
        rate: Sample rate in Hz of the frames that leave.
    """

    def __init__(self, settings: ProcessingSettings, rate: int = DEFAULT_RATE) -> None:
        self._wanted = settings
        self._format = AudioFormat(rate)
        self._settings: ProcessingSettings | None = None
        self._processing: Processing | None = None
        self._detector: SpeechDetector | None = None
        self._near_resampler: Resampler | None = None
        self._vad_resampler = Resampler(rate, VAD_RATE)
        self._raw = bytearray()
        self._for_vad = bytearray()
        self._far_end_left_s = 0.0
        self._has_moved = False
        self._speech = Speech.NONE

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames that leave."""
        return self._format.rate

    @property
    def settings(self) -> ProcessingSettings:
        """What is taken out; a change counts from the next block on. May be set from any thread."""
        return self._wanted

    @settings.setter
    def settings(self, settings: ProcessingSettings) -> None:
        self._wanted = settings

    @property
    def has_converged(self) -> bool:
        """Whether the echo is known to be taken out."""
        return self._processing is not None and self._processing.is_converged

    def moved(self) -> None:
        """Know that microphone or loudspeaker is another device from now on. May be called from any
        thread."""
        self._has_moved = True

    def far(self, pcm: bytes, rate: int) -> None:
        """Take a block of what the loudspeaker plays, PCM16LE mono at ``rate`` Hz."""
        if pcm.count(0) < len(pcm) and peak(pcm) > FAR_END_FLOOR:
            self._far_end_left_s = FAR_END_S
        self._current().far(pcm, rate)

    def near(self, block: Frame) -> list[Frame]:
        """Take what was captured and return the frames it completes."""
        if self._near_resampler is None or self._near_resampler.source_rate != block.rate:
            self._near_resampler = Resampler(block.rate, self.rate)
            self._has_moved = True
        if self._has_moved:
            self._has_moved = False
            self._current().moved()
        self._raw += self._near_resampler.push(block.pcm)
        size = self._format.frame_bytes
        processing = self._current()
        lag_s = self._near_resampler.delay_s + len(self._raw) / SAMPLE_BYTES / self.rate
        frames = []
        while len(self._raw) >= size:
            pcm = processing.near(bytes(self._raw[:size]))
            del self._raw[:size]
            self._listen(processing)
            lag_s -= FRAME_MS / 1000
            frames.append(
                Frame(pcm, self.rate, block.captured_at - lag_s, self._speech, processing.over_echo)
            )
        return frames

    def _current(self) -> Processing:
        """Return the processing with the settings that are wanted now."""
        if self._processing is None or self._settings != self._wanted:
            self._settings = self._wanted
            self._processing = Processing(self._wanted, self.rate)
        return self._processing

    def _listen(self, processing: Processing) -> None:
        """Have the detector look at the last frame, before noise suppression and gain control."""
        if self._detector is None:
            self._detector = SpeechDetector()
        is_far_end_active = self._far_end_left_s > 0
        self._far_end_left_s -= FRAME_MS / 1000
        self._for_vad += self._vad_resampler.push(processing.echo_free)
        size = AudioFormat(VAD_RATE).frame_bytes
        while len(self._for_vad) >= size:
            frame = bytes(self._for_vad[:size])
            del self._for_vad[:size]
            self._speech = self._detector.push(
                frame,
                is_far_end_active=is_far_end_active,
                over_echo_db=processing.over_echo_db,
                is_converged=processing.is_converged,
            )
