"""An open loudspeaker in a room, and what else a microphone hears in one. Floats in PCM16LE's scale, mono."""

from __future__ import annotations

from typing import Final

import numpy as np

from tests.audio.signals import Samples

ECHO_DB: Final = -12.0
DELAY_S: Final = 0.06
REVERBERATION_S: Final = 0.2
"""Seconds in which the reverberation falls by 60 dB."""

DRIFT: Final = 50e-6
"""Share by which the microphone's clock is slower than the loudspeaker's."""

FULL_SCALE: Final = 32768.0


def impulse_response(rate: int, reverberation_s: float = REVERBERATION_S, seed: int = 1) -> Samples:
    """Return a room's answer to a click: the direct sound and, as strong in sum, a tail of noise that decays.

    (Moorer, "About this reverberation business", 1979: a diffuse tail is noise with an exponential envelope.)
    """
    random = np.random.default_rng(seed)
    size = int(rate * reverberation_s)
    tail = random.normal(size=size) * 10 ** (-3 * np.arange(size) / size)
    tail[: rate // 500] = 0  # the first reflection comes from half a metre away
    response: Samples = tail / np.sqrt((tail**2).sum())
    response[0] = 1
    response /= np.sqrt((response**2).sum())
    return response


class Room:
    """What a microphone hears of a loudspeaker, block by block.

    Args:
        rate: Sample rate in Hz.
        echo_db: Level of the echo relative to what is played.
        delay_s: Seconds until it begins.
        reverberation_s: Seconds in which it falls by 60 dB.
        drift: Share by which the microphone's clock is slower than the loudspeaker's.
        seed: Which room.
    """

    def __init__(
        self,
        rate: int,
        *,
        echo_db: float = ECHO_DB,
        delay_s: float = DELAY_S,
        reverberation_s: float = REVERBERATION_S,
        drift: float = DRIFT,
        seed: int = 1,
    ) -> None:
        self._response = impulse_response(rate, reverberation_s, seed) * 10 ** (echo_db / 20)
        self._tail = np.zeros(self._response.size - 1)
        self._heard = np.zeros(max(4, int(rate * delay_s)))
        self._position = 1.0
        self._step = 1 + drift

    def hear(self, played: Samples) -> Samples:
        """Return what arrives while ``played`` is played; of the same length but for the drift."""
        size = 1 << (played.size + self._tail.size).bit_length()
        whole = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(self._response, size), size)
        whole = whole[: played.size + self._tail.size]
        whole[: self._tail.size] += self._tail
        self._tail = whole[played.size :].copy()
        self._heard = np.concatenate((self._heard, whole[: played.size]))
        return self._drifted()

    def _drifted(self) -> Samples:
        """Return what has been heard by the microphone's clock: cubic interpolation (Catmull-Rom)."""
        last = self._heard.size - 3
        at = np.arange(self._position, last, self._step)
        if not at.size:
            return np.zeros(0)
        whole = at.astype(int)
        part = at - whole
        a, b, c, d = (self._heard[whole + offset] for offset in (-1, 0, 1, 2))
        result: Samples = b + part / 2 * (
            c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
        )
        following = at[-1] + self._step
        used = int(following) - 1
        self._heard = self._heard[used:]
        self._position = following - used
        return result


def at_level(samples: Samples, db: float) -> Samples:
    """Return a recording with its speech at ``db`` of full scale: silence is not counted."""
    frames = samples[: samples.size // 160 * 160].reshape(-1, 160)
    powers = (frames**2).mean(axis=1)
    loud = powers[powers > powers.max() / 1000]
    return samples * (FULL_SCALE * 10 ** (db / 20) / float(np.sqrt(loud.mean())))
