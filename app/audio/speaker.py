"""The speaker: a `SampleSink` over PortAudio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.audio.device_stream import DeviceStream, Direction
from app.audio.playback_clock import PlaybackClock
from app.audio.playback_queue import PlaybackQueue
from app.audio.resample import Resampler
from app.core.audio_format import SAMPLE_BYTES, AudioFormat

DEFAULT_SPEAKER_RATE: Final = 24_000
"""Sample rate in Hz of a character's voice unless the session says otherwise."""


class Speaker:
    """Plays PCM16LE mono audio; the device stays open and silent between messages. Implements `SampleSink`.

    A device that refuses ``rate`` runs at its own rate and is resampled, which adds up to 40 ms.

    Args:
        rate: Sample rate in Hz of what is written.
        device: Name (or a part of it) or index of the output; None for the system's default.
    """

    LATENCY_S: Final = 0.1
    """Suggested buffer: below it, busy threads of this process are heard as gaps."""

    def __init__(self, rate: int = DEFAULT_SPEAKER_RATE, device: str | int | None = None) -> None:
        self._rate = rate
        self._stream = DeviceStream(Direction.OUTPUT, rate, device, self.LATENCY_S)
        self._playback: _Playback | None = None
        self._volume = 1.0

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        """Open the speaker; a running one is started anew, counting from zero.

        Args:
            on_played: Gets `played_samples` on the event loop each time it has grown.
            on_frame: Gets each frame of 20 ms on the event loop as it has been heard, and one of silence
                after the last.
            on_lost: Gets one sentence, once, on the event loop, if the speaker ends by itself.

        Raises:
            AudioError: There is no such speaker, or it does not open. The text says what to do.
        """
        await self.stop()
        playback = _Playback(asyncio.get_running_loop(), self._rate, on_played, on_frame)
        playback.volume = self._volume

        def lost(sentence: str) -> None:
            playback.end()
            if on_lost is not None:
                on_lost(sentence)

        try:
            await self._stream.open(playback.on_block, lost)
        except BaseException:
            playback.end()
            raise
        playback.begin(self._stream.rate, self._stream.latency_s)
        self._playback = playback

    def write(self, pcm: bytes) -> None:
        """Append audio; an odd byte at the end waits for the next call. Dropped while not open."""
        if self._playback is not None and self.is_open:
            self._playback.queue.write(pcm)

    def clear(self) -> None:
        """Drop what waits, with a fade of 5 ms; what the device holds (`latency_s`) is still heard."""
        if self._playback is not None:
            self._playback.queue.clear()

    async def stop(self) -> None:
        """Close the speaker and drop what waits. No callback follows. May be called when it is not open."""
        if self._playback is not None:
            self._playback.end()
        await self._stream.close()

    @property
    def is_open(self) -> bool:
        """Whether audio is taken."""
        return self._stream.is_open

    @property
    def rate(self) -> int:
        """Sample rate in Hz of what is written."""
        return self._rate

    @property
    def volume(self) -> float:
        """Loudness in 0..1; a change is smoothed over one block."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        if self._playback is not None:
            self._playback.volume = self._volume

    @property
    def played_samples(self) -> int:
        """Samples that have been heard since `start`; see `SampleSink.played_samples`."""
        return 0 if self._playback is None else self._playback.played()

    @property
    def queued_samples(self) -> int:
        """Samples that were written and not yet handed to the device."""
        return 0 if self._playback is None else self._playback.queue.samples

    @property
    def latency_s(self) -> float:
        """Seconds between handing over a sample and hearing it, as last measured; 0.0 before the first."""
        return 0.0 if self._playback is None else self._playback.latency_s

    @property
    def underruns(self) -> int:
        """Times since `start` that the device ran dry while a message was played."""
        return 0 if self._playback is None else self._playback.underruns


class _Playback:
    """What flows between one `start` and its `stop`: blocks to PortAudio's thread, reports to the loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        rate: int,
        on_played: Callable[[int], None] | None,
        on_frame: Callable[[bytes], None] | None,
    ) -> None:
        self.queue = PlaybackQueue(rate)
        self.volume = 1.0
        self.underruns = 0
        self.latency_s = 0.0
        self._loop = loop
        self._frame_bytes = AudioFormat(rate).frame_bytes
        self._on_played = on_played
        self._on_frame = on_frame
        self._clock = PlaybackClock(rate)
        self._resampler: Resampler | None = None
        self._device_rate = rate
        self._usual_latency_s = 0.0
        self._ready = b""
        self._gain = 1.0
        self._was_playing = False
        self._reported = 0
        self._ended_at: float | None = None

    def begin(self, device_rate: int, latency_s: float) -> None:
        """Let audio flow, now that the device is known."""
        self._device_rate, self._usual_latency_s = device_rate, latency_s
        self._resampler = Resampler(self._clock.rate, device_rate)

    def end(self) -> None:
        """Drop what waits and call back no more."""
        self.queue.clear(fade=False)
        self._on_played = self._on_frame = None
        if self._ended_at is None:
            self._ended_at = time.monotonic()

    def played(self) -> int:
        """Return the samples that have been heard."""
        return self._clock.played(time.monotonic() if self._ended_at is None else self._ended_at)

    def on_block(self, block: Any, times: Any, status: Any) -> None:
        """Fill a block in PortAudio's thread."""
        if status.output_underflow and self._was_playing:
            self.underruns += 1
        size = len(block)
        if self._resampler is None:
            block[:] = bytes(size)
            return
        latency = times.outputBufferDacTime - times.currentTime
        self.latency_s = latency if latency > 0 else self._usual_latency_s
        heard_at = time.monotonic() + self.latency_s
        while len(self._ready) < size:
            ahead_s = len(self._ready) / SAMPLE_BYTES / self._device_rate + self._resampler.delay_s
            self._ready += self._resampler.push(self._next_frame(heard_at + ahead_s))
        block[:], self._ready = self._ready[:size], self._ready[size:]
        if not self._clock.is_settled:
            with suppress(RuntimeError):  # the loop was closed under a speaker nobody stopped
                self._loop.call_soon_threadsafe(self._report)

    def _next_frame(self, heard_at: float) -> bytes:
        """Return the next 20 ms, filled up with silence, at the present volume."""
        pcm = self.queue.pull(self._frame_bytes)
        samples = len(pcm) // SAMPLE_BYTES
        frame = self._at_volume(pcm.ljust(self._frame_bytes, b"\0"))
        if samples or self._was_playing:
            self._clock.hand_over(frame, samples, heard_at)
        self._was_playing = samples > 0
        return frame

    def _at_volume(self, frame: bytes) -> bytes:
        before, self._gain = self._gain, self.volume
        if before == self._gain == 1.0:
            return frame
        import numpy as np

        samples = np.frombuffer(frame, "<i2")
        return bytes((samples * np.linspace(before, self._gain, samples.size)).astype("<i2").tobytes())

    def _report(self) -> None:
        """Tell, on the event loop, what has been heard since the last time."""
        now = time.monotonic()
        for frame in self._clock.take_heard(now):
            if self._on_frame is not None:
                self._on_frame(frame)
        played = self._clock.played(now)
        if played > self._reported and self._on_played is not None:
            self._reported = played
            self._on_played(played)
