from __future__ import annotations

import pytest

from app.audio import devices, portaudio
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration


def test_default_microphone_and_speaker_are_found(sound_card: SoundCard) -> None:
    microphone, speaker = devices.default_input(), devices.default_output()
    assert microphone is not None
    assert speaker is not None
    assert (microphone.is_default, microphone.inputs > 0, microphone.host) == (True, True, "ALSA")
    assert (speaker.is_default, speaker.outputs > 0, speaker.default_rate > 0) == (True, True, True)
    assert microphone in devices.inputs()
    assert speaker in devices.outputs()


def test_machine_without_a_microphone(sound_card_without_microphone: SoundCard) -> None:
    assert devices.inputs() == ()
    assert devices.default_input() is None
    assert devices.default_output() is not None


def test_machine_without_a_speaker(sound_card_without_speaker: SoundCard) -> None:
    assert devices.outputs() == ()
    assert devices.default_output() is None
    assert devices.default_input() is not None


def test_machine_without_any_sound() -> None:
    with SoundCard(microphone=False, speaker=False) as card, card.applied():
        portaudio.refresh()
        assert devices.inputs() == devices.outputs() == ()
        assert devices.default_input() is devices.default_output() is None


def test_device_is_found_by_name_part_or_index(sound_card: SoundCard) -> None:
    (device,) = devices.inputs()
    assert devices.named((device,), device.name) == device
    assert devices.named((device,), device.name[1:4].upper()) == device
    assert devices.named((device,), device.index) == device
    assert devices.named((device,), "Studio") is None
    assert devices.named((device,), 99) is None
