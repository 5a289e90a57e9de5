from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audio.resample import Resampler, resample
from tests.audio.signals import align, level_db, samples_of, tone

_RATES = [
    (48_000, 16_000),
    (44_100, 16_000),
    (22_050, 24_000),
    (24_000, 16_000),
    (16_000, 24_000),
    (24_000, 44_100),
]


@pytest.mark.parametrize(("source", "target"), _RATES)
def test_tone_keeps_its_pitch_level_and_length(source: int, target: int) -> None:
    result = resample(tone(1000, source, 1.0), source, target)
    assert len(result) // 2 == pytest.approx(target, abs=1)
    assert level_db(result, target, 1000) == pytest.approx(
        level_db(tone(1000, source, 1.0), source, 1000), abs=0.1
    )


_DEVICE_RATES = (16_000, 24_000, 44_100, 48_000)


@pytest.mark.parametrize(
    ("source", "target"),
    [(source, target) for source, target in permutations(_DEVICE_RATES, 2) if source > target],
)
@pytest.mark.parametrize("above", [500, 1_000, 2_000, 4_000])
def test_what_the_target_cannot_carry_does_not_come_back_as_an_alias(
    source: int, target: int, above: int
) -> None:
    hertz = min(target // 2 + above, source // 2 - 300)
    result = resample(tone(hertz, source, 1.0, amplitude=32_000), source, target)
    assert level_db(result, target, target - hertz) < -60


@pytest.mark.parametrize(
    ("source", "target"),
    [(source, target) for source, target in permutations(_DEVICE_RATES, 2) if source < target],
)
@pytest.mark.parametrize("share", [0.5, 0.8, 0.9])
def test_what_the_source_did_not_carry_is_not_added(source: int, target: int, share: float) -> None:
    hertz = round(source / 2 * share)
    image = source - hertz
    result = resample(tone(hertz, source, 1.0, amplitude=32_000), source, target)
    assert level_db(result, target, image if image < target / 2 else target - image) < -60


@pytest.mark.parametrize(("source", "target"), _RATES)
def test_frames_come_out_as_the_whole_would(source: int, target: int) -> None:
    said = tone(700, source, 0.6) + tone(1300, source, 0.4)
    stream, frame = Resampler(source, target), source // 50 * 2
    pieces = [stream.push(said[start : start + frame]) for start in range(0, len(said), frame)]
    whole = resample(said, source, target)
    result = b"".join([*pieces, stream.push(b"", last=True)])
    assert len(result) == len(whole)
    assert align(result, whole)[1] > 0.9999
    assert stream.delay_s == 0


def test_filter_holds_back_less_than_50_ms() -> None:
    stream = Resampler(48_000, 16_000)
    delays = []
    for _ in range(100):
        stream.push(tone(440, 48_000, 0.02))
        delays.append(stream.delay_s)
    assert 0 < max(delays) < 0.05


def test_stream_after_the_last_begins_anew() -> None:
    stream = Resampler(24_000, 16_000)
    first = stream.push(tone(440, 24_000, 0.2), last=True)
    second = stream.push(tone(440, 24_000, 0.2), last=True)
    assert len(first) == len(second) == 6400
    assert abs(samples_of(first) - samples_of(second)).max() <= 2  # what dither may add


@given(st.lists(st.binary(max_size=7)))
def test_equal_rates_change_nothing_however_it_is_cut(pieces: list[bytes]) -> None:
    stream, whole = Resampler(16_000, 16_000), b"".join(pieces)
    assert b"".join(map(stream.push, pieces)) == whole[: len(whole) // 2 * 2]


def test_odd_byte_waits_for_its_other_half() -> None:
    said = tone(440, 24_000, 0.5)
    stream = Resampler(24_000, 16_000)
    pieces = [stream.push(said[start : start + 333]) for start in range(0, len(said), 333)]
    assert align(b"".join([*pieces, stream.push(b"", last=True)]), resample(said, 24_000, 16_000))[1] > 0.9999


def test_nothing_becomes_nothing() -> None:
    assert resample(b"", 24_000, 16_000) == b""


@pytest.mark.parametrize("rates", [(0, 16_000), (16_000, -1)])
def test_rates_must_be_positive(rates: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        Resampler(*rates)
