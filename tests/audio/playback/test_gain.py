from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from app.audio.playback.gain import DUCK_DB, RESTORE_MS, Gain, scaled
from tests.audio.signals import Samples, pcm_of, samples_of

_BLOCK = pcm_of(np.full(240, 10_000.0))  # 10 ms at 24 kHz


def _blocks(gain: Gain, count: int) -> Samples:
    return np.concatenate([samples_of(gain.apply(_BLOCK, 10)) for _ in range(count)])


def test_full_volume_is_the_very_same_block() -> None:
    assert Gain().apply(_BLOCK, 10) is _BLOCK


@pytest.mark.parametrize("volume", [0.0, 0.5, 1.0])
def test_a_new_volume_is_reached_within_one_block_and_without_a_step(volume: float) -> None:
    gain = Gain()
    gain.volume = 0.75
    _blocks(gain, 1)
    gain.volume = volume
    heard = _blocks(gain, 3)
    assert heard[0] == 7_500
    assert (heard[239:] == round(10_000 * volume)).all()
    assert abs(np.diff(heard)).max() <= 10_000 * 0.75 / 239 + 1


@pytest.mark.parametrize(("asked", "given"), [(-1.0, 0.0), (7.0, 1.0), (0.3, 0.3)])
def test_volume_is_held_to_its_range(asked: float, given: float) -> None:
    gain = Gain()
    gain.volume = asked
    assert gain.volume == given


def test_a_duck_is_down_after_one_block_and_comes_back_slowly() -> None:
    gain = Gain()
    gain.is_ducked = True
    down = _blocks(gain, 2)
    softly = 10_000 * 10 ** (DUCK_DB / 20)
    assert DUCK_DB <= -20
    assert down[239:] == pytest.approx(softly, abs=1)
    gain.is_ducked = False
    up = _blocks(gain, 20)
    full = int((up >= 9_999).argmax())
    assert full / 24 == pytest.approx(RESTORE_MS, abs=10)
    assert (np.diff(up) >= 0).all()
    assert abs(np.diff(up)).max() < 20


def test_a_duck_is_relative_to_the_volume() -> None:
    gain = Gain()
    gain.volume, gain.is_ducked = 0.5, True
    assert _blocks(gain, 2)[-1] == pytest.approx(5_000 * 10 ** (DUCK_DB / 20), abs=1)


def test_what_changes_in_silence_is_there_with_the_first_sample() -> None:
    gain = Gain()
    gain.is_ducked = True
    _blocks(gain, 2)
    gain.is_ducked, gain.volume = False, 0.5
    gain.settle()
    assert set(_blocks(gain, 1)) == {5_000}


def test_a_duck_from_another_thread_counts_from_the_next_block_on() -> None:
    gain = Gain()
    thread = threading.Thread(target=lambda: setattr(gain, "is_ducked", True))
    thread.start()
    thread.join()
    assert _blocks(gain, 1)[-1] < 1_000


def test_samples_are_rounded_and_never_overflow() -> None:
    assert list(samples_of(scaled(pcm_of(np.array([-32768.0, 32767.0, 3.0, -3.0])), 0.5))) == [
        -16_384,
        16_384,
        2,
        -2,
    ]


def test_a_block_costs_microseconds() -> None:
    gain = Gain()
    spent = []
    for number in range(2_000):
        gain.volume = 0.5 + 0.1 * (number % 2)
        begun = time.thread_time()
        gain.apply(_BLOCK, 10)
        spent.append(time.thread_time() - begun)
    assert np.median(spent) < 50e-6, "15 us are usual, and pure Python takes over 100"
