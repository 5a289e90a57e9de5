"""Loudness, changed without a click: ramps within the block that is about to be played."""

from __future__ import annotations

from typing import Any, Final

from app.core.audio_format import SAMPLE_BYTES

DUCK_DB: Final = -24.0
"""Level in dB while ducked: soft enough to be spoken over, loud enough to be heard going on."""

RESTORE_MS: Final = 150.0
"""Milliseconds in which a ducked voice comes back: at once would startle."""

_DUCK: Final = 10 ** (DUCK_DB / 20)


class Gain:
    """What PCM16LE mono is multiplied by: a volume, softer while ducked.

    `volume` and `is_ducked` may be set from any thread; `apply` is called in the sound system's, where a
    block at full volume costs nothing and any other some microseconds. A change is spread over one block, the
    end of a duck over `RESTORE_MS`.
    """

    def __init__(self) -> None:
        self._volume = 1.0
        self.is_ducked = False
        """Whether everything is `DUCK_DB` softer."""
        self._now = 1.0
        self._duck_now = 1.0
        self._ramp: Any = None

    @property
    def volume(self) -> float:
        """Loudness in 0..1; what is set outside is held to that."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)

    def apply(self, pcm: bytes, block_ms: float) -> bytes:
        """Return the next block at its loudness.

        Args:
            pcm: The block.
            block_ms: How long it is, in milliseconds.
        """
        before = self._now
        self._step(block_ms)
        if before == self._now:
            return pcm if before == 1.0 else scaled(pcm, before)
        import numpy as np

        samples = len(pcm) // SAMPLE_BYTES
        if self._ramp is None or self._ramp.size != samples:
            self._ramp = np.linspace(0.0, 1.0, samples, dtype=np.float32)
        return _multiplied(pcm, before + self._ramp * np.float32(self._now - before))

    def settle(self) -> None:
        """Take the loudness that is wanted at once: nothing can be heard of a change in silence."""
        self._duck_now = _DUCK if self.is_ducked else 1.0
        self._now = self._volume * self._duck_now

    def _step(self, block_ms: float) -> None:
        if self.is_ducked:
            self._duck_now = _DUCK
        elif self._duck_now < 1.0:
            self._duck_now = min(1.0, self._duck_now + (1.0 - _DUCK) * block_ms / RESTORE_MS)
        self._now = self._volume * self._duck_now


def scaled(pcm: bytes, factor: float) -> bytes:
    """Return PCM16LE mono multiplied by a factor in 0..1."""
    import numpy as np

    return _multiplied(pcm, np.float32(factor))


def _multiplied(pcm: bytes, factors: Any) -> bytes:
    import numpy as np

    samples = np.frombuffer(pcm, "<i2") * factors
    return bytes(np.rint(samples, out=samples).astype("<i2").tobytes())
