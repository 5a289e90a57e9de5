"""From the loudspeaker to the microphone, block by block. Floats in PCM16LE's scale, mono."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.audio.room import DELAY_S, DRIFT, ECHO_DB, impulse_response
from tests.audio.signals import Samples

SWING_S: Final = 0.01
"""Most seconds by which the drift may carry the delay away from its middle.

Two real clocks drift apart for ever; here both are the computer's, and a delay that grew for ever would be no
delay of this room any more. So the drift turns round, after `SWING_S` * 2 / `DRIFT` = 400 s.
"""


class EchoPath:
    """What a microphone hears of a loudspeaker in a room, sample for sample.

    Args:
        rate: Sample rate in Hz.
        delay_s: Seconds that the path adds, in the middle of the drift.
        drift: Speed at which the delay changes.
    """

    def __init__(self, rate: int, delay_s: float = DELAY_S, drift: float = DRIFT) -> None:
        self._rate = rate
        self.delay_s = delay_s
        self._response = impulse_response(rate) * 10 ** (ECHO_DB / 20)
        self._spectra: dict[int, NDArray[np.complex128]] = {}
        self._tail = np.zeros(self._response.size - 1)
        self._heard = np.zeros(0)
        self._first = 0
        """Position of the first sample of `_heard` since the beginning."""
        self._at = 0
        self._drift = drift

    def push(self, played: Samples) -> Samples:
        """Return what arrives while ``played`` is played: as many samples."""
        self._heard = np.concatenate((self._heard, self._reverberated(played)))
        now = np.arange(self._at, self._at + played.size)
        self._at += played.size
        sought = now - self._delays(now) - self._first
        whole = np.floor(sought).astype(int)
        part = sought - whole
        if whole[0] < 1:  # before the beginning there was silence
            missing = 1 - int(whole[0])
            self._heard = np.concatenate((np.zeros(missing), self._heard))
            self._first -= missing
            whole += missing
        a, b, c, d = (
            self._heard[np.minimum(whole + offset, self._heard.size - 1)] for offset in (-1, 0, 1, 2)
        )
        # Cubic interpolation (Catmull-Rom).
        arrived: Samples = b + part / 2 * (
            c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
        )
        # Kept is what a delay that swings back, or is set anew, may still ask for.
        spare = self._heard.size - self._rate // 2
        if spare > 0:
            self._heard = self._heard[spare:]
            self._first += spare
        return arrived

    def _delays(self, now: NDArray[np.signedinteger]) -> Samples:
        """Return the delay of each sample, in samples: a triangle around `delay_s`."""
        swing = SWING_S * self._rate
        if not self._drift:
            return np.full(now.size, self.delay_s * self._rate)
        phase = (now * self._drift + swing) % (4 * swing)
        delays: Samples = self.delay_s * self._rate + swing - np.abs(phase - 2 * swing)
        return delays

    def _reverberated(self, played: Samples) -> Samples:
        size = 1 << (played.size + self._tail.size).bit_length()
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self._response, size)
        whole: Samples = np.fft.irfft(np.fft.rfft(played, size) * self._spectra[size], size)
        whole = whole[: played.size + self._tail.size]
        whole[: self._tail.size] += self._tail
        self._tail = whole[played.size :].copy()
        return whole[: played.size]
