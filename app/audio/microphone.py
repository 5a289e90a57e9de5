"""The microphone: a `FrameSource` over PortAudio."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.audio.device_stream import DeviceStream, Direction
from app.audio.resample import Resampler
from app.core.audio_format import DEFAULT_RATE, AudioFormat


class Microphone:
    """Captures frames of 20 ms (PCM16LE mono) and hands them to the event loop. Implements `FrameSource`.

    PortAudio's thread only copies a block and wakes the loop; everything else happens there. A device that
    refuses ``rate`` runs at its own rate and is resampled, which adds up to 40 ms.

    Args:
        rate: Sample rate in Hz of the frames.
        device: Name (or a part of it) or index of the input; None for the system's default.
    """

    BACKLOG_FRAMES: Final = 250
    """Frames (5 s) kept while the event loop is busy; older ones are dropped and counted."""

    LATENCY_S: Final = 0.06
    """Suggested buffer: three blocks, so that a held-up thread loses nothing for 40 ms."""

    def __init__(self, rate: int = DEFAULT_RATE, device: str | int | None = None) -> None:
        self._format = AudioFormat(rate)
        self._stream = DeviceStream(Direction.INPUT, rate, device, self.LATENCY_S)
        self._capture: _Capture | None = None
        self._dropped_before = 0

    async def start(self, on_frame: Callable[[bytes], None], on_lost: Callable[[str], None]) -> None:
        """Open the microphone and let frames flow; a running one is started anew.

        Args:
            on_frame: Gets one frame after the other, in order, on the event loop.
            on_lost: Gets one sentence, once, on the event loop, if the microphone ends by itself.

        Raises:
            AudioError: There is no such microphone, or it does not open. The text says what to do.
        """
        await self.stop()
        capture = _Capture(asyncio.get_running_loop(), self._format, on_frame, self.BACKLOG_FRAMES)
        self._capture = capture
        try:
            await self._stream.open(capture.on_block, on_lost)
        except BaseException:
            capture.end()
            raise
        capture.begin(self._stream.rate)

    async def stop(self) -> None:
        """Close the microphone. No callback follows. May be called when it is not open."""
        if self._capture is not None:
            self._capture.end()
            self._dropped_before += self._capture.dropped
            self._capture = None
        await self._stream.close()

    @property
    def is_open(self) -> bool:
        """Whether frames flow."""
        return self._stream.is_open

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames."""
        return self._format.rate

    @property
    def dropped_frames(self) -> int:
        """Frames lost since the microphone was made: overruns of the device and of the backlog."""
        return self._dropped_before + (self._capture.dropped if self._capture else 0)


class _Capture:
    """What flows between one `start` and its `stop`: blocks from PortAudio's thread to the loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        audio_format: AudioFormat,
        on_frame: Callable[[bytes], None],
        backlog: int,
    ) -> None:
        self.dropped = 0
        self._loop = loop
        self._format = audio_format
        self._on_frame: Callable[[bytes], None] | None = on_frame
        self._blocks: deque[bytes] = deque(maxlen=backlog)
        self._resampler: Resampler | None = None
        self._rest = b""
        self._is_woken = False

    def begin(self, device_rate: int) -> None:
        """Let frames flow, now that the device's rate is known."""
        self._resampler = Resampler(device_rate, self._format.rate)
        self._loop.call_soon(self._drain)

    def end(self) -> None:
        """Let no further frame through."""
        self._on_frame = None

    def on_block(self, block: Any, _times: Any, status: Any) -> None:
        """Take a block in PortAudio's thread: copy, wake the loop, return."""
        if status.input_overflow:
            self.dropped += 1
        if len(self._blocks) == self._blocks.maxlen:
            self.dropped += 1
        self._blocks.append(bytes(block))
        if not self._is_woken:
            self._is_woken = True
            with suppress(RuntimeError):  # the loop was closed under a microphone nobody stopped
                self._loop.call_soon_threadsafe(self._drain)

    def _drain(self) -> None:
        self._is_woken = False  # before emptying: a block that comes meanwhile wakes the loop again
        if self._resampler is None:
            return
        size = self._format.frame_bytes
        while self._blocks:
            self._rest += self._resampler.push(self._blocks.popleft())
            while len(self._rest) >= size and self._on_frame is not None:
                frame, self._rest = self._rest[:size], self._rest[size:]
                self._on_frame(frame)
