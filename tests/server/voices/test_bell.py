from __future__ import annotations

import numpy as np
import pytest

from app.server.voices.bell import ring
from tests.audio.signals import level_db, samples_of


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 48_000])
def test_it_rings_for_one_point_three_seconds_at_any_rate(rate: int) -> None:
    sound = samples_of(ring(rate))
    assert sound.size == pytest.approx(1.3 * rate, abs=1)
    assert np.abs(sound).max() == pytest.approx(0.35 * 32_767, abs=1)


def test_it_begins_and_ends_without_a_click() -> None:
    sound = samples_of(ring(16_000))
    assert abs(sound[0]) < 50
    assert abs(sound[-1]) < 50


def test_there_are_three_strokes() -> None:
    sound = np.abs(samples_of(ring(16_000)))
    loudness = [sound[int(at * 16_000) : int((at + 0.02) * 16_000)].max() for at in np.arange(0, 1.2, 0.02)]
    strokes = [i for i in range(1, len(loudness)) if loudness[i] > 1.5 * loudness[i - 1]]
    assert len(strokes) + 1 == 3


def test_a_low_rate_has_no_tone_it_cannot_carry() -> None:
    # 2640 Hz sounds at 16 kHz; at 5 kHz it would be heard as 2360 Hz.
    assert level_db(ring(16_000), 16_000, 2_640) > level_db(ring(5_000), 5_000, 2_360) + 20
