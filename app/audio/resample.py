"""Change of sample rate, for a stream of frames or for a whole recording, by libsoxr."""

from __future__ import annotations

from app.core.audio_format import SAMPLE_BYTES


class Resampler:
    """Carries a stream of PCM16LE mono from one sample rate to another.

    What `push` returns lags behind what it was given by the length of the filter (see `delay_s`), and comes
    in pieces of varying length.

    Args:
        source_rate: Rate in Hz of what is pushed.
        target_rate: Rate in Hz of what is returned.
    """

    def __init__(self, source_rate: int, target_rate: int) -> None:
        if source_rate <= 0 or target_rate <= 0:
            raise ValueError(f"sample rates must be positive, not {source_rate} and {target_rate}")
        self.source_rate = source_rate
        self.target_rate = target_rate
        self._odd = b""
        self._stream = None
        if source_rate != target_rate:
            import soxr

            self._stream = soxr.ResampleStream(source_rate, target_rate, 1, dtype="int16")

    def push(self, pcm: bytes, *, last: bool = False) -> bytes:
        """Return the audio at the target rate that ``pcm`` completes.

        An odd byte at the end is kept for the next call. ``last`` also returns what the filter still holds
        and makes the resampler ready for another stream.
        """
        pcm = self._odd + pcm
        whole = len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES
        self._odd = b"" if last else pcm[whole:]
        if self._stream is None:
            return pcm[:whole]
        import numpy as np

        samples = np.frombuffer(pcm[:whole], np.int16)
        result: bytes = self._stream.resample_chunk(samples, last=last).tobytes()
        if last:
            self._stream.clear()
        return result

    @property
    def delay_s(self) -> float:
        """Seconds of audio that were pushed and not yet returned."""
        return 0.0 if self._stream is None else float(self._stream.delay()) / self.target_rate


def resample(pcm: bytes, source_rate: int, target_rate: int) -> bytes:
    """Return a whole recording (PCM16LE mono) at another sample rate."""
    return Resampler(source_rate, target_rate).push(pcm, last=True)
