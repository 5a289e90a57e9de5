"""Speech recognition at the server, as the client sees it: closed, opening or open; what audio may leave."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

import msgspec

from app.core.audio_format import AudioFormat
from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError
from app.protocol.client_messages import StartVoice, StopVoice, StreamAudio
from app.protocol.message import Message

START_TIMEOUT_S: Final = 10.0
"""Longest wait for ``voice_started``."""

STOP_TIMEOUT_S: Final = 2.0
"""Longest wait for ``voice_stopped``."""

KEPT_MS: Final = 30_000
"""Milliseconds of audio kept while recognition opens; beyond it the oldest goes."""


class RecognitionState(Enum):
    """How far recognition is open."""

    CLOSED = "closed"
    WAITING = "waiting"
    """To be opened, once the server has closed what was open before."""
    OPENING = "opening"
    """``start_voice`` was sent."""
    OPEN = "open"


class Recognition:
    """Opens and closes recognition, one after the other, and keeps audio in order while it opens.

    Args:
        send: Puts a message on the wire, with the length in seconds of audio that may grow too old; raises
            NOT_CONNECTED.
        rate: Sample rate of the audio in Hz.
    """

    def __init__(self, send: Callable[[Message, float], None], rate: int) -> None:
        self._send = send
        self._state = RecognitionState.CLOSED
        self._opened: asyncio.Future[None] | None = None
        self._closed: asyncio.Future[None] | None = None
        self._kept: deque[StreamAudio] = deque()
        self._kept_bytes = 0
        self._kept_limit = AudioFormat(rate).bytes_of(KEPT_MS)

    @property
    def is_opening(self) -> bool:
        """Whether an `open` is running."""
        return self._opened is not None

    async def open(self, turn_mode: str | None) -> None:
        """Send ``start_voice`` and wait for ``voice_started``; a close before it is waited for first.

        Raises:
            EstuaryError: VOICE_START_FAILED, NOT_CONNECTED, CONNECTION_FAILED, or what `abandon` was given.
                Recognition is closed then, and the server knows.
        """
        self._state = RecognitionState.WAITING
        self._opened = opened = asyncio.get_running_loop().create_future()
        try:
            await self.until_closed()
            if not opened.done():
                self._send(StartVoice(turn_mode=turn_mode), 0.0)
                self._state = RecognitionState.OPENING
            async with asyncio.timeout(START_TIMEOUT_S):
                await opened
            if self._state is not RecognitionState.OPEN:
                why = translate("Connection", "Voice ended as soon as it had started.")
                raise EstuaryError(why, ErrorCode.CONNECTION_FAILED)
        except BaseException as error:
            if self._opened is opened:
                self.close()
            if isinstance(error, TimeoutError):
                text = translate("Connection", "The server did not start voice within {seconds:.0f} s.")
                why = text.format(seconds=START_TIMEOUT_S)
                raise EstuaryError(why, ErrorCode.VOICE_START_FAILED) from None
            raise
        finally:
            opened.cancel()
            self._opened = None if self._opened is opened else self._opened

    def close(self) -> None:
        """Send ``stop_voice`` if ``start_voice`` was sent; no audio leaves after it."""
        was, self._state = self._state, RecognitionState.CLOSED
        self._forget_kept()
        if was in {RecognitionState.OPENING, RecognitionState.OPEN}:
            self._settle_closed()
            self._closed = asyncio.get_running_loop().create_future()
            self._send(StopVoice(), 0.0)

    def abandon(self, error: EstuaryError) -> None:
        """Let a running `open` fail with ``error``."""
        if self._opened is not None and not self._opened.done():
            self._opened.set_exception(error)

    def reset(self) -> None:
        """Take note that recognition is closed, without a word to the server: it said so, or is gone."""
        self._state = RecognitionState.CLOSED
        self._forget_kept()
        self._settle_closed()

    async def until_opened(self) -> None:
        """Wait until a running `open` has succeeded or failed."""
        if self._opened is not None:
            await asyncio.wait({self._opened})

    async def until_closed(self) -> None:
        """Wait for the ``voice_stopped`` that answers `close`, at most `STOP_TIMEOUT_S`."""
        closed = self._closed
        if closed is not None:
            await asyncio.wait({closed}, timeout=STOP_TIMEOUT_S)
            if self._closed is closed:
                self._settle_closed()

    def take(self, audio: StreamAudio, perishable_s: float) -> bool:
        """Send audio, or keep it while recognition opens. Return False when it is closed.

        Args:
            audio: One frame.
            perishable_s: Its length in seconds if it is worthless when it gets too old on the way, else 0.
        """
        if self._state is RecognitionState.CLOSED:
            return False
        if self._state is RecognitionState.OPEN:
            self._send(audio, perishable_s)
        else:
            self.keep(audio)
        return True

    def keep(self, audio: StreamAudio) -> None:
        """Keep a frame for the moment in which recognition is open."""
        self._kept.append(audio)
        self._kept_bytes += len(audio.audio)
        while self._kept_bytes > self._kept_limit:
            gone = self._kept.popleft()
            self._kept_bytes -= len(gone.audio)
            if self._kept and self._kept[0].turn_id is None:  # what is left of the utterance keeps its id
                self._kept[0] = msgspec.structs.replace(self._kept[0], turn_id=gone.turn_id)

    def started(self) -> bool:
        """Take note of ``voice_started``; False when nobody waits for it."""
        if self._state is not RecognitionState.OPENING or self._opened is None or self._opened.done():
            return False
        self._state = RecognitionState.OPEN
        for audio in self._kept:
            self._send(audio, 0.0)
        self._forget_kept()
        self._opened.set_result(None)
        return True

    def stopped(self) -> bool:
        """Take note of ``voice_stopped``; True when it was the server's own doing."""
        if self._closed is not None:
            self._settle_closed()
            return False
        if self._state is not RecognitionState.OPEN:
            return False
        self.reset()
        return True

    def refused(self, error: EstuaryError) -> bool:
        """Take note that the server does not open recognition; False when nobody asked it to."""
        if self._state is not RecognitionState.OPENING:
            return False
        self._state = RecognitionState.CLOSED
        self.abandon(error)
        return True

    def _settle_closed(self) -> None:
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)
        self._closed = None

    def _forget_kept(self) -> None:
        self._kept.clear()
        self._kept_bytes = 0
