from __future__ import annotations

import numpy as np
import pytest

from benchmarks.sound.noises import RATE, cough, door, pink, typing
from tests.audio.signals import Samples


def share_below(sound: Samples, hertz: float) -> float:
    powers = np.abs(np.fft.rfft(sound)) ** 2
    return float(powers[np.fft.rfftfreq(sound.size, 1 / RATE) < hertz].sum() / powers.sum())


def test_a_door_is_low_and_a_cough_is_not() -> None:
    assert share_below(door(1), 400) > 0.9
    assert share_below(cough(1), 400) < 0.3


def test_each_seed_is_another_cough() -> None:
    assert np.array_equal(cough(1), cough(1))
    assert not np.array_equal(cough(1), cough(2))


def test_typing_is_clicks_with_silence_in_between() -> None:
    sound = typing(10, 1)
    blocks = np.abs(sound).reshape(-1, 160).max(axis=1)
    assert sound.size == 10 * RATE
    assert 0.05 < (blocks > blocks.max() / 30).mean() < 0.5


def test_pink_noise_is_as_loud_as_was_asked_for() -> None:
    level = 20 * np.log10(pink(2, -30, 1).std() / 32_768)
    assert level == pytest.approx(-30, abs=0.1)
