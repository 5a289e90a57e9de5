from __future__ import annotations

import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

from app.audio.devices import pulse_devices
from app.audio.devices.direction import Direction
from app.audio.devices.pulse_devices import NoPulse
from tests.integration.sound_card import SoundCard, Virtual

_ADDRESS = "AC_12_2F_50_0A_01"


class Server:
    """Answers as a connected ``pulsectl.Pulse`` does, with one sink; no virtual card has Bluetooth cards."""

    def __init__(self, sink: SimpleNamespace, profile: str = "off") -> None:
        self._sink = sink
        self._profile = profile

    def server_info(self) -> Any:
        return SimpleNamespace(default_source_name="none", default_sink_name="none")

    def card_list(self) -> list[Any]:
        return [SimpleNamespace(index=7, profile_active=SimpleNamespace(name=self._profile))]

    def source_list(self) -> list[Any]:
        return []

    def sink_list(self) -> list[Any]:
        return [self._sink]


def _sink(name: str = "pci", available: str = "unknown", **properties: str) -> SimpleNamespace:
    return SimpleNamespace(
        name=name,
        description="Headset",
        proplist={key.replace("_", "."): value for key, value in properties.items()},
        rate=48_000,
        port_active=SimpleNamespace(available=available),
        index=3,
        card=7,
    )


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        (f"bluez_sink.{_ADDRESS}.a2dp_sink", f"bluez_sink.{_ADDRESS}"),
        (f"bluez_sink.{_ADDRESS}.headset_head_unit", f"bluez_sink.{_ADDRESS}"),
        (f"bluez_output.{_ADDRESS}.1", f"bluez_output.{_ADDRESS}"),
        ("bluez_input.AC:12:2F:50:0A:01", "bluez_input.AC:12:2F:50:0A:01"),
        ("alsa_output.pci-0000_00_1f.3.analog-stereo", "alsa_output.pci-0000_00_1f.3.analog-stereo"),
    ],
)
def test_headset_is_remembered_without_its_profile(handle: str, name: str) -> None:
    (device,) = pulse_devices.read(Server(_sink(handle)))
    assert (device.name, device.handle, device.direction) == (name, handle, Direction.OUTPUT)


@pytest.mark.parametrize(
    ("properties", "is_bluetooth"),
    [({"device_bus": "bluetooth"}, True), ({"device_api": "bluez5"}, True), ({"device_bus": "usb"}, False)],
)
def test_bluetooth_is_what_the_server_says(properties: dict[str, str], is_bluetooth: bool) -> None:
    (device,) = pulse_devices.read(Server(_sink(**properties)))
    assert device.is_bluetooth is is_bluetooth


@pytest.mark.parametrize(
    ("properties", "card_profile", "is_telephone"),
    [
        ({"bluetooth_protocol": "a2dp_sink"}, "", False),
        ({"bluetooth_protocol": "headset_head_unit"}, "", True),
        ({"api_bluez5_profile": "headset-head-unit-msbc"}, "", True),
        ({"api_bluez5_profile": "a2dp-sink"}, "headset-head-unit", False),
        ({}, "handsfree_head_unit", True),
        ({}, "a2dp-sink-aac", False),
    ],
)
def test_telephone_quality_is_known_from_the_profile(
    properties: dict[str, str], card_profile: str, is_telephone: bool
) -> None:
    (device,) = pulse_devices.read(Server(_sink(device_bus="bluetooth", **properties), card_profile))
    assert device.is_telephone is is_telephone


def test_headset_at_a_socket_is_no_telephone() -> None:
    (device,) = pulse_devices.read(Server(_sink(device_bus="pci"), "output:analog-headset"))
    assert not device.is_telephone


@pytest.mark.parametrize(("available", "is_connected"), [("no", False), ("yes", True), ("unknown", True)])
def test_socket_without_a_plug_is_known(available: str, is_connected: bool) -> None:
    (device,) = pulse_devices.read(Server(_sink(available=available)))
    assert device.is_connected is is_connected


def test_monitors_are_no_devices() -> None:
    assert pulse_devices.read(Server(_sink(device_class="monitor"))) == ()


@pytest.mark.integration
def test_server_s_devices_are_listed() -> None:
    card = SoundCard(
        microphones=("mic", Virtual("mic_b", "USB Mic", 16_000)),
        speakers=("speaker", Virtual("bt", "Headset", 44_100, "headset_head_unit")),
    )
    with card, card.applied():
        found = {device.name: device for device in pulse_devices.listed()}
        card.set_default_source("mic_b")
        later = {device.name: device for device in pulse_devices.listed()}
    assert set(found) == {"mic", "mic_b", "speaker", "bt"}
    assert [name for name in found if found[name].is_default] == ["mic", "speaker"]
    assert [name for name in later if later[name].is_default] == ["mic_b", "speaker"]
    assert [found[name].rate for name in ("mic", "mic_b", "speaker", "bt")] == [
        48_000,
        16_000,
        48_000,
        44_100,
    ]
    assert [name for name in found if found[name].is_bluetooth] == ["bt"]
    assert found["bt"].is_telephone
    assert (found["mic_b"].description, found["mic_b"].direction) == ("USB Mic", Direction.INPUT)


@pytest.mark.integration
def test_device_that_was_plugged_in_anew_is_another_one() -> None:
    with SoundCard(microphones=("mic", "mic_b"), speaker=False) as card, card.applied():
        first = pulse_devices.listed()
        card.unplug("mic_b")
        card.plug("mic_b")
        second = pulse_devices.listed()
    assert [one.is_same_as(other) for one, other in zip(first, second, strict=True)] == [True, False]


@pytest.mark.integration
def test_server_that_answers_is_not_waited_for() -> None:
    with SoundCard() as card, card.applied():
        began = time.monotonic()
        for _ in range(5):
            pulse_devices.listed()
        assert time.monotonic() - began < 5 * pulse_devices.CONNECT_S / 2


@pytest.mark.integration
def test_server_that_stands_still_is_not_waited_for() -> None:
    with SoundCard() as card, card.applied():
        card.freeze()
        with pytest.raises(NoPulse):
            pulse_devices.listed()


@pytest.mark.integration
def test_server_that_goes_while_it_is_asked_is_no_server() -> None:
    def ask(card: SoundCard) -> None:
        with pulse_devices.connected() as pulse:
            card.kill()
            pulse_devices.read(pulse)

    with SoundCard() as card, card.applied(), pytest.raises(NoPulse):
        ask(card)


def test_machine_without_a_server_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    with pytest.raises(NoPulse):
        pulse_devices.listed()


def test_other_systems_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(NoPulse):
        pulse_devices.listed()


def test_machine_without_the_library_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pulsectl", None)
    with pytest.raises(NoPulse):
        pulse_devices.listed()
