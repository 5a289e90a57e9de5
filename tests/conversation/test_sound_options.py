"""The person's settings as the options of a voice session."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from app.audio.devices.device_choice import DeviceChoice
from app.audio.playback.earcon import Earcon
from app.conversation.sound_options import voice_options
from app.core.settings import Settings
from app.estuary.voice_options import WARM_S, VoiceOptions


def test_the_defaults_listen_and_speak_at_once_and_say_so() -> None:
    options = voice_options(Settings())
    assert options == replace(
        VoiceOptions(),
        microphone=DeviceChoice(avoids_bluetooth=True),
        cues=frozenset(Earcon) - {Earcon.LISTENING_ON},
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"microphone": ("USB", "Built-in")}, {"microphone": DeviceChoice(("USB", "Built-in"), True)}),
        ({"avoid_bluetooth_microphone": False}, {"microphone": DeviceChoice()}),
        ({"speaker": ("Desk",)}, {"speaker": DeviceChoice(("Desk",))}),
        ({"barge_in": False}, {"has_barge_in": False}),
        ({"only_speech": True}, {"sends_only_speech": True}),
        ({"tail_ms": 350}, {"tail_s": 0.35}),
        ({"keep_microphone_warm": False}, {"warm_s": 0.0}),
        ({"keep_microphone_warm": True}, {"warm_s": WARM_S}),
    ],
)
def test_each_setting_of_sound_counts(changes: dict[str, object], expected: dict[str, object]) -> None:
    settings = Settings(sound=replace(Settings().sound, **changes))  # type: ignore[arg-type]
    assert voice_options(settings) == replace(voice_options(Settings()), **expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["echo_cancellation", "noise_suppression", "gain_control", "high_pass"])
def test_each_part_of_the_processing_can_be_switched(name: str) -> None:
    before = voice_options(Settings()).processing
    changed = not getattr(before, name)
    settings = Settings(sound=replace(Settings().sound, **{name: changed}))  # type: ignore[arg-type]
    assert voice_options(settings).processing == replace(before, **{name: changed})


@pytest.mark.parametrize("earcon", list(Earcon))
def test_each_cue_can_be_switched_off(earcon: Earcon) -> None:
    everything = replace(Settings().cues, listening_on=True)
    settings = Settings(cues=replace(everything, **{earcon.value: False}))
    assert voice_options(settings).cues == frozenset(Earcon) - {earcon}


def test_every_cue_has_a_sound() -> None:
    assert {field.name for field in fields(Settings().cues)} == {earcon.value for earcon in Earcon}
