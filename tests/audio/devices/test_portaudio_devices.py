from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from app.audio.devices import portaudio, portaudio_devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from tests.audio.some_devices import LOUDSPEAKER, USB
from tests.integration.sound_card import SoundCard


class Windows(SimpleNamespace):
    """Lists what ``sounddevice`` lists on Windows: the same devices once for each interface."""

    default = SimpleNamespace(hostapi=0)

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [
            {"name": "MME", "default_input_device": 0, "default_output_device": 1},
            {"name": "Windows WASAPI", "default_input_device": 3, "default_output_device": 2},
        ]

    def query_devices(self) -> list[dict[str, Any]]:
        return [
            _info(0, 0, "Headset (WH-1000XM4 Hands-Free", inputs=1),
            _info(1, 0, "Speakers (Realtek High Definitio", outputs=2),
            _info(2, 1, "Speakers (Realtek High Definition Audio)", outputs=2),
            _info(3, 1, "Headset (WH-1000XM4 Hands-Free AG Audio)", inputs=1, rate=16_000.0),
        ]


def _info(index: int, host: int, name: str, *, inputs: int = 0, outputs: int = 0, rate: float = 48e3) -> Any:
    return {
        "index": index,
        "hostapi": host,
        "name": name,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": rate,
    }


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", Windows())


@pytest.mark.usefixtures("windows")
def test_windows_devices_are_listed_once_and_by_their_whole_names() -> None:
    speakers, headset = portaudio_devices.listed()
    assert speakers == Device(
        name="Speakers (Realtek High Definition Audio)",
        description="Speakers (Realtek High Definition Audio)",
        direction=Direction.OUTPUT,
        system="Windows WASAPI",
        handle="Speakers (Realtek High Definition Audio)",
        is_default=True,
    )
    assert (headset.direction, headset.is_bluetooth, headset.rate) == (Direction.INPUT, True, 16_000)
    assert [portaudio_devices.index_of(device) for device in (speakers, headset)] == [2, 3]


@pytest.mark.usefixtures("windows")
def test_device_that_portaudio_does_not_know_has_no_number() -> None:
    assert portaudio_devices.index_of(USB) == -1


@pytest.mark.integration
def test_alsa_s_devices_are_listed_and_have_numbers() -> None:
    card = SoundCard(microphones=("mic", "mic_b"), has_pulse=False)
    with card, card.applied():
        portaudio.refresh()
        found = portaudio_devices.listed()
        numbers = [portaudio_devices.index_of(device) for device in found]
    assert {(device.name, device.direction, device.is_default) for device in found} == {
        ("mic", Direction.INPUT, False),
        ("mic_b", Direction.INPUT, False),
        ("speaker", Direction.OUTPUT, False),
        ("default", Direction.INPUT, True),
        ("default", Direction.OUTPUT, True),
    }
    assert {device.system for device in found} == {"ALSA"}
    assert min(numbers) >= 0


@pytest.mark.integration
def test_pulseaudio_s_devices_are_reached_through_alsa() -> None:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        numbers = [portaudio_devices.index_of(device) for device in (USB, LOUDSPEAKER)]
        with portaudio.exclusive() as sounddevice:
            names = [sounddevice.query_devices(number)["name"] for number in numbers]
    assert names == ["pulse", "pulse"]


@pytest.mark.integration
def test_child_finds_what_has_come_since(monkeypatch: pytest.MonkeyPatch) -> None:
    card = SoundCard(microphones=("mic", "mic_b"), has_pulse=False)
    with card, card.applied():
        card.unplug("mic_b")
        portaudio.refresh()
        before = {device.name for device in portaudio_devices.listed()}
        card.plug("mic_b")
        stale = {device.name for device in portaudio_devices.listed()}
        found = portaudio_devices.listed_by_child(lambda: False)
    assert found is not None
    assert ("mic_b" in before, "mic_b" in stale) == (False, False)
    assert "mic_b" in {device.name for device in found}


def test_child_that_is_given_up_is_ended() -> None:
    assert portaudio_devices.listed_by_child(lambda: True) is None


def test_child_that_fails_has_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portaudio_devices, "own_command", lambda *_: [sys.executable, "-c", "print('no')"])
    assert portaudio_devices.listed_by_child(lambda: False) is None
