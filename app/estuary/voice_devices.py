"""The microphone and the speaker that a voice session makes for itself."""

from __future__ import annotations

from app.audio.capture.microphone import Microphone
from app.audio.devices.device import Device
from app.audio.far_end import FarEnd
from app.audio.playback.speaker import Speaker
from app.audio.speech.processed_source import ProcessedSource
from app.audio.speech.voice_chain import VoiceChain
from app.estuary.player import AudioPlayer
from app.estuary.recorder import AudioRecorder
from app.estuary.voice_facts import DeviceFacts, VoiceFacts
from app.estuary.voice_options import VoiceOptions


class VoiceDevices:
    """A microphone whose echo of the speaker beside it is taken out.

    Args:
        rate: Sample rate in Hz of both.
        options: Which devices, and what is taken out.
        volume: Loudness in 0..1.
    """

    def __init__(self, rate: int, options: VoiceOptions, volume: float = 1.0) -> None:
        far_end = FarEnd()
        self._microphone = Microphone(rate, options.microphone)
        self._chain = VoiceChain(options.processing, rate)
        self._source = ProcessedSource(self._microphone, self._chain, far_end)
        self._speaker = Speaker(rate, options.speaker, far_end=far_end)
        self.recorder = AudioRecorder(rate, source=self._source)
        """The microphone."""
        self.player = AudioPlayer(rate, sink=self._speaker, volume=volume)
        """The speaker."""

    @property
    def facts(self) -> VoiceFacts:
        """What they are, and how well they keep up."""
        microphone, speaker = self._microphone, self._speaker
        return VoiceFacts(
            DeviceFacts(
                _name(microphone.device), microphone.is_open, microphone.rate, None, microphone.dropped_frames
            ),
            DeviceFacts(
                _name(speaker.device),
                speaker.is_open,
                speaker.device_rate,
                speaker.latency_s,
                speaker.underruns,
            ),
            self.recorder.dropped_frames + self._source.dropped_blocks,
        )

    def moved(self) -> None:
        """Take note that the microphone or the speaker is another device now."""
        self._chain.moved()

    def apply(self, options: VoiceOptions) -> None:
        """Use other devices, or take out something else, from now on."""
        self._microphone.choice = options.microphone
        self._speaker.choice = options.speaker
        self._chain.settings = options.processing


def _name(device: Device | None) -> str:
    return "" if device is None else device.description
