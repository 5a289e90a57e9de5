"""Settings of sound: which devices, what is done with what they hear, when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.core.settings.concern import Concern
from app.core.settings.kinds import Offer
from app.core.settings.setting import names, number, switch, whole_number


@dataclass(frozen=True, slots=True)
class Sound(Concern):
    """How Heron hears and speaks. The fields describe themselves."""

    NAME: ClassVar = "sound"
    LABEL: ClassVar = "Sound"

    microphone: tuple[str, ...] = names(
        label="Microphone",
        description="The microphones to use, in order of preference: the first that is there is taken. "
        "With none named, Heron follows the system's default.",
        offer=Offer.MICROPHONES,
        empty="the system's default",
    )
    speaker: tuple[str, ...] = names(
        label="Speaker",
        description="The speakers to use, in order of preference: the first that is there is taken. "
        "With none named, Heron follows the system's default.",
        offer=Offer.SPEAKERS,
        empty="the system's default",
    )
    avoid_bluetooth_microphone: bool = switch(
        True,
        label="Spare Bluetooth headsets' microphones",
        description="Use another microphone than a Bluetooth headset's where there is one, so that what the "
        "headset plays keeps its good sound.",
    )
    volume: float = number(
        1.0,
        label="Volume",
        description="How loud the character speaks; all the way up is the system's own volume.",
        minimum=0.0,
        maximum=1.0,
        step=0.05,
    )
    echo_cancellation: bool = switch(
        True,
        label="Cancel echo",
        description="Take what the loudspeaker plays out of what the microphone hears, so that the character "
        "does not answer itself.",
    )
    noise_suppression: bool = switch(
        False,
        label="Suppress noise",
        description="Lower steady noise, such as that of a fan, in what the microphone hears.",
    )
    gain_control: bool = switch(
        False,
        label="Even out loudness",
        description="Make a quiet voice louder and a loud one quieter before it is sent.",
    )
    high_pass: bool = switch(
        True,
        label="Cut rumble",
        description="Take hum and thuds on the desk out of what the microphone hears.",
    )
    barge_in: bool = switch(
        True,
        label="Speak over the character",
        description="Speak while the character speaks to stop it.",
    )
    only_speech: bool = switch(
        False,
        label="Send only speech",
        description="Send nothing to the server while nobody speaks.",
    )
    tail_ms: int = whole_number(
        200,
        label="Listen on after release",
        description="How long what is said still counts after the key or button was let go.",
        minimum=0,
        maximum=1000,
        unit="ms",
        step=50,
    )
    keep_microphone_warm: bool = switch(
        True,
        label="Keep the microphone ready",
        description="Keep the microphone open for 30 seconds after a turn, so that the first word of the "
        "next one is not lost. Switched off, it is open only while Heron listens.",
    )
