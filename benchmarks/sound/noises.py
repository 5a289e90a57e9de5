"""Noises of a room that are nobody's turn. Floats in PCM16LE's scale, mono, at `RATE`."""

from __future__ import annotations

from typing import Final

import numpy as np

from tests.audio.room import FULL_SCALE
from tests.audio.signals import Samples, pink_noise, samples_of

RATE: Final = 16_000


def cough(seed: int) -> Samples:
    """Return a cough: a burst of air without a voice, and a shorter one after it."""
    random = np.random.default_rng(seed)
    bursts = [_burst(random, 0.004, 0.09, (350, 3_500)), np.zeros(int(0.09 * RATE))]
    bursts += [_burst(random, 0.01, 0.06, (350, 2_500)) * 0.6]
    return _at_peak(np.concatenate(bursts), -6)


def door(seed: int) -> Samples:
    """Return a slammed door: a low thud that rings on, with the click of the latch."""
    random = np.random.default_rng(seed)
    thud = _burst(random, 0.002, 0.12, (40, 350))
    latch = _burst(random, 0.001, 0.01, (1_000, 5_000))
    thud[: latch.size] += 0.3 * latch / np.abs(latch).max() * np.abs(thud).max()
    return _at_peak(thud, -3)


def typing(seconds: float, seed: int) -> Samples:
    """Return somebody typing fast beside the microphone: a key clicks going down and coming up."""
    random = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE))
    at = 0.1
    while at < seconds - 0.4:
        strength = random.uniform(0.5, 1.0)
        for offset, share in ((0.0, 1.0), (random.uniform(0.06, 0.11), 0.4)):
            click = _burst(random, 0.0005, random.uniform(0.004, 0.012), (500, 6_000))
            begin = int((at + offset) * RATE)
            sound[begin : begin + click.size] += click / np.abs(click).max() * strength * share
        # Words of five letters, and a moment's thought after some.
        at += random.uniform(0.09, 0.2) if random.random() < 0.85 else random.uniform(0.3, 1.2)
    return _at_peak(sound, -12)


def pink(seconds: float, db: float, seed: int) -> Samples:
    """Return pink noise at ``db`` of full scale."""
    return samples_of(pink_noise(seconds, FULL_SCALE * 10 ** (db / 20), RATE, seed))


def _burst(random: np.random.Generator, rise_s: float, decay_s: float, band: tuple[float, float]) -> Samples:
    """Return noise of a band of frequencies that rises fast and decays; ``decay_s`` is the time to 1/e."""
    size = int((rise_s + 5 * decay_s) * RATE)
    spectrum = np.fft.rfft(random.normal(size=size))
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    spectrum[(hertz < band[0]) | (hertz > band[1])] = 0
    at = np.arange(size) / RATE
    envelope = np.minimum(at / rise_s, 1) * np.exp(-np.maximum(at - rise_s, 0) / decay_s)
    burst: Samples = np.fft.irfft(spectrum, size) * envelope
    return burst


def _at_peak(sound: Samples, db: float) -> Samples:
    scaled: Samples = sound / np.abs(sound).max() * FULL_SCALE * 10 ** (db / 20)
    return scaled
