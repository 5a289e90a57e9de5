"""The microphone as a client uses it: frames from start to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.audio.frame_source import FrameSource
from app.core.audio_format import DEFAULT_RATE
from app.estuary.audio_extra import require_audio
from app.estuary.callback import call_safely
from app.estuary.listener import Listener

_SETTLE_S: Final = 1.0
"""Longest wait of `AudioRecorder.stop` for a coroutine that still takes frames."""


class AudioRecorder:
    """Captures frames of 20 ms, PCM16LE mono. It belongs to the event loop it is started on.

    Args:
        sample_rate: Rate in Hz the microphone is opened with, when no ``source`` is given.
        on_audio: Gets each frame, in order, on the event loop; it must not block. A coroutine function, such
            as `EstuaryClient.send_audio`, is awaited for one frame after the other.
        source: Where the frames come from; the system's microphone by default.
        on_lost: Gets one sentence if the microphone ends by itself.
    """

    def __init__(
        self,
        sample_rate: int = DEFAULT_RATE,
        on_audio: Callable[[bytes], object] | None = None,
        *,
        source: FrameSource | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        self._sample_rate = sample_rate
        self._source = source
        self._listener: Listener | None = None
        self.on_audio = on_audio
        self.on_lost = on_lost

    @property
    def on_audio(self) -> Callable[[bytes], object] | None:
        """Gets each frame."""
        return None if self._listener is None else self._listener.callback

    @on_audio.setter
    def on_audio(self, on_audio: Callable[[bytes], object] | None) -> None:
        self._listener = None if on_audio is None else Listener("microphone", on_audio, lambda _: None)

    @property
    def is_recording(self) -> bool:
        """Whether frames flow."""
        return self._source is not None and self._source.is_open

    @property
    def sample_rate(self) -> int:
        """Rate in Hz of the frames."""
        return self._sample_rate if self._source is None else self._source.rate

    async def start(self) -> None:
        """Open the microphone; nothing happens if it is open.

        Raises:
            EstuaryError: VOICE_NOT_SUPPORTED without the audio packages.
            AudioError: There is no microphone, or it does not open.
        """
        if self.is_recording:
            return
        if self._source is None:
            require_audio()
            from app.audio.microphone import Microphone

            self._source = Microphone(self._sample_rate)
        await self._source.start(self._frame, self._lost)

    async def stop(self) -> None:
        """Close the microphone. No frame follows. May be called when it is not open."""
        if self._source is not None:
            await self._source.stop()
        if self._listener is not None:
            await self._listener.settle(_SETTLE_S)

    def _frame(self, frame: bytes) -> None:
        if self._listener is not None:
            self._listener.call(frame)

    def _lost(self, sentence: str) -> None:
        if self.on_lost is not None:
            call_safely(self.on_lost, sentence)
