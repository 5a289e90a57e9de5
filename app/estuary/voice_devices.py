"""The microphone and the speaker that a voice session makes for itself."""

from __future__ import annotations

from app.audio.capture.microphone import Microphone
from app.audio.far_end import FarEnd
from app.audio.playback.speaker import Speaker
from app.audio.speech.processed_source import ProcessedSource
from app.audio.speech.voice_chain import VoiceChain
from app.estuary.player import AudioPlayer
from app.estuary.recorder import AudioRecorder
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
        self._speaker = Speaker(rate, options.speaker, far_end=far_end)
        self.recorder = AudioRecorder(rate, source=ProcessedSource(self._microphone, self._chain, far_end))
        """The microphone."""
        self.player = AudioPlayer(rate, sink=self._speaker, volume=volume)
        """The speaker."""

    def moved(self) -> None:
        """Take note that the microphone or the speaker is another device now."""
        self._chain.moved()

    def apply(self, options: VoiceOptions) -> None:
        """Use other devices, or take out something else, from now on."""
        self._microphone.choice = options.microphone
        self._speaker.choice = options.speaker
        self._chain.settings = options.processing
