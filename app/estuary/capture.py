"""From the microphone to the wire: what is recorded, when it may leave, and at which rate."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Final

from app.audio.frame import Frame
from app.audio.resample import Resampler
from app.core.audio_format import FRAME_MS
from app.estuary.callback import call_safely
from app.estuary.client import EstuaryClient
from app.estuary.errors import EstuaryError
from app.estuary.recorder import AudioRecorder
from app.estuary.speech_gate import Guard, SpeechGate
from app.estuary.voice_mode import VoiceMode

_LOG: Final = logging.getLogger(__name__)

RING_MS: Final = 300
"""Milliseconds from before a press that belong to its turn: people begin to speak as they press."""


class Capture:
    """Records and sends in order once audio may flow. Between turns the microphone may be kept warm.

    Args:
        client: Sends the audio, at the rate of its config.
        recorder: The microphone; its ``on_frame`` is the capture's.
        guard: Asked for each frame what is to become of it.
        on_frame: Gets each frame of a turn, sent or not.
        on_open: Told whenever the microphone was opened or closed.
    """

    def __init__(
        self,
        client: EstuaryClient,
        recorder: AudioRecorder,
        *,
        guard: Callable[[Frame], Guard],
        on_frame: Callable[[Frame], None],
        on_open: Callable[[bool], None],
    ) -> None:
        self._client = client
        self._recorder = recorder
        self._guard = guard
        self._on_frame = on_frame
        self._on_open = on_open
        self._gate = SpeechGate()
        self._resampler: Resampler | None = None
        self._ring: deque[Frame] = deque(maxlen=RING_MS // FRAME_MS)
        self._waiting: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._may_flow = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._cooling: asyncio.Task[None] | None = None
        self._microphone = asyncio.Lock()
        self._is_told_open = False
        self._is_ending = False
        self.captured_at = 0.0
        """Event-loop time at which the last frame came; 0.0 before the first."""

    @property
    def is_open(self) -> bool:
        """Whether a turn is being recorded."""
        return self._pump is not None

    @property
    def is_microphone_open(self) -> bool:
        """Whether the microphone is open, for a turn or warm for the next."""
        return self._recorder.is_recording

    async def open(self) -> None:
        """Begin a turn with what was heard just before; it waits for `flow`.

        Nothing happens while a turn is open.

        Raises:
            AudioError: There is no microphone, or it does not open.
        """
        if self._pump is not None:
            if not self._recorder.is_recording:  # the microphone had gone by itself
                await self.warm()
            return
        await self._keep_warm_no_longer()
        self._waiting.clear()
        self._filled.clear()
        self._may_flow.clear()
        self._gate.reset()
        self._resampler = None
        self._is_ending = False
        self._pump = asyncio.create_task(self._send(), name="voice capture")
        for frame in self._ring:
            self._take(frame)
        self._ring.clear()
        try:
            await self.warm()
        except BaseException:
            await self.shut()
            raise

    async def warm(self) -> None:
        """Open the microphone without beginning a turn.

        Raises:
            AudioError: There is no microphone, or it does not open.
        """
        async with self._microphone:
            self._recorder.on_frame = self._recorded
            await self._recorder.start()
            self.captured_at = asyncio.get_running_loop().time()
        self._tell()

    def flow(self) -> None:
        """Let audio leave, first what waits."""
        self._may_flow.set()

    async def close(self, warm_s: float = 0.0) -> None:
        """End the turn and return when everything recorded was sent.

        Args:
            warm_s: Seconds for which the microphone stays open for the next turn.
        """
        pump = self._pump
        if pump is None:
            return
        try:
            if not warm_s:
                await self.shut_microphone()
            if self._resampler is not None:
                self._put(self._resampler.push(b"", last=True))
            self._is_ending = True
            self._filled.set()
            if self._may_flow.is_set():
                await pump
        finally:
            self._pump = None
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)
            if warm_s and self._recorder.is_recording:
                self._cooling = asyncio.create_task(self._cool(warm_s), name="warm microphone")

    async def abort(self) -> None:
        """End the turn and send nothing more; a warm microphone stays."""
        pump, self._pump = self._pump, None
        if pump is not None:
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)

    async def shut(self) -> None:
        """End the turn, send nothing more, and close the microphone."""
        try:
            await self._keep_warm_no_longer()
            await self.abort()
        finally:
            await self.shut_microphone()

    async def reopen(self) -> None:
        """Close the microphone and open it again, within the turn or warm.

        Raises:
            AudioError: It does not open.
        """
        await self.shut_microphone()
        await self.warm()

    async def shut_microphone(self) -> None:
        """Close the microphone; what it has recorded in this turn is still sent."""
        async with self._microphone:
            await self._recorder.stop()
            self._ring.clear()
        self._tell()

    async def _cool(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.shut_microphone()

    async def _keep_warm_no_longer(self) -> None:
        """Stop waiting for the time at which a warm microphone closes; it is left as it is."""
        cooling, self._cooling = self._cooling, None
        if cooling is not None:
            cooling.cancel()
            await asyncio.gather(cooling, return_exceptions=True)

    def _tell(self) -> None:
        if self._is_told_open is not self._recorder.is_recording:
            self._is_told_open = self._recorder.is_recording
            call_safely(self._on_open, self._is_told_open)

    def _recorded(self, frame: Frame) -> None:
        self.captured_at = asyncio.get_running_loop().time()
        if self._pump is None or self._is_ending:
            self._ring.append(frame)
        else:
            self._take(frame)

    def _take(self, frame: Frame) -> None:
        self._on_frame(frame)
        for pcm in self._gate.push(frame, self._guard(frame)):
            if self._resampler is None or self._resampler.source_rate != frame.rate:
                self._resampler = Resampler(frame.rate, self._client.config.audio_sample_rate)
            self._put(self._resampler.push(pcm))

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
