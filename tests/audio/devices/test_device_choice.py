from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audio.devices.device import Device
from app.audio.devices.device_choice import SYSTEM_DEFAULT, DeviceChoice, choose, named, ranked
from app.audio.devices.direction import Direction
from tests.audio.some_devices import (
    BUILT_IN,
    HEADPHONES,
    HEADSET,
    LOUDSPEAKER,
    USB,
    default,
    ordinary,
    unconnected,
)

_IN, _OUT = Direction.INPUT, Direction.OUTPUT
_ALL = (LOUDSPEAKER, USB, BUILT_IN, HEADSET, HEADPHONES)
_SPARING = DeviceChoice(avoids_bluetooth=True)


def test_without_a_device_there_is_none() -> None:
    assert choose((), SYSTEM_DEFAULT, _IN) is None
    assert choose((LOUDSPEAKER,), DeviceChoice(("Loudspeaker",)), _IN) is None
    assert choose((USB,), SYSTEM_DEFAULT, _OUT) is None


def test_system_s_default_is_taken_when_none_is_preferred() -> None:
    assert choose(_ALL, SYSTEM_DEFAULT, _IN) == BUILT_IN
    assert choose(_ALL, SYSTEM_DEFAULT, _OUT) == LOUDSPEAKER


def test_any_is_taken_when_there_is_no_default() -> None:
    assert choose((USB, ordinary(BUILT_IN)), SYSTEM_DEFAULT, _IN) == USB


@pytest.mark.parametrize("preferred", list(permutations((USB, BUILT_IN, HEADSET))))
@pytest.mark.parametrize("missing", [0, 1, 2, 3])
def test_first_preferred_that_is_there_is_taken(preferred: tuple[Device, ...], missing: int) -> None:
    choice = DeviceChoice(tuple(device.name for device in preferred))
    there = tuple(device for device in _ALL if device not in preferred[:missing])
    assert choose(there, choice, _IN) == (preferred[missing] if missing < 3 else None)


def test_one_that_is_not_preferred_is_better_than_none() -> None:
    assert choose(_ALL, DeviceChoice(("Studio", "Attic")), _IN) == BUILT_IN


def test_ranking_names_every_device_of_the_direction_once() -> None:
    choice = DeviceChoice(("Headset", "bluez.mic", "Studio"))
    assert ranked(_ALL, choice, _IN) == (HEADSET, BUILT_IN, USB)
    assert ranked(_ALL, choice, _OUT) == (HEADPHONES, LOUDSPEAKER)


def test_bluetooth_microphone_is_spared_when_there_is_another() -> None:
    there = (default(HEADSET), ordinary(BUILT_IN), USB)
    assert choose(there, _SPARING, _IN) == ordinary(BUILT_IN)
    assert choose(there, SYSTEM_DEFAULT, _IN) == default(HEADSET)
    assert ranked(there, _SPARING, _IN)[-1] == default(HEADSET)


def test_bluetooth_microphone_is_taken_when_it_is_the_only_one() -> None:
    assert choose((HEADSET,), _SPARING, _IN) == HEADSET


def test_bluetooth_microphone_is_not_given_up_for_a_socket_without_a_plug() -> None:
    there = (unconnected(ordinary(BUILT_IN)), default(HEADSET))
    assert choose(there, _SPARING, _IN) == default(HEADSET)


def test_bluetooth_microphone_that_is_preferred_is_taken() -> None:
    assert choose(_ALL, DeviceChoice(("Headset",), avoids_bluetooth=True), _IN) == HEADSET


def test_bluetooth_speaker_is_never_spared() -> None:
    there = (default(HEADPHONES), ordinary(LOUDSPEAKER))
    assert choose(there, _SPARING, _OUT) == default(HEADPHONES)


def test_socket_without_a_plug_comes_after_the_others() -> None:
    assert choose((unconnected(USB), ordinary(BUILT_IN)), SYSTEM_DEFAULT, _IN) == ordinary(BUILT_IN)
    assert choose((unconnected(default(USB)), ordinary(BUILT_IN)), SYSTEM_DEFAULT, _IN) == unconnected(
        default(USB)
    )


@pytest.mark.parametrize(
    ("wanted", "device"),
    [
        ("usb.mic", USB),
        ("USB Mic", USB),
        ("usb mIC", USB),
        ("Mic", USB),
        ("built", BUILT_IN),
        ("Headset", HEADSET),
        ("Studio", None),
        ("", None),
    ],
)
def test_device_is_found_by_name_description_or_a_part_of_it(wanted: str, device: Device | None) -> None:
    assert named((BUILT_IN, USB, HEADSET), wanted) == device


def test_whole_description_goes_before_a_part_and_a_name_before_both() -> None:
    longer = Device("a", "USB Mic 2", _IN, "ALSA", "a")
    named_like_it = Device("USB Mic", "Attic", _IN, "ALSA", "b")
    assert named((longer, USB), "USB Mic") == USB
    assert named((longer, USB, named_like_it), "USB Mic") == named_like_it


@given(
    st.lists(st.sampled_from(_ALL), unique=True),
    st.lists(st.sampled_from(["Headset", "usb.mic", "Built-in", "Studio"]), unique=True),
    st.booleans(),
    st.sampled_from(Direction),
)
def test_there_is_always_one_as_long_as_there_is_any(
    there: list[Device], preferred: list[str], avoids: bool, direction: Direction
) -> None:
    choice = DeviceChoice(tuple(preferred), avoids)
    order = ranked(there, choice, direction)
    assert sorted(order, key=repr) == sorted((d for d in there if d.direction is direction), key=repr)
    assert choose(there, choice, direction) == (order[0] if order else None)
    wanted = [device for name in preferred if (device := named(order, name))]
    assert not wanted or order[0] == wanted[0]
