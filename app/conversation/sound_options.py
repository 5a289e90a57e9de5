"""From the person's settings to the options of a voice session."""

from __future__ import annotations

from app.audio.devices.device_choice import DeviceChoice
from app.audio.playback.earcon import Earcon
from app.audio.speech.processing import ProcessingSettings
from app.core.settings import Settings
from app.estuary.voice_options import WARM_S, VoiceOptions


def voice_options(settings: Settings) -> VoiceOptions:
    """Return how a session is to listen and speak."""
    sound, cues = settings.sound, settings.cues
    return VoiceOptions(
        microphone=DeviceChoice(sound.microphone, avoids_bluetooth=sound.avoid_bluetooth_microphone),
        speaker=DeviceChoice(sound.speaker),
        processing=ProcessingSettings(
            echo_cancellation=sound.echo_cancellation,
            noise_suppression=sound.noise_suppression,
            gain_control=sound.gain_control,
            high_pass=sound.high_pass,
        ),
        has_barge_in=sound.barge_in,
        sends_only_speech=sound.only_speech,
        tail_s=sound.tail_ms / 1000,
        warm_s=WARM_S if sound.keep_microphone_warm else 0.0,
        cues=frozenset(earcon for earcon in Earcon if getattr(cues, earcon.value)),
    )
