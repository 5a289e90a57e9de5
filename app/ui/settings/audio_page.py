"""The page of the sound: devices and their level, what is done with it, how turns are taken, and the cues."""

from __future__ import annotations

from app.core.settings import Cues
from app.ui.appearance import Appearance
from app.ui.settings.card import Card
from app.ui.settings.desk import Desk
from app.ui.settings.microphone_panel import MicrophonePanel
from app.ui.settings.page import Page


class AudioPage(Page):
    """Everything that has to do with hearing and being heard."""

    def __init__(self, appearance: Appearance, desk: Desk, title: str) -> None:
        super().__init__(appearance, desk, title)
        microphone = self.add_settings(
            self.tr("Input"), "sound.microphone", "sound.avoid_bluetooth_microphone"
        )
        self.panel = MicrophonePanel(appearance, desk)
        microphone.add(self.panel)
        self.add_settings(self.tr("Output"), "sound.speaker", "sound.volume")
        self.add_settings(
            self.tr("Taking turns"), "talk.mode", "sound.tail_ms", "sound.barge_in", "sound.only_speech"
        )
        self.add_settings(
            self.tr("What the microphone hears"),
            "sound.echo_cancellation",
            "sound.noise_suppression",
            "sound.gain_control",
            "sound.high_pass",
        )
        self.cues: Card = self.add_settings(
            self.tr("Short sounds"), *(setting.key for setting in Cues.settings())
        )

    def leave(self) -> None:
        """Close the microphone."""
        self.panel.leave()
