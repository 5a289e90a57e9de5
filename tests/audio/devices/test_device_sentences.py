from __future__ import annotations

from dataclasses import replace

from app.audio.devices import device_sentences as say
from app.audio.devices.direction import Direction
from app.core.errors import AudioError
from tests.audio.some_devices import BUILT_IN, HEADSET, LOUDSPEAKER, USB

_OTHER_INPUT = "choose another input in the system's sound settings."
_OTHER_OUTPUT = "choose another output in the system's sound settings."


def test_nothing_is_found() -> None:
    assert say.nothing_found(Direction.INPUT) == f"No microphone was found. Plug one in, or {_OTHER_INPUT}"
    assert say.nothing_found(Direction.OUTPUT) == f"No speaker was found. Plug one in, or {_OTHER_OUTPUT}"


def test_opening_that_led_nowhere() -> None:
    assert say.does_not_answer(Direction.INPUT).startswith(
        "The sound system does not answer, so the microphone did not open."
    )
    assert say.closed_meanwhile(Direction.OUTPUT).startswith("The speaker was switched off while")
    assert say.did_not_open(USB, "Device unavailable") == (
        "The microphone “USB Mic” did not open (Device unavailable). "
        f"Close other programs that use it, or {_OTHER_INPUT}"
    )


def test_device_that_is_lost() -> None:
    assert say.lost(LOUDSPEAKER, has_server=True) == (
        f"The speaker “Loudspeaker” is gone. Plug it in again, or {_OTHER_OUTPUT}"
    )
    assert say.lost(USB, has_server=False).startswith(
        "The sound system has stopped, and with it the microphone “USB Mic”. Heron goes on as soon as"
    )


def test_device_that_is_found() -> None:
    assert say.found(USB, replace(USB, instance=8)) == "The microphone “USB Mic” is back."
    assert say.found(USB, BUILT_IN) == "Heron listens with “Built-in” now."
    assert say.found(None, LOUDSPEAKER) == "Heron speaks through “Loudspeaker” now."


def test_stream_that_has_moved() -> None:
    assert say.moved(USB, BUILT_IN, is_gone=True, is_preferred=True) == (
        "The microphone “USB Mic” is gone. Heron listens with “Built-in” now."
    )
    assert say.moved(BUILT_IN, USB, is_gone=False, is_preferred=True) == (
        "The microphone “USB Mic” is there now. Heron listens with “USB Mic”."
    )
    assert say.moved(BUILT_IN, USB, is_gone=False, is_preferred=False) == "Heron listens with “USB Mic” now."


def test_refusal_says_where_it_goes_on() -> None:
    said = say.refused(AudioError("The microphone “USB Mic” did not open (busy)."), BUILT_IN)
    assert said == "The microphone “USB Mic” did not open (busy). Heron listens with “Built-in” meanwhile."


def test_hints_of_a_headset() -> None:
    assert say.telephone(HEADSET).sentence.startswith("The headset “Headset” now plays in the quality of a")
    assert say.silent(HEADSET).sentence == (
        "The microphone “Headset” delivers only silence. Check that it is not muted, "
        f"switch it off and on again, or {_OTHER_INPUT}"
    )
