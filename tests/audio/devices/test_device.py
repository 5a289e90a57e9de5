from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.audio.devices.device import Device
from tests.audio.some_devices import BUILT_IN, HEADPHONES, HEADSET, LOUDSPEAKER, USB


@pytest.mark.parametrize("device", [BUILT_IN, USB, HEADSET, LOUDSPEAKER, HEADPHONES])
def test_json_carries_a_device_whole(device: Device) -> None:
    assert Device.from_json(json.loads(json.dumps(device.as_json()))) == device


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"direction": "window"}, ValueError),
        ({}, KeyError),
        ({"direction": "speaker"}, TypeError),
        ({**USB.as_json(), "colour": "red"}, TypeError),
    ],
)
def test_json_of_something_else_is_refused(fields: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        Device.from_json(fields)


def test_default_rate_and_description_do_not_make_another_device_of_it() -> None:
    assert USB.is_same_as(replace(USB, is_default=True, rate=8_000, description="USB", is_telephone=True))


@pytest.mark.parametrize(
    "other",
    [
        None,
        BUILT_IN,
        replace(USB, instance=9),
        replace(USB, handle="usb.mic.2"),
        replace(USB, system="ALSA"),
        replace(USB, direction=LOUDSPEAKER.direction),
    ],
)
def test_what_was_plugged_in_anew_is_another_device(other: Device | None) -> None:
    assert not USB.is_same_as(other)
