"""The speaker: a `SampleSink` over PortAudio."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from app.audio.devices.device import Device
from app.audio.devices.device_choice import SYSTEM_DEFAULT, DeviceChoice
from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.audio.devices.device_stream import DeviceStream
from app.audio.devices.direction import Direction
from app.audio.far_end import FarEnd
from app.audio.playback import switching
from app.audio.playback.gain import Gain
from app.audio.playback.latency_ladder import UNDERRUNS, LatencyLadder
from app.audio.playback.renderer import BLOCK_MS, Renderer
from app.audio.playback.speaker_flow import SpeakerFlow
from app.core.errors import AudioError

_LOG: Final = logging.getLogger(__name__)

DEFAULT_SPEAKER_RATE: Final = 24_000
"""Sample rate in Hz of a character's voice unless the session says otherwise."""

RETRY_S: Final = 1.0
"""Seconds between two attempts to open the speaker anew when it does not open."""

REST_S: Final = 5.0
"""Seconds of silence after which the device is let go until it is needed: it asks for a block every 10 ms."""


class Speaker:
    """Plays PCM16LE mono audio; the device stays open and silent between messages. Implements `SampleSink`.

    Where nobody takes its echo out of a microphone, it lets the device go after `REST_S` of silence, and
    opens it again with the next sound, or with the microphone. All of that sound is heard, some 50 ms later.

    It follows the person's choice of device while it is open: what waits goes on there, and only what the
    lost device held is not heard. For a device of another rate it is resampled, block by block. On a machine
    that is too slow for the shortest latency, it is opened anew with a longer one, between two messages; see
    `LatencyLadder`.

    Args:
        rate: Sample rate in Hz of what is written.
        choice: Which device to use.
        far_end: Gets each block in PortAudio's thread, as it is handed to the device; see `Renderer`.
    """

    def __init__(
        self,
        rate: int = DEFAULT_SPEAKER_RATE,
        choice: DeviceChoice = SYSTEM_DEFAULT,
        *,
        far_end: FarEnd | None = None,
    ) -> None:
        self._rate = rate
        self._choice = choice
        self._far_end = far_end
        self._gain = Gain()
        self._ladder = LatencyLadder()
        self._playback: SpeakerFlow | None = None
        self._stream: DeviceStream | None = None
        self._reopening: asyncio.Task[None] | None = None
        self._is_wanted = asyncio.Event()
        self._used_at = 0.0
        self._is_started = False

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
    ) -> None:
        """Open the speaker; a running one is started anew, counting from zero.

        Args:
            on_played: Gets `played_samples` on the event loop each time it has grown.
            on_frame: Gets each frame of 20 ms on the event loop as it has been heard, and one of silence
                after the last.
            on_news: Gets on the event loop what becomes of the device; see `SampleSink.start`.

        Raises:
            AudioError: There is no such speaker, or it does not open. The text says what to do.
        """
        await self.stop()
        renderer = Renderer(self._rate, self._gain, self._far_end)
        playback = SpeakerFlow(renderer, self._ladder, on_played, on_frame, on_news, self._paused)
        switching.hurry()
        try:
            self._stream = await self._opened(playback)
        except BaseException:
            switching.relax()
            playback.end()
            raise
        self._playback = playback
        self._is_started = True
        if self._far_end is not None:
            self._far_end.on_listening = self._use
        self._use()
        playback.await_pause()

    def write(self, pcm: bytes) -> None:
        """Append audio; an odd byte at the end waits for the next call. Dropped while not open."""
        if self._playback is not None and self.is_open:
            self._use()
            self._playback.write(pcm)

    def play_over(self, pcm: bytes) -> None:
        """Play a short sound at once, over what else is played; see `SampleSink.play_over`."""
        if self._playback is not None and self.is_open:
            self._use()
            self._playback.renderer.overlay.add(pcm)

    def clear(self, after: int | None = None) -> None:
        """Drop what waits, with a fade of 5 ms; what the device holds (`latency_s`) is still heard.

        Args:
            after: Where what is dropped begins; see `SampleSink.clear`.
        """
        if self._playback is not None:
            self._playback.renderer.clear(after)

    async def stop(self) -> None:
        """Close the speaker and drop what waits. No callback follows. May be called when it is not open."""
        if self._playback is not None:
            self._playback.end()
        reopening, self._reopening = self._reopening, None
        if reopening is not None:
            reopening.cancel()
            await asyncio.gather(reopening, return_exceptions=True)
        if self._is_started:
            self._is_started = False
            switching.relax()
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.close()

    @property
    def choice(self) -> DeviceChoice:
        """Which device to use; may be set while it is open."""
        return self._choice

    @choice.setter
    def choice(self, choice: DeviceChoice) -> None:
        self._choice = choice
        if self._stream is not None:
            self._stream.choice = choice

    @property
    def device(self) -> Device | None:
        """The device it is on, or was on last; None before the first."""
        return None if self._stream is None else self._stream.device

    @property
    def device_rate(self) -> int:
        """Sample rate in Hz at which the device runs; 0 before the first."""
        return 0 if self._stream is None else self._stream.rate

    @property
    def is_open(self) -> bool:
        """Whether audio is taken: also while the speaker is opened anew between two messages."""
        if self._reopening is not None:
            return not self._reopening.done() and self._playback is not None and not self._playback.is_lost
        return self._stream is not None and self._stream.is_open

    @property
    def rate(self) -> int:
        """Sample rate in Hz of what is written."""
        return self._rate

    @property
    def volume(self) -> float:
        """Loudness in 0..1; a change is smoothed over one block."""
        return self._gain.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._gain.volume = volume

    @property
    def is_ducked(self) -> bool:
        """Whether everything is softer by `gain.DUCK_DB`: from the next block on, within 10 ms."""
        return self._gain.is_ducked

    @is_ducked.setter
    def is_ducked(self, is_ducked: bool) -> None:
        self._gain.is_ducked = is_ducked

    @property
    def played_samples(self) -> int:
        """Samples that have been heard since `start`; see `SampleSink.played_samples`."""
        return 0 if self._playback is None else self._playback.played()

    @property
    def queued_samples(self) -> int:
        """Samples that were written and not yet handed to the device."""
        return 0 if self._playback is None else self._playback.renderer.queue.samples

    @property
    def written_samples(self) -> int:
        """Where the next write begins; see `SampleSink.written_samples`."""
        return 0 if self._playback is None else self._playback.renderer.queue.written_samples

    def left_at(self, sample: int) -> float | None:
        """Return when a sample is heard; see `SampleSink.left_at`."""
        return None if self._playback is None else self._playback.renderer.clock.left_at(sample)

    @property
    def latency_s(self) -> float:
        """Seconds between handing over a sample and hearing it, as last measured; 0.0 before the first."""
        return 0.0 if self._playback is None else self._playback.latency_s

    @property
    def underruns(self) -> int:
        """Times since `start` that the device ran dry while something was played."""
        return 0 if self._playback is None else self._playback.underruns

    async def _opened(self, playback: SpeakerFlow) -> DeviceStream:
        """Return an open stream that asks ``playback`` for its blocks, with the latency that is due."""
        stream = DeviceStream(
            Direction.OUTPUT,
            self._rate,
            self._choice,
            block_ms=BLOCK_MS,
            latency_s=self._ladder.latency_s,
        )
        await stream.open(playback.on_block, playback.on_device, playback.tell)
        return stream

    def _paused(self) -> bool:
        """Take the moment for a longer latency if one is needed, or for a rest; return whether to ask again.

        Nothing has been played for a while, but the device may just be away.
        """
        playback, stream = self._playback, self._stream
        if self._reopening is not None or playback is None or stream is None:
            return False
        if self._ladder.is_due:
            if self.is_open:
                self._reopening = asyncio.create_task(
                    self._reopen(playback, stream), name="speaker, opened anew"
                )
            return not self.is_open
        if self._is_listened_to or not self.is_open or self._is_needed_still(playback):
            return True
        self._is_wanted.clear()
        self._reopening = asyncio.create_task(self._rest(playback, stream), name="speaker, at rest")
        return False

    async def _reopen(self, playback: SpeakerFlow, stream: DeviceStream) -> None:
        before_s, latency_s = self._ladder.latency_s, self._ladder.climb()
        _LOG.warning(
            "The speaker ran dry %d times in a short while: it is opened anew with %d ms instead of %d ms of "
            "sound ahead.",
            UNDERRUNS,
            round(1000 * latency_s),
            round(1000 * before_s),
        )
        self._stream = None
        await stream.close()
        await self._open_again(playback)

    async def _rest(self, playback: SpeakerFlow, stream: DeviceStream) -> None:
        await stream.close()
        await self._is_wanted.wait()
        await self._open_again(playback)

    async def _open_again(self, playback: SpeakerFlow) -> None:
        while True:
            try:
                self._stream = await self._opened(playback)
                break
            except AudioError as error:
                playback.tell(DeviceLost(str(error)))
                await asyncio.sleep(RETRY_S)
        self._stream.choice = self._choice
        self._reopening = None
        playback.found()
        playback.await_pause()

    @property
    def _is_listened_to(self) -> bool:
        """Whether somebody takes the speaker's echo out of a microphone."""
        return self._far_end is not None and self._far_end.is_listened_to

    def _is_needed_still(self, playback: SpeakerFlow) -> bool:
        """Whether something was played, or wanted to be, within `REST_S`."""
        return time.monotonic() < max(self._used_at, playback.silent_since) + REST_S

    def _use(self) -> None:
        """Have the device open, now and for `REST_S`."""
        self._used_at = time.monotonic()
        self._is_wanted.set()
