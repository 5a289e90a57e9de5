from __future__ import annotations

import pytest

from app.audio.devices import catalogue as devices
from app.core.errors import AudioError
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = pytest.mark.integration


def test_default_microphone_and_speaker_are_found(sound_card: SoundCard) -> None:
    microphone, speaker = devices.default_input(), devices.default_output()
    assert microphone is not None
    assert speaker is not None
    assert (microphone.name, microphone.is_default, microphone.system) == ("mic", True, "PulseAudio")
    assert (speaker.name, speaker.is_default, speaker.rate) == ("speaker", True, 48_000)
    assert devices.inputs() == (microphone,)
    assert devices.outputs() == (speaker,)
    assert set(devices.listed()) == {microphone, speaker}


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
        assert devices.inputs() == devices.outputs() == ()
        assert devices.default_input() is devices.default_output() is None


def test_machine_without_a_sound_server() -> None:
    with SoundCard(microphones=("mic", "mic_b"), has_pulse=False) as card, card.applied():
        assert [device.name for device in devices.inputs()] == ["mic", "mic_b", "default"]
        card.unplug("mic_b")
        assert [device.name for device in devices.inputs()] == ["mic", "default"]
        speaker = devices.default_output()
    assert speaker is not None
    assert (speaker.name, speaker.system) == ("default", "ALSA")


def test_machine_without_alsa_s_configuration_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere/alsa.conf")
    with pytest.raises(AudioError, match="apt-get install libasound2-data"):
        devices.listed()
    assert devices.inputs() == ()


def test_new_device_is_in_the_list_at_once(sound_card: SoundCard) -> None:
    sound_card.add_microphone(Virtual("late", "Late Mic", 44_100))
    assert [(device.description, device.rate) for device in devices.inputs()] == [
        ("mic", 48_000),
        ("Late Mic", 44_100),
    ]
