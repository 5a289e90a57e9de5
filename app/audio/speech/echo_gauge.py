"""How far a microphone's sound rises above the echo that is to be expected: who speaks over the character.

A canceller takes a voice's first syllable for echo and holds it back for 50 to 150 ms (WebRTC's, measured).
The power that an echo adds can be foretold without its phase: it is that of the last `TAPS` frames that were
played, in bands, each with a weight that is learnt by normalised least mean squares (Haykin, "Adaptive filter
theory"). Drift and jitter of the clocks are far below a frame and do not matter.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from app.core.audio_format import FRAME_MS, FULL_SCALE, AudioFormat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EDGES_HZ: Final = (100, 400, 900, 1800, 3500, 7500)
"""Where bands begin and end; wider ones higher up, as ears and voices have them."""

TAPS: Final = 20
"""Frames in which an echo may arrive: 400 ms, a Bluetooth loudspeaker and a room."""

FIRST_WEIGHT: Final = 0.15
"""Weight of every tap before anything is learnt: an echo of +5 dB, so that nothing is taken for a voice."""

LEARNING: Final = 0.05
"""Step of the weights (normalised least mean squares)."""

MARGIN_STEP: Final = 0.02
"""Step, in nepers a frame, with which a band's expectation follows the median of what is heard."""

FLOOR_S: Final = 1.5
"""Seconds whose quietest frame is the room's noise."""

FLOOR_MARGIN: Final = 2.5
"""Power of the noise relative to its quietest frame."""

QUIETEST: Final = 1e-8
"""Mean square below which nothing counts in any band: -80 dB of full scale."""

LONGEST_QUEUE: Final = 3
"""Frames of the far end that may wait for theirs of the near end; more, and the clocks have drifted apart."""

LOUD_ECHO: Final = 10.0
"""How many times the power of the noise an echo has from which its canceller can be judged."""


class EchoGauge:
    """Learns how loud the echo is and says how far a frame rises above it.

    Args:
        rate: Sample rate in Hz of both sides.
    """

    def __init__(self, rate: int) -> None:
        import numpy as np

        self._size = AudioFormat(rate).frame_bytes
        bands = [round(hertz * FRAME_MS / 1000) for hertz in EDGES_HZ if hertz <= rate / 2]
        self._edges, self._last = bands[:-1], bands[-1]
        width = len(self._edges)
        self._weights = np.full((TAPS, width), FIRST_WEIGHT)
        self._margins = np.ones(width)
        self._played = np.zeros((TAPS, width))
        self._powers = np.full((int(FLOOR_S * 1000 / FRAME_MS), width), np.inf)
        self._frame = 0
        self._far = bytearray()
        self._silent_frames = TAPS
        self._is_echo_loud = False

    def played(self, pcm: bytes) -> None:
        """Take what the loudspeaker is about to play: PCM16LE mono of any length."""
        self._far += pcm
        excess = len(self._far) - LONGEST_QUEUE * self._size
        if excess > 0:
            del self._far[:excess]

    @property
    def is_echo_loud(self) -> bool:
        """Whether the last frame should have held an echo `LOUD_ECHO` times the noise."""
        return self._is_echo_loud

    def heard(self, frame: bytes, *, is_echo: bool = True) -> float:
        """Return by how many dB 20 ms of the microphone, unprocessed, exceed what echo and noise should be.

        Args:
            frame: PCM16LE mono.
            is_echo: Whether something may be learnt from it: that nobody is known to speak in it.
        """
        import numpy as np

        power = self._power(frame)
        self._powers[self._frame] = power
        self._frame = (self._frame + 1) % len(self._powers)
        floor = np.minimum.reduce(self._powers) * FLOOR_MARGIN + QUIETEST
        echo = self._echo()
        self._is_echo_loud = echo is not None and bool(echo.sum() > LOUD_ECHO * floor.sum())
        if echo is None:
            return 10 * math.log10(float(power.sum() / floor.sum()) + 1e-9)
        expected = self._margins * echo + floor
        if is_echo:
            self._learn(power, echo, expected, floor)
        return 10 * math.log10(float(power.sum() / expected.sum()) + 1e-9)

    def rest(self, frame: bytes, frames: int) -> None:
        """Take a frame for ``frames`` that are not compared: the loudspeaker has been silent for long."""
        power = self._power(frame)
        for _ in range(frames):
            self._powers[self._frame] = power
            self._frame = (self._frame + 1) % len(self._powers)

    def skip(self, size: int) -> None:
        """Forget the next ``size`` bytes of what was played: what would have held their echo was skipped."""
        del self._far[:size]

    def _echo(self) -> NDArray[np.float64] | None:
        """Return the power of the echo as the weights have it; None where none can be."""
        far = b""
        if len(self._far) >= self._size:  # what is less waits for its rest
            far = bytes(self._far[: self._size])
            del self._far[: self._size]
        is_silent = far.count(0) == len(far)
        self._silent_frames = self._silent_frames + 1 if is_silent else 0
        if self._silent_frames > TAPS:
            return None
        self._played[1:] = self._played[:-1]
        self._played[0] = 0 if is_silent else self._power(far)
        echo: NDArray[np.float64] = (self._weights * self._played).sum(axis=0)
        return echo

    def _learn(
        self,
        power: NDArray[np.float64],
        echo: NDArray[np.float64],
        expected: NDArray[np.float64],
        floor: NDArray[np.float64],
    ) -> None:
        import numpy as np

        is_there = echo > floor
        # A voice over the echo must teach nothing: what is louder than four times the echo counts as that.
        error = np.minimum(power, 4 * echo + floor) - echo - floor / 2
        scale = LEARNING * error * is_there / ((self._played**2).sum(axis=0) + 1e-18)
        self._weights = np.maximum(self._weights + scale * self._played, 1e-6)
        step = np.where(power > expected, MARGIN_STEP, -MARGIN_STEP) * is_there
        self._margins = np.clip(self._margins * np.exp(step), 0.5, 5)

    def _power(self, frame: bytes) -> NDArray[np.float64]:
        """Return a frame's mean square in each band, relative to full scale."""
        import numpy as np

        samples = np.frombuffer(frame, "<i2").astype(np.float32)
        spectrum = np.fft.rfft(samples)[: self._last]
        power = np.add.reduceat(spectrum.real**2 + spectrum.imag**2, self._edges).astype(np.float64)
        power *= 2 / (samples.size * FULL_SCALE) ** 2
        return power
