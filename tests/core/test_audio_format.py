from __future__ import annotations

import pytest

from app.core.audio_format import DEFAULT_RATE, FRAME_MS, AudioFormat


def test_a_frame_is_twenty_milliseconds_of_sixteen_bit() -> None:
    assert (DEFAULT_RATE, FRAME_MS) == (16_000, 20)
    assert AudioFormat().frame_bytes == 640
    assert AudioFormat(48_000).frame_bytes == 1_920


@pytest.mark.parametrize(
    ("rate", "milliseconds", "size"), [(22_050, 20, 882), (11_025, 20, 440), (8_000, 0, 0)]
)
def test_bytes_are_whole_samples(rate: int, milliseconds: int, size: int) -> None:
    assert AudioFormat(rate).bytes_of(milliseconds) == size


def test_bytes_become_seconds_again() -> None:
    assert AudioFormat(24_000).seconds_of(AudioFormat(24_000).bytes_of(1_250)) == 1.25
