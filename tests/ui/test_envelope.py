"""The outline of known sounds."""

from __future__ import annotations

import numpy as np
import pytest

from app.ui.envelope import CAPACITY, COLUMN_SAMPLES, Envelope


def column(low: int, high: int) -> bytes:
    samples = np.zeros(COLUMN_SAMPLES, "<i2")
    samples[3], samples[7] = low, high
    return samples.tobytes()


def test_each_column_has_the_lowest_and_the_highest_sample() -> None:
    envelope = Envelope()
    envelope.feed(column(-16384, 8192) + column(-32768, 32767))
    envelope.advance(2, is_live=True)
    assert envelope.columns[0, -2:] == pytest.approx([-0.5, -1.0])
    assert envelope.columns[1, -2:] == pytest.approx([0.25, 1.0], abs=1e-4)


def test_frames_of_any_length_give_the_same_columns() -> None:
    data = b"".join(column(-100 * n, 200 * n) for n in range(1, 13))
    whole, pieces = Envelope(), Envelope()
    whole.feed(data)
    for start in range(0, len(data), 77):
        pieces.feed(data[start : start + 77])
    whole.advance(12, is_live=True)
    pieces.advance(12, is_live=True)
    assert np.array_equal(whole.columns, pieces.columns)


def test_a_sound_that_is_always_above_zero_has_its_foot_at_zero() -> None:
    envelope = Envelope()
    envelope.feed(np.full(COLUMN_SAMPLES, 16384, "<i2").tobytes())
    envelope.advance(1, is_live=True)
    assert envelope.columns[:, -1] == pytest.approx([0, 0.5])


def test_a_late_frame_holds_a_live_sound_and_ends_a_dead_one() -> None:
    envelope = Envelope()
    envelope.feed(column(-16384, 16384))
    envelope.advance(3, is_live=True)
    assert envelope.columns[1, -3:] == pytest.approx([0.5, 0.5, 0.5])
    envelope.advance(2, is_live=False)
    assert envelope.columns[1, -2:] == pytest.approx([0, 0])


def test_the_past_is_dropped_when_too_much_waits() -> None:
    envelope = Envelope()
    envelope.feed(b"".join(column(0, 300 * n) for n in range(1, 101)))
    envelope.advance(100, is_live=False)
    assert envelope.columns[1].max() == pytest.approx(30_000 / 32_768, abs=1e-4)
    assert np.count_nonzero(envelope.columns[1]) < 10


def test_it_is_silent_again_when_all_has_scrolled_by() -> None:
    envelope = Envelope()
    assert envelope.is_silent(0)
    envelope.feed(column(-16384, 16384))
    assert not envelope.is_silent(0.01)
    for _ in range(2):
        envelope.advance(CAPACITY // 2 + 5, is_live=False)
    assert envelope.is_silent(0.01)
    assert envelope.columns.shape == (2, CAPACITY)


def test_how_loud_it_is_on_the_whole() -> None:
    envelope = Envelope()
    assert envelope.loudness(10) == 0
    envelope.columns[0, -5:] = -0.5
    envelope.columns[1, -5:] = 0.25
    assert envelope.loudness(10) == 0.25
    assert envelope.loudness(5) == 0.5
