from __future__ import annotations

import numpy as np
import pytest

from benchmarks.sound.hearing import breaks, ending, find, gains, onset, quiet_until
from tests.audio.signals import Samples, samples_of, tone

RATE = 16_000


def noise(seconds: float, rms: float = 2_000, seed: int = 1) -> Samples:
    samples: Samples = np.random.default_rng(seed).normal(size=int(seconds * RATE)) * rms
    return samples


def voice(seconds: float, hertz: float = 200) -> Samples:
    """Return a buzz that is like itself a period later, as a voice is."""
    samples: Samples = np.zeros(int(seconds * RATE))
    samples[:: int(RATE / hertz)] = 8_000
    return samples + noise(seconds, 200)


@pytest.mark.parametrize("at", [0, 4_321, -500, 9_000])
def test_a_sound_is_found_wherever_it_lies(at: int) -> None:
    sought = noise(0.5)
    recording = noise(1.0, 500, seed=2)
    begin, end = max(at, 0), min(at + sought.size, recording.size)
    recording[begin:end] += sought[begin - at : end - at]
    place = find(sought, recording)
    assert place.at == at
    assert place.likeness > 0.9


def test_what_is_not_there_is_not_alike() -> None:
    place = find(noise(0.5), noise(1.0, seed=2))
    assert place.likeness < 0.2
    assert place.clarity < 6


def test_a_changed_voice_is_not_found_a_period_off() -> None:
    said = voice(1.0)
    received = np.concatenate((np.zeros(3_000), said, np.zeros(1_000)))
    received = np.convolve(received, np.exp(-np.arange(60) / 10) * np.cos(np.arange(60)))[: received.size]
    found = find(said, received, is_changed=True)
    assert abs(found.at - 3_000) <= 8
    assert found.clarity > 7


def test_what_is_expected_counts_unless_it_is_far_more_alike_elsewhere() -> None:
    said = noise(0.5)
    recording = np.concatenate((said * 0.6, said))
    assert find(said, recording, expected=0).at == 0
    assert find(said, recording, expected=2_000).at == said.size


def test_speech_begins_where_it_rises_above_the_floor() -> None:
    speech = np.concatenate((noise(0.3, 2), noise(0.5, 3_000)))
    assert onset(speech, RATE) == pytest.approx(0.3 * RATE, abs=RATE // 200)


def test_a_sound_ends_with_its_last_audible_sample() -> None:
    assert ending(np.array([0, 900, -900, 3, -2])) == 3
    assert ending(np.zeros(100)) == 0


def test_a_duck_is_seen_where_it_is_done() -> None:
    reference = noise(3.0)
    heard = reference.copy()
    fade, low = int(1.5 * RATE), int(1.52 * RATE)
    heard[fade:low] *= np.linspace(1, 0.1, low - fade)
    heard[low : 2 * RATE] *= 0.1
    found = gains(reference, heard, RATE)
    assert found.fell_at(19, since=1.0, until=2.5) == pytest.approx(1.52, abs=0.01)
    assert found.fell_at(19, since=2.1, until=2.5) is None
    assert found.falls(15) == [pytest.approx(1.52, abs=0.015)]


def test_a_duck_counts_once_however_it_trembles() -> None:
    reference = noise(3.0)
    heard = reference.copy()
    heard[RATE : 2 * RATE] *= np.tile(np.repeat([0.1, 0.25], 800), 10)
    assert len(gains(reference, heard, RATE).falls(15)) == 1


def test_a_gap_after_which_everything_comes_later_is_no_fall() -> None:
    reference = samples_of(tone(440, RATE, 6.0)) * np.abs(np.sin(np.arange(6 * RATE) * 2 * np.pi * 3 / RATE))
    heard = np.insert(reference, 2 * RATE, np.zeros(RATE // 8))[: reference.size]
    assert gains(reference, heard, RATE).db.min() < -15
    assert gains(reference, heard, RATE).falls(15) == []


def test_a_pause_tells_nothing() -> None:
    reference = np.concatenate((noise(1.0), np.zeros(RATE), noise(1.0)))
    found = gains(reference, reference.copy(), RATE)
    assert not ((found.times > 1.01) & (found.times < 1.99)).any()
    assert found.falls(6) == []


def test_pauses_ahead_are_seen() -> None:
    reference = np.concatenate((noise(1.0), np.zeros(RATE // 5), noise(1.0)))
    assert quiet_until(reference, RATE, 0.2) is None
    assert quiet_until(reference, RATE, 0.8) == pytest.approx(1.2, abs=0.02)


def test_a_steady_tone_has_no_breaks() -> None:
    assert breaks(samples_of(tone(440, RATE, 5)), RATE, 440) == 0


@pytest.mark.parametrize("gap", ["silence", "skip", "repeat"])
def test_every_break_of_a_tone_is_counted_once(gap: str) -> None:
    wave = samples_of(tone(440, RATE, 5))
    for at in (10_000, 30_011, 60_037):
        if gap == "silence":
            wave[at : at + 40] = 0
        elif gap == "skip":
            wave = np.delete(wave, slice(at, at + 170))
        else:
            wave = np.insert(wave, at, wave[at - 170 : at])
    assert breaks(wave, RATE, 440) == 3
