from __future__ import annotations

import struct

import pytest

from app.audio.level import end_of_speech_s, peak, rms
from tests.audio.signals import tone


def test_tone_has_the_levels_of_the_textbook() -> None:
    pcm = tone(440, 16_000, 1.0, amplitude=16_384)
    assert peak(pcm) == pytest.approx(0.5, abs=0.001)
    assert rms(pcm) == pytest.approx(0.5 / 2**0.5, abs=0.001)


def test_lowest_sample_is_full_scale() -> None:
    assert peak(struct.pack("<h", -32768)) == 1.0
    assert rms(struct.pack("<2h", -32768, -32768)) == 1.0


@pytest.mark.parametrize("pcm", [b"", b"\1", bytes(640)])
def test_silence_and_nothing_are_zero(pcm: bytes) -> None:
    assert peak(pcm) == rms(pcm) == end_of_speech_s(pcm, 16_000) == 0.0


def test_speech_ends_with_the_last_sample_above_two_percent_of_the_peak() -> None:
    loud, soft, softer = 10_000, 201, 200
    pcm = struct.pack("<8h", 0, loud, 0, -soft, 0, softer, -softer, 0)
    assert end_of_speech_s(pcm, 10) == 0.3


def test_speech_may_last_to_the_end() -> None:
    assert end_of_speech_s(tone(440, 16_000, 1.0) + tone(440, 16_000, 1.0), 16_000) == pytest.approx(
        2, abs=0.01
    )
