"""What a microphone hears besides voices, synthesised: floats in PCM16LE's scale, mono, at 16 kHz."""

from __future__ import annotations

from typing import Final

import numpy as np

from tests.audio.signals import Samples

RATE: Final = 16_000
FULL_SCALE: Final = 32768.0


def _band(samples: Samples, low: float, high: float) -> Samples:
    """Return what lies between two frequencies in Hz."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(samples.size, 1 / RATE)
    spectrum[(hertz < low) | (hertz > high)] = 0
    result: Samples = np.fft.irfft(spectrum, samples.size)
    return result


def _peaking(samples: Samples, db: float) -> Samples:
    return samples / max(float(abs(samples).max()), 1e-9) * FULL_SCALE * 10 ** (db / 20)


def click(random: np.random.Generator, peak_db: float = -12.0) -> Samples:
    """Return a key that is struck: a bright burst of 3 ms, its stop 12 ms later, and its body's ring."""
    size = RATE // 10
    time = np.arange(size) / RATE
    burst = _band(random.normal(size=size), 1500, 7500) * np.exp(-time / 0.0025)
    bottom = np.roll(_band(random.normal(size=size), 500, 5000) * np.exp(-time / 0.004), int(0.012 * RATE))
    bottom[: int(0.012 * RATE)] = 0
    ring = np.sin(2 * np.pi * random.uniform(250, 600) * time) * np.exp(-time / 0.02)
    return _peaking(burst + 0.8 * bottom + 0.4 * ring, peak_db)


def typing(seconds: float, keys_per_s: float = 6.0, peak_db: float = -18.0, seed: int = 1) -> Samples:
    """Return keys struck in bursts with pauses to think, each pressed and released."""
    random = np.random.default_rng(seed)
    result = np.zeros(int(seconds * RATE))
    at = 0.2
    while at < seconds - 0.4:
        for offset, softer in ((0.0, 0.0), (random.uniform(0.06, 0.11), 9.0)):
            sound = click(random, peak_db - softer + random.uniform(-5, 3))
            start = int((at + offset) * RATE)
            part = sound[: result.size - start]
            result[start : start + part.size] += part
        at += random.exponential(1 / keys_per_s) + 0.05 + (random.random() < 0.06) * random.uniform(0.5, 2)
    return result


def cough(peak_db: float = -8.0, seed: int = 1) -> Samples:
    """Return a cough: a burst of breath, then a hoarse end (Korpas, "Analysis of the cough sound", 1996)."""
    random = np.random.default_rng(seed)
    size = int(0.45 * RATE)
    time = np.arange(size) / RATE
    breath = _band(random.normal(size=size), 300, 5000)
    burst = breath * np.exp(-time / 0.05) * np.minimum(time / 0.004, 1)
    middle = breath * 0.35 * np.exp(-(((time - 0.17) / 0.09) ** 2))
    pitch = 2 * np.pi * np.cumsum(random.uniform(150, 260) * (1 - 0.6 * time)) / RATE
    hoarse = _band(np.sign(np.sin(pitch)) * random.uniform(0.4, 1, size), 200, 2500)
    hoarse *= 0.3 * np.exp(-(((time - 0.3) / 0.06) ** 2))
    return _peaking(burst + middle + hoarse, peak_db)


def door_slam(peak_db: float = -6.0, seed: int = 1) -> Samples:
    """Return a slammed door: a thud below 300 Hz, the latch's click, and the room."""
    random = np.random.default_rng(seed)
    size = int(0.6 * RATE)
    time = np.arange(size) / RATE
    thud = _band(random.normal(size=size), 40, 300) * np.exp(-time / 0.07)
    latch = 0.5 * _band(random.normal(size=size), 800, 6000) * np.exp(-time / 0.012)
    room = 0.1 * _band(random.normal(size=size), 60, 2500) * np.exp(-time / 0.15)
    return _peaking(thud + latch + room, peak_db)


def music(seconds: float, rms_db: float = -38.0, seed: int = 1) -> Samples:
    """Return soft music: plucked strings with harmonics, a bass and a brushed drum; 100 beats a minute."""
    random = np.random.default_rng(seed)
    result = np.zeros(int(seconds * RATE))
    beat = int(0.6 * RATE)
    length = np.arange(2 * beat) / RATE
    roots = (110.0, 87.31, 130.81, 98.0)
    for number, start in enumerate(range(0, result.size - 2 * beat, beat // 2)):
        root = roots[number // 8 % 4]
        note = root * 2 ** (random.choice((0, 4, 7, 12, 16, 19)) / 12) * 2
        sound = sum(
            np.sin(2 * np.pi * note * k * length + random.uniform(0, 6))
            / k**1.3
            * np.exp(-length * (1.5 + k))
            for k in range(1, 9)
        )
        if number % 2 == 0:
            sound = sound + 1.2 * np.sin(2 * np.pi * root * length) * np.exp(-length * 2)
        if number % 4 == 2:
            brush = _band(random.normal(size=length.size), 2000, 7500)
            sound = sound + 0.5 * brush * np.exp(-length / 0.03)
        result[start : start + length.size] += sound
    return result / max(float(result.std()), 1e-9) * FULL_SCALE * 10 ** (rms_db / 20)
