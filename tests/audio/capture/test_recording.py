from __future__ import annotations

import math

import pytest

from app.audio.capture.recording import FLOOR_DB, Level, Recording, Verdict
from tests.audio.signals import tone

RATE = 16_000


def at(db: float) -> bytes:
    """Return 20 ms of a tone whose peak is ``db`` below full scale."""
    return tone(1000, RATE, 0.02, 32767 * 10 ** (db / 20))


def recording(*frames: bytes) -> Recording:
    return Recording(b"".join(frames), RATE, tuple(map(Level.of, frames)))


def test_the_level_of_a_tone() -> None:
    level = Level.of(at(-20))
    assert level.peak_db == pytest.approx(-20, abs=0.1)
    assert level.rms_db == pytest.approx(-20 - 10 * math.log10(2), abs=0.1)


@pytest.mark.parametrize("pcm", [b"", bytes(640)])
def test_the_level_of_silence_is_a_number(pcm: bytes) -> None:
    assert Level.of(pcm) == Level(FLOOR_DB, FLOOR_DB)
    assert Level.of(b"\1\0" * 320).peak_db == pytest.approx(-90.3, abs=0.1)


@pytest.mark.parametrize(
    ("frames", "verdict"),
    [
        ([], Verdict.NOTHING),
        ([bytes(640)] * 150, Verdict.SILENCE),
        ([at(-62)] * 150, Verdict.SILENCE),
        ([at(-58)] * 150, Verdict.QUIET),
        ([at(-45)] * 150, Verdict.QUIET),
        ([at(-60)] * 140 + [at(-12)] * 10, Verdict.QUIET),  # a knock, and nobody speaks
        ([at(-60)] * 130 + [at(-40)] * 20, Verdict.GOOD),
        ([at(-70)] * 75 + [at(-12)] * 75, Verdict.GOOD),
        ([at(-1)] * 150, Verdict.GOOD),
        ([at(-12)] * 148 + [at(0)] * 2, Verdict.GOOD),
        ([at(-12)] * 147 + [at(0)] * 3, Verdict.CLIPPING),
        ([at(-70)] * 100 + [b"\xff\x7f\x00\x80" * 160] * 50, Verdict.CLIPPING),
    ],
)
def test_the_verdict(frames: list[bytes], verdict: Verdict) -> None:
    assert recording(*frames).verdict is verdict


def test_every_verdict_is_a_sentence_and_but_for_the_good_one_a_next_step() -> None:
    for verdict in Verdict:
        assert verdict.value.endswith(".")
        assert verdict is Verdict.GOOD or verdict.value.count(".") == 2


def test_its_figures() -> None:
    found = recording(*[at(-60)] * 75, *[at(-20)] * 75)
    assert found.seconds == pytest.approx(3.0)
    assert found.peak_db == pytest.approx(-20, abs=0.1)
    assert found.speech_db == pytest.approx(-23, abs=0.1)
    nothing = recording()
    assert (nothing.seconds, nothing.peak_db, nothing.speech_db) == (0.0, FLOOR_DB, FLOOR_DB)
