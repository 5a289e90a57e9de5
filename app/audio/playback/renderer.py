"""From what waits to be played to the blocks that a device asks for."""

from __future__ import annotations

import threading
from typing import Final

from app.audio.far_end import FarEnd
from app.audio.playback.gain import Gain
from app.audio.playback.overlay import Overlay
from app.audio.playback.playback_clock import PlaybackClock
from app.audio.playback.playback_queue import FADE_MS, PlaybackQueue, faded
from app.audio.resample import Resampler
from app.core.audio_format import SAMPLE_BYTES, AudioFormat

BLOCK_MS: Final = 10
"""Milliseconds of a block: what echo cancellation works in, and short enough to fall silent soon."""

FLUSH_MS: Final = 200.0
"""Milliseconds of silence after which nothing is left in a resampler's filter: the longest holds 80."""


class Renderer:
    """Makes the next block out of `queue` and `overlay`, at its loudness, and notes when it will be heard.

    It outlives the device: one that is lost and another that follows go on with what waits.

    `block` and `begin` are called in the sound system's thread, never at the same time. In a block nothing
    waits, and nothing lets go of Python's lock, which a busy thread would be slow to give back; only a device
    of another rate costs one such wait more, in one of two to four blocks.

    Args:
        rate: Sample rate in Hz of what waits.
        gain: Its loudness.
        far_end: Gets each block exactly as the device gets it: after loudness, fade and overlay, silence
            included, at the device's rate.
    """

    def __init__(self, rate: int, gain: Gain, far_end: FarEnd | None = None) -> None:
        self.queue = PlaybackQueue(rate)
        """What is played in order, and counted by `clock`."""
        self.overlay = Overlay()
        """What is played over it."""
        self.clock = PlaybackClock(rate)
        """When what was in the queue is heard."""
        self.is_running = False
        """Whether something is played, or the frame of silence after it."""
        self._rate = rate
        self._gain = gain
        self._far_end = far_end
        self._frame_bytes = AudioFormat(rate).frame_bytes
        self._step_bytes = AudioFormat(rate).bytes_of(BLOCK_MS)
        self._device_rate = rate
        self._resampler: Resampler | None = None
        self._ready = b""
        self._lock = threading.Lock()
        self._silent_ms = FLUSH_MS
        self._silent_bytes = 0

    def begin(self, device_rate: int) -> None:
        """Get ready for a device, before its first block.

        What was resampled for one of another rate, up to 40 ms of sound, is lost with that.

        Args:
            device_rate: Its sample rate in Hz.
        """
        import numpy as np  # noqa: F401 - here, so that no block waits for it

        if device_rate == self._device_rate:
            return
        with self._lock:
            self._device_rate = device_rate
            self._resampler = None if device_rate == self._rate else Resampler(self._rate, device_rate)
            self._ready = b""

    def block(self, size: int, heard_at: float) -> bytes:
        """Return the next ``size`` bytes, filled up with silence.

        Args:
            size: Bytes the device asks for.
            heard_at: ``time.monotonic()`` at which the first of them is heard.
        """
        if self._resampler is None:
            block = self._step(size, heard_at)
        else:
            with self._lock:
                block = self._resampled(self._resampler, size, heard_at)
        if self._far_end is not None:
            self._far_end.played(block, self._device_rate)
        return block

    def clear(self, after: int | None = None) -> None:
        """Drop what waits, with a fade of 5 ms; see `PlaybackQueue.clear`. May be called in any thread."""
        with self._lock:
            is_later = after is not None and after > self.queue.written_samples - self.queue.samples
            if is_later or self._resampler is None:
                self.queue.clear(after)
                return
            self.queue.clear(fade=False)
            if self.is_running:
                made = self._ready + self._resampler.push(b"", last=True)
                self._ready = faded(made[: AudioFormat(self._device_rate).bytes_of(FADE_MS)])
                lost_s = AudioFormat(self._device_rate).seconds_of(len(made) - len(self._ready))
                self.queue.withdraw(self.clock.withdraw(round(lost_s * self._rate)))

    def drop(self) -> None:
        """Drop what waits, at once."""
        self.queue.clear(fade=False)
        self.overlay.clear()

    def lose(self, now: float) -> None:
        """Drop what waits, and end what is played: the device is lost, and asks for nothing more.

        The frame of silence after it is not left to the next device.

        Args:
            now: ``time.monotonic()``.
        """
        self.drop()
        self._silent_ms = FLUSH_MS  # what was made ahead goes with it
        if self.is_running:
            self.is_running = False
            self._silent_bytes = 0
            self.clock.fall_silent(now)

    def _resampled(self, resampler: Resampler, size: int, heard_at: float) -> bytes:
        """Return a block at the device's rate.

        The filter gives out its results in bursts, so up to 40 ms of them are made ahead. They neither delay
        what begins nor outlast a `clear`.
        """
        if self._silent_ms >= FLUSH_MS:
            if not self.queue.samples and self.overlay.is_empty:
                return bytes(size)
            self._ready = b""
            resampler.push(b"", last=True)
        while len(self._ready) < size:
            ahead_s = len(self._ready) / SAMPLE_BYTES / self._device_rate + resampler.delay_s
            self._ready += resampler.push(self._step(self._step_bytes, heard_at + ahead_s))
        block, self._ready = self._ready[:size], self._ready[size:]
        return block

    def _step(self, size: int, heard_at: float) -> bytes:
        """Return the next ``size`` bytes at the rate of what waits."""
        if self.queue.samples:
            self.is_running = True  # before it is pulled: whoever sees an empty queue sees this
        pcm = self.queue.pull(size)
        step_ms = 1000 * size / SAMPLE_BYTES / self._rate
        self._silent_ms = 0.0 if pcm or not self.overlay.is_empty else self._silent_ms + step_ms
        if pcm:
            voice = self._gain.apply(pcm.ljust(size, b"\0"), step_ms)
        else:
            voice = bytes(size)
            self._gain.settle()
        if self.is_running:
            self.clock.hand_over(voice, len(pcm) // SAMPLE_BYTES, heard_at)
            self._follow(size, has_sound=bool(pcm))
        return self.overlay.lay_over(voice, self._gain.volume)

    def _follow(self, size: int, *, has_sound: bool) -> None:
        """End the run with one whole frame of silence after the frame in which the sound ends."""
        self._silent_bytes = 0 if has_sound else self._silent_bytes + size
        if self._silent_bytes >= self._frame_bytes * (1 if self.clock.is_whole else 2):
            self.is_running = False
            self._silent_bytes = 0
