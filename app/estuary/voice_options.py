"""How a voice session listens and speaks; all of it can be changed while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.audio.devices.device_choice import DeviceChoice
from app.audio.playback.earcon import Earcon
from app.audio.speech.processing import ProcessingSettings
from app.estuary.tail import TAIL_S

WARM_S: Final = 30.0
"""Seconds a microphone is kept open after a turn, so that the next one loses nothing."""


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """How a session listens and speaks.

    Attributes:
        microphone: Which one to use.
        speaker: Which one to use.
        processing: What is taken out of what the microphone hears.
        has_barge_in: Whether speaking over the character stops it, in continuous mode.
        sends_only_speech: Whether nothing is sent while nobody speaks, in continuous mode.
        tail_s: Seconds still recorded after the release of push-to-talk.
        warm_s: Seconds the microphone stays open between two push-to-talk turns; 0 closes it at once.
        cues: The sounds that are played.
    """

    microphone: DeviceChoice = field(default_factory=DeviceChoice)
    speaker: DeviceChoice = field(default_factory=DeviceChoice)
    processing: ProcessingSettings = field(default_factory=ProcessingSettings)
    has_barge_in: bool = True
    sends_only_speech: bool = False
    tail_s: float = TAIL_S
    warm_s: float = WARM_S
    cues: frozenset[Earcon] = frozenset()
