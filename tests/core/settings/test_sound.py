from __future__ import annotations

import pytest

from app.core.errors import BadInput
from app.core.settings.kinds import Names, Offer
from app.core.settings.sound import Sound


def test_the_defaults() -> None:
    assert Sound() == Sound(
        microphone=(),
        speaker=(),
        avoid_bluetooth_microphone=True,
        volume=1.0,
        echo_cancellation=True,
        noise_suppression=False,
        gain_control=False,
        high_pass=True,
        barge_in=True,
        only_speech=False,
        tail_ms=200,
        keep_microphone_warm=True,
    )


def test_devices_are_chosen_among_those_that_are_there() -> None:
    kinds = {setting.name: setting.kind for setting in Sound.settings()}
    assert kinds["microphone"] == Names(Offer.MICROPHONES, "the system's default")
    assert kinds["speaker"] == Names(Offer.SPEAKERS, "the system's default")


@pytest.mark.parametrize(
    "wrong", [{"tail_ms": 1001}, {"tail_ms": -1}, {"volume": 1.1}, {"microphone": ("",)}]
)
def test_the_bounds(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput, match=f"^sound.{next(iter(wrong))} takes "):
        Sound(**wrong)  # type: ignore[arg-type]
