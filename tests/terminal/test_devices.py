from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app import __main__ as program
from app.audio.devices.device import Device
from app.terminal import devices
from tests.audio.some_devices import BUILT_IN, HEADPHONES, USB, unconnected
from tests.integration.sound_card import SoundCard, Virtual


def test_line_says_what_is_special() -> None:
    assert devices.line(BUILT_IN) == "  * Built-in  [pci.mic]  (48000 Hz)"
    assert devices.line(unconnected(USB)) == "    USB Mic  [usb.mic]  (48000 Hz, nothing plugged in)"
    telephone = replace(HEADPHONES, rate=16_000, is_telephone=True, name="Headset")
    assert devices.line(telephone) == "    Headset  (16000 Hz, Bluetooth, telephone quality)"


@pytest.mark.integration
def test_microphones_and_speakers_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    speakers = ("speaker", Virtual("bt", "Headset", 44_100, "a2dp_sink"))
    with SoundCard(microphone=False, speakers=speakers) as card, card.applied():
        assert program.main(["devices"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Microphones:",
        "    none; plug one in or switch it on in the system's sound settings (input)",
        "Speakers:",
        "  * speaker  (48000 Hz)",
        "    Headset  [bt]  (44100 Hz, Bluetooth)",
    ]


@pytest.mark.integration
def test_json_has_everything_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    with SoundCard(speaker=False) as card, card.applied():
        assert program.main(["devices", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["devices"]
    device = Device.from_json(listed)
    assert (device.name, device.is_default, device.rate, device.is_bluetooth) == ("mic", True, 48_000, False)


def test_sound_that_cannot_be_had_is_an_error_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere/alsa.conf")
    assert program.main(["devices"]) == 2
    assert capsys.readouterr().err.startswith("heron: ALSA has no configuration. Install it")
