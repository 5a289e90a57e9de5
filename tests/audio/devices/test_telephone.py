from __future__ import annotations

from dataclasses import replace

from app.audio.devices import device_sentences
from app.audio.devices.telephone import TelephoneWatch
from tests.audio.some_devices import HEADPHONES, LOUDSPEAKER

_TELEPHONE = replace(HEADPHONES, is_telephone=True, handle="bluez.out.headset", instance=9)


def test_drop_is_told_once() -> None:
    watch = TelephoneWatch()
    looks = [watch.look(device) for device in (HEADPHONES, HEADPHONES, _TELEPHONE, _TELEPHONE)]
    assert looks == [None, None, device_sentences.telephone(_TELEPHONE), None]


def test_next_drop_is_told_again() -> None:
    watch = TelephoneWatch()
    assert [watch.look(device) is not None for device in (HEADPHONES, _TELEPHONE) * 2] == [False, True] * 2


def test_headset_that_was_a_telephone_all_along_has_not_dropped() -> None:
    watch = TelephoneWatch()
    assert watch.look(_TELEPHONE) is None
    assert watch.look(_TELEPHONE) is None


def test_other_device_between_is_no_drop() -> None:
    watch = TelephoneWatch()
    assert [watch.look(each) for each in (HEADPHONES, LOUDSPEAKER, HEADPHONES)] == [None] * 3
    assert watch.look(replace(_TELEPHONE, name="another headset")) is None
