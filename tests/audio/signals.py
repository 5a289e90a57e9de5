"""Signals to test with, and what to look for in them. Everything is PCM16LE mono."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]


def samples_of(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float64)


def pcm_of(samples: Samples) -> bytes:
    return bytes(np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes())


def tone(hertz: float, rate: int, seconds: float, amplitude: float = 16_000) -> bytes:
    return pcm_of(amplitude * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate))


def pink_noise(seconds: float, rms: float, rate: int = 16_000, seed: int = 1) -> bytes:
    """Return noise whose power falls by 3 dB per octave, as that of fans and streets does."""
    random = np.random.default_rng(seed)
    size = int(rate * seconds)
    spectrum = random.normal(size=size // 2 + 1) + 1j * random.normal(size=size // 2 + 1)
    spectrum[0] = 0
    spectrum[1:] /= np.sqrt(np.arange(1, spectrum.size))
    noise = np.fft.irfft(spectrum, size)
    return pcm_of(noise / noise.std() * rms)


def level_db(pcm: bytes, rate: int, hertz: float) -> float:
    """Return the level in dB of full scale of one frequency, the first and last eighth left out."""
    samples = samples_of(pcm)
    middle = samples[len(samples) // 8 : -len(samples) // 8]
    window = np.hanning(middle.size)
    wave = np.exp(-2j * np.pi * hertz * np.arange(middle.size) / rate)
    amplitude = 2 * abs((middle * window * wave).sum()) / window.sum()
    return float(20 * np.log10(max(amplitude, 1e-9) / 32768))


def align(heard: bytes, said: bytes) -> tuple[int, float]:
    """Return the sample of ``heard`` at which ``said`` begins, and how well they correlate there (to 1.0)."""
    there, sought = samples_of(heard), samples_of(said)
    size = 1 << (there.size + sought.size).bit_length()
    spectrum = np.fft.rfft(there, size) * np.conj(np.fft.rfft(sought, size))
    start = int(np.fft.irfft(spectrum, size)[: max(1, there.size - sought.size + 1)].argmax())
    part = there[start : start + sought.size]
    return start, float(np.corrcoef(part, sought[: part.size])[0, 1])
