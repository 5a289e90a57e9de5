"""From the microphone to the wire: what is recorded, when it may leave, and at which rate."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Final

from app.audio.resample import Resampler
from app.estuary.callback import call_safely
from app.estuary.client import EstuaryClient
from app.estuary.errors import EstuaryError
from app.estuary.recorder import AudioRecorder
from app.estuary.voice_mode import VoiceMode

_LOG: Final = logging.getLogger(__name__)

TAIL_S: Final = 0.2
"""Seconds still recorded after a release: people let go before they have finished the last word."""


class Capture:
    """Records while it is open and sends in order once audio may flow.

    Args:
        client: Sends the audio, at the rate of its config.
        recorder: The microphone.
        is_held: Whether audio is to be dropped right now instead of sent.
        on_frame: Gets each recorded frame, sent or not.
    """

    def __init__(
        self,
        client: EstuaryClient,
        recorder: AudioRecorder,
        *,
        is_held: Callable[[], bool],
        on_frame: Callable[[bytes], None] | None,
    ) -> None:
        self._client = client
        self._recorder = recorder
        self._is_held = is_held
        self._on_frame = on_frame
        self._resampler: Resampler | None = None
        self._waiting: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._may_flow = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._is_ending = False

    @property
    def is_open(self) -> bool:
        """Whether the microphone is in use."""
        return self._pump is not None

    async def open(self) -> None:
        """Open the microphone; what it records waits for `flow`. Nothing happens when it is open.

        Raises:
            AudioError: There is no microphone, or it does not open.
        """
        if self._pump is not None:
            if self._recorder.is_recording:
                return
            await self.abort()  # the microphone had gone by itself
        self._waiting.clear()
        self._filled.clear()
        self._may_flow.clear()
        self._is_ending = False
        self._recorder.on_audio = self._recorded
        self._resampler = None
        self._pump = asyncio.create_task(self._send(), name="voice capture")
        try:
            await self._recorder.start()
        except BaseException:
            await self.abort()
            raise

    def flow(self) -> None:
        """Let audio leave, first what waits."""
        self._may_flow.set()

    async def close(self, tail_s: float = 0.0) -> None:
        """Record for ``tail_s`` more, close the microphone and return when everything recorded was sent."""
        pump = self._pump
        if pump is None:
            return
        try:
            await asyncio.sleep(tail_s)
            await self._recorder.stop()
            if self._resampler is not None:
                self._put(self._resampler.push(b"", last=True))
            self._is_ending = True
            self._filled.set()
            if self._may_flow.is_set():
                await pump
        finally:
            await self.abort()

    async def abort(self) -> None:
        """Close the microphone and send nothing more."""
        pump, self._pump = self._pump, None
        if pump is None:
            return
        self._recorder.on_audio = None
        pump.cancel()
        try:
            await self._recorder.stop()
        finally:
            await asyncio.gather(pump, return_exceptions=True)

    def _recorded(self, frame: bytes) -> None:
        if self._on_frame is not None:
            call_safely(self._on_frame, frame)
        if self._is_held():
            return
        if self._resampler is None:
            self._resampler = Resampler(self._recorder.sample_rate, self._client.config.audio_sample_rate)
        self._put(self._resampler.push(frame))

    def _put(self, pcm: bytes) -> None:
        if pcm:
            self._waiting.append(pcm)
            self._filled.set()

    async def _send(self) -> None:
        await self._may_flow.wait()
        while True:
            while self._waiting:
                await self._send_piece(self._waiting.popleft())
            if self._is_ending:
                return
            self._filled.clear()
            await self._filled.wait()

    async def _send_piece(self, pcm: bytes) -> None:
        is_wanted = self._client.voice_mode is VoiceMode.CONTINUOUS or self._client.is_recording
        if not is_wanted:
            return
        try:
            await self._client.send_audio(pcm)
        except EstuaryError as error:
            _LOG.debug("a piece of audio was not sent: %s", error)
