"""What recordings say: where one sound lies in another, how loud it is there, when it ends, whether it has
gaps.

Everything is floats in PCM16LE's scale, mono, and a rate in Hz; times are seconds from the first sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.audio.signals import Samples

ONSET_DB: Final = -30.0
"""Level of 5 ms, below that of the speech, at which a recording of speech begins."""

STEP_S: Final = 0.005
WINDOW_S: Final = 0.01
"""Levels are those of 10 ms, every 5 ms."""

AUDIBLE: Final = 60.0
"""RMS from which a piece of the reference tells how loud it is played: -55 dB of full scale."""

SILENT: Final = 8.0
"""Largest sample of what counts as silence: the sound server's rounding."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sound was found in a recording.

    Attributes:
        at: Sample of the recording at which it begins; below 0 if its beginning is missing.
        likeness: Correlation there, up to 1.
        clarity: How many times the correlation exceeds what it is elsewhere (RMS); chance alone makes 5.
    """

    at: int
    likeness: float
    clarity: float


def find(
    sought: Samples, recording: Samples, *, is_changed: bool = False, expected: int | None = None
) -> Place:
    """Return where ``sought`` is most alike ``recording``; part of it may be beyond either end.

    Args:
        sought: What is looked for.
        recording: Where.
        is_changed: Whether it was cleaned, filtered or mixed on the way. All frequencies then count alike,
        since a
            voice is almost as much like itself a pitch period later (Knapp and Carter, "The generalized
            correlation method for estimation of time delay", 1976).
        expected: Where it is to be taken to be, within 0.5 ms, unless it is far more alike elsewhere. Far
            away that may be chance, as with the hum at the end of "down": what sounds like it here is it.
    """
    size = 1 << (sought.size + recording.size).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sought, size))
    if is_changed:
        strength = np.abs(spectrum)
        spectrum /= strength**_WHITENING + 1e-9 * strength.max() ** _WHITENING
    product = np.fft.irfft(spectrum, size)
    at = int(product.argmax())
    if expected is not None:
        near = np.arange(expected - _NEAR, expected + _NEAR + 1)
        best = int(near[product[near].argmax()])
        is_there = product[best] > product[at] * _FAR_LESS
        if is_there or (abs(at - expected) > _FAR and _sounds_like(sought, recording, expected)):
            at = best
    clarity = float(product[at] / max(product.std(), 1e-12))
    if at > recording.size:
        at -= size
    return Place(at, _likeness(sought, recording, at), clarity)


def _likeness(sought: Samples, recording: Samples, at: int) -> float:
    """Return the correlation, up to 1, of ``sought`` with what is in ``recording`` from sample ``at`` on."""
    begin, end = max(at, 0), min(at + sought.size, recording.size)
    if begin >= end:
        return 0.0
    there, here = recording[begin:end], sought[begin - at : end - at]
    power = float(np.sqrt((there**2).sum() * (here**2).sum()))
    return float((there * here).sum()) / power if power else 0.0


def _sounds_like(sought: Samples, recording: Samples, at: int) -> bool:
    """Return whether ``sought`` is much like what is in ``recording`` next to sample ``at``.

    Cleaning delays low frequencies by some milliseconds against the high ones that tell the place.
    """
    return any(_likeness(sought, recording, at + by) > _ALIKE for by in range(-_SLIP, _SLIP + 1, 4))


_NEAR: Final = 8
_FAR_LESS: Final = 0.5

_FAR: Final = 1_600
"""Samples (0.1 s at 16 kHz) from which on another place is far away."""

_SLIP: Final = 80
_ALIKE: Final = 0.8
_WHITENING: Final = 0.8
"""Exponent that evens out the frequencies; 1.0 would do so wholly and make as much of their noise."""


def onset(speech: Samples, rate: int) -> int:
    """Return the sample at which somebody begins to speak in a recording without noise."""
    powers = _levels(speech, rate // 200) ** 2
    loud = powers[powers > powers.max() / 1000].mean()
    return int(np.argmax(powers > loud * 10 ** (ONSET_DB / 10))) * (rate // 200)


def ending(sound: Samples) -> int:
    """Return the sample after the last audible one; 0 if all is silent."""
    audible = np.flatnonzero(np.abs(sound) > SILENT)
    return int(audible[-1]) + 1 if audible.size else 0


_TOLD: Final = 0.6
"""Share of a while in which the reference must be audible to tell how loud it is played."""

_PAUSE_DB: Final = 40.0
"""Decibels below the usual level from which nothing is played at all."""


@dataclass(frozen=True, slots=True)
class Gains:
    """How loud a reference is played, over time.

    Attributes:
        times: Middle of each window in which the reference is audible, in seconds.
        db: Level there relative to the reference.
    """

    times: Samples
    db: Samples

    def fell_at(self, by_db: float, since: float, until: float) -> float | None:
        """Return when between two times it became ``by_db`` softer than it was just before ``since``."""
        usual = self._usual(since)
        soft = (self.times >= since) & (self.times <= until) & (self.db <= usual - by_db)
        return float(self.times[np.argmax(soft)]) if soft.any() else None

    def falls(self, by_db: float, lasting_s: float = 0.25) -> list[float]:
        """Return each time from which it was softer by ``by_db`` for a while; a pause is no fall.

        The level is the median over ``lasting_s``: after a gap in what is played a reference that is compared
        at another place scatters around the usual level, and does not stay below it.
        """
        usual = float(np.median(self.db)) if self.db.size else 0.0
        is_played = self.db > usual - _PAUSE_DB
        times, db = self.times[is_played], self.db[is_played] - usual
        fallen: list[float] = []
        is_soft = False
        begin = 0
        for end in range(times.size):
            while times[end] - times[begin] > lasting_s:
                begin += 1
            if (end - begin + 1) * STEP_S < _TOLD * lasting_s:
                continue  # too little was said in it
            level = float(np.median(db[begin : end + 1]))
            if not is_soft and level <= -by_db:
                fallen.append(float(times[begin + int(np.argmax(db[begin : end + 1] <= -by_db))]))
                is_soft = True
            elif level > -by_db / 2:
                is_soft = False
        return fallen

    def _usual(self, until: float) -> float:
        before = self.db[(self.times < until) & (self.times > until - 1.0)]
        return float(np.median(before)) if before.size else 0.0


def gains(reference: Samples, heard: Samples, rate: int) -> Gains:
    """Return how loud ``reference`` is played in ``heard``, which begins with the same sample."""
    window, step = int(rate * WINDOW_S), int(rate * STEP_S)
    size = min(reference.size, heard.size)
    meant, played = (_levels(samples[:size], window, step) for samples in (reference, heard))
    told = meant > AUDIBLE
    times = (np.arange(meant.size) * step + window / 2) / rate
    return Gains(times[told], 20 * np.log10(np.maximum(played[told], 0.1) / meant[told]))


def quiet_until(reference: Samples, rate: int, begin: float, longest_s: float = 0.05) -> float | None:
    """Return the end of the last pause of more than ``longest_s`` within 0.5 s of ``begin``."""
    window = reference[int(begin * rate) : int((begin + 0.5) * rate)]
    levels = _levels(window, rate // 100)
    run = 0
    last = None
    for number, level in enumerate(levels):
        run = run + 1 if level <= AUDIBLE else 0
        if run * 0.01 > longest_s:
            last = begin + (number + 1) * 0.01
    return last


def breaks(wave: Samples, rate: int, hertz: float) -> int:
    """Return how often a steady sine is broken: by silence, by a gap or by a repeated piece.

    Its phase is compared with that of an unbroken one, 10 ms at a time.
    """
    window = int(rate * WINDOW_S)
    whole = wave[: wave.size // window * window].reshape(-1, window)
    at = np.arange(whole.size).reshape(-1, window) / rate
    spectrum = (whole * np.exp(-2j * np.pi * hertz * at)).mean(axis=1)
    usual = np.median(np.abs(spectrum))
    turned = np.abs(np.angle(spectrum[1:] * np.conj(spectrum[:-1])))
    is_broken = (
        (turned > _TURN) | (np.abs(spectrum[1:]) < usual * _WEAK) | (np.abs(spectrum[:-1]) < usual * _WEAK)
    )
    # A break touches up to three windows in a row.
    starts = is_broken & ~np.concatenate(([False], is_broken[:-1]))
    return int(starts.sum())


_TURN: Final = 0.2
"""Radians by which the phase may turn in 10 ms: a break turns it by any angle, resampling by none."""

_WEAK: Final = 0.9
"""Share of the usual amplitude below which a window is broken: 1 ms of silence."""


def _levels(samples: Samples, window: int, step: int = 0) -> Samples:
    """Return the RMS of each window."""
    step = step or window
    if samples.size < window:
        return np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(samples**2)))
    begins = np.arange(0, samples.size - window + 1, step)
    levels: Samples = np.sqrt(np.maximum(sums[begins + window] - sums[begins], 0) / window)
    return levels
