"""The character's voice on its way to the speaker, message by message."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.audio.resample import Resampler
from app.audio.sink import SampleSink
from app.core.audio_format import DEFAULT_RATE, SAMPLE_BYTES
from app.core.errors import HeronError
from app.estuary.audio_extra import require_audio
from app.estuary.callback import call_safely
from app.estuary.events import BotVoice

_TOMBSTONES: Final = 64
"""Interrupted messages remembered; their late pieces are dropped."""


class PlaybackEvent(StrEnum):
    """What happened to a message in the speaker."""

    STARTED = "started"
    """Its first sample has left the speaker."""
    COMPLETE = "complete"
    """Its last sample has left the speaker."""
    INTERRUPTED = "interrupted"
    """It was stopped; nothing of it follows."""


class _Message:
    """One message that plays, or is still received."""

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.is_started = False
        self.is_final = False
        self.pieces = 0
        self.resampler: Resampler | None = None

    def resampled(self, voice: BotVoice, rate: int) -> bytes:
        """Return what a piece adds at the speaker's rate; an odd byte is carried to the next one."""
        rest = b""
        if self.resampler is None or self.resampler.source_rate != voice.sample_rate:
            rest = b"" if self.resampler is None else self.resampler.push(b"", last=True)
            self.resampler = Resampler(voice.sample_rate, rate)
        return rest + self.resampler.push(voice.pcm, last=voice.is_final)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Audio in the sink; positions count samples since the sink was started."""

    message: _Message | None
    start: int
    end: int
    pcm: bytes


class AudioPlayer:
    """Plays `BotVoice` pieces and tells what was heard of each message.

    Pieces are played in the order in which they are enqueued, each at its own sample rate. It belongs to the
    event loop it is started on.

    Args:
        sample_rate: Rate in Hz the speaker is opened with, when no ``sink`` is given.
        on_playback_event: Gets a `PlaybackEvent` and the message's id; it must not block.
        sink: Where the voice goes; the system's speaker by default.
        volume: Loudness in 0..1.
        on_frame: Gets each frame of 20 ms as it is heard: PCM16LE mono at the sink's rate.
        on_lost: Gets one sentence if the speaker ends by itself.
    """

    def __init__(
        self,
        sample_rate: int = DEFAULT_RATE,
        on_playback_event: Callable[[PlaybackEvent, str], object] | None = None,
        *,
        sink: SampleSink | None = None,
        volume: float = 1.0,
        on_frame: Callable[[bytes], None] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        self._sample_rate = sample_rate
        self._sink = sink
        self._volume = volume
        self.on_playback_event = on_playback_event
        self.on_frame = on_frame
        self.on_lost = on_lost
        self._messages: OrderedDict[str, _Message] = OrderedDict()
        self._pieces: deque[_Piece] = deque()
        self._written = 0
        self._raw: Resampler | None = None
        self._tombstones: deque[str] = deque(maxlen=_TOMBSTONES)
        self._is_begun = False
        self._opening: asyncio.Task[None] | None = None
        self._early: list[BotVoice] = []

    @property
    def is_playing(self) -> bool:
        """Whether audio waits or is being heard."""
        return bool(self._pieces)

    @property
    def is_busy(self) -> bool:
        """Whether a message plays, or is still being received."""
        return bool(self._pieces or self._messages)

    @property
    def is_open(self) -> bool:
        """Whether the speaker takes audio."""
        return self._sink is not None and self._sink.is_open

    @property
    def volume(self) -> float:
        """Loudness in 0..1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        if self._sink is not None:
            self._sink.volume = self._volume

    async def start(self) -> None:
        """Open the speaker. It stays open and silent between messages.

        Raises:
            EstuaryError: VOICE_NOT_SUPPORTED without the audio packages.
            AudioError: There is no speaker, or it does not open.
        """
        self._is_begun = True
        if self._sink is None:
            require_audio()
            from app.audio.speaker import Speaker

            self._sink = Speaker(self._sample_rate)
        early = self._early
        self._forget()
        self._early = early
        self._written = 0
        self._sink.volume = self._volume
        await self._sink.start(self._played, on_frame=self._heard, on_lost=self._lost)

    async def dispose(self) -> None:
        """Close the speaker and drop what waits. May be called when it is not open."""
        self._is_begun = True  # what comes late does not open it again
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
        self._forget()
        if self._sink is not None:
            await self._sink.stop()

    def enqueue(self, voice: BotVoice) -> None:
        """Play a piece after everything before it. Pieces of interrupted messages are dropped.

        The first piece opens the speaker where `start` was not called; a speaker that does not open is told
        to ``on_lost``.
        """
        if voice.message_id in self._tombstones:
            return
        if self._opening is None and not self._is_begun:
            self._opening = asyncio.create_task(self._open_late(), name="speaker")
        if self._opening is not None:
            self._early.append(voice)
            return
        if self._sink is None or not self._sink.is_open:
            return
        message = self._messages.get(voice.message_id)
        if message is None:
            message = self._messages[voice.message_id] = _Message(voice.message_id)
        message.is_final |= voice.is_final
        self._write(message, message.resampled(voice, self._sink.rate))
        if message.is_final and not message.pieces:
            self._complete(message)

    def play_raw(self, pcm: bytes, sample_rate: int | None = None) -> None:
        """Play PCM16LE mono after everything before it; no event tells of it.

        Args:
            pcm: The next piece of a stream; an odd byte is carried to the next one.
            sample_rate: Its rate in Hz, the sink's by default.
        """
        if self._sink is None or not self._sink.is_open:
            return
        source = sample_rate or self._sink.rate
        if self._raw is None or (self._raw.source_rate, self._raw.target_rate) != (source, self._sink.rate):
            self._raw = Resampler(source, self._sink.rate)
        self._write(None, self._raw.push(pcm))

    def interrupt(self, message_id: str | None = None) -> None:
        """Stop a message, or all of them, and drop what is still to come of it. Others play on."""
        stopped = [
            message for name, message in self._messages.items() if message_id is None or name == message_id
        ]
        for name in {message.message_id for message in stopped} | {message_id}:
            if name:
                self._tombstones.append(name)
        for message in stopped:
            del self._messages[message.message_id]
        if message_id is None or any(piece.message in stopped for piece in self._pieces):
            self._cut(None if message_id is None else set(stopped))
        for message in stopped:
            self._tell(PlaybackEvent.INTERRUPTED, message)

    def clear(self) -> None:
        """Stop everything, as `interrupt` without a message does."""
        self.interrupt()

    def expect_no_more(self) -> set[str]:
        """Take what was received as all there is: the connection is gone. It is played to its end.

        Returns:
            The ids of the messages that were cut.
        """
        cut = {message.message_id for message in self._messages.values() if not message.is_final}
        for message in list(self._messages.values()):
            message.is_final = True
            if message.resampler is not None:
                self._write(message, message.resampler.push(b"", last=True))
            if not message.pieces:
                self._complete(message)
        return cut

    async def _open_late(self) -> None:
        try:
            await self.start()
        except HeronError as error:
            self._lost(str(error))
        self._opening = None
        early, self._early = self._early, []
        for voice in early:
            self.enqueue(voice)

    def _write(self, message: _Message | None, pcm: bytes) -> None:
        if self._sink is None or not pcm:
            return
        start = max(self._written, self._sink.played_samples + self._sink.queued_samples)
        self._written = start + len(pcm) // SAMPLE_BYTES
        self._pieces.append(_Piece(message, start, self._written, pcm))
        if message is not None:
            message.pieces += 1
        self._sink.write(pcm)

    def _cut(self, stopped: set[_Message] | None) -> None:
        """Take the stopped messages (None: everything) out of what the sink has not handed to the device."""
        if self._sink is None:
            return
        handed = self._written - self._sink.queued_samples
        self._sink.clear()
        self._written = handed + self._sink.queued_samples  # what the fade takes is still heard
        waiting, self._pieces = self._pieces, deque()
        for piece in waiting:
            if stopped is None or piece.message in stopped:
                continue
            if piece.end <= handed:
                self._pieces.append(piece)
                continue
            if piece.message is not None:
                piece.message.pieces -= 1
            self._write(piece.message, piece.pcm[max(handed - piece.start, 0) * SAMPLE_BYTES :])

    def _played(self, played: int) -> None:
        while self._pieces and self._pieces[0].end <= played:
            piece = self._pieces.popleft()
            if piece.message is not None:
                self._start(piece.message)
                piece.message.pieces -= 1
                if piece.message.is_final and not piece.message.pieces:
                    self._complete(piece.message)
        if self._pieces and self._pieces[0].start < played:
            message = self._pieces[0].message
            if message is not None:
                self._start(message)

    def _heard(self, frame: bytes) -> None:
        if self.on_frame is not None:
            call_safely(self.on_frame, frame)

    def _lost(self, sentence: str) -> None:
        self._forget()
        if self.on_lost is not None:
            call_safely(self.on_lost, sentence)

    def _start(self, message: _Message) -> None:
        if message.is_started:
            return
        for earlier in list(self._messages.values()):  # whose last piece never came
            if earlier is message:
                break
            if earlier.is_started and not earlier.pieces:
                self._complete(earlier)
        message.is_started = True
        self._tell(PlaybackEvent.STARTED, message)

    def _complete(self, message: _Message) -> None:
        if self._messages.get(message.message_id) is message:
            del self._messages[message.message_id]
            self._tell(PlaybackEvent.COMPLETE, message)

    def _forget(self) -> None:
        self._raw = None
        self._early = []
        self._messages.clear()
        self._pieces.clear()

    def _tell(self, event: PlaybackEvent, message: _Message) -> None:
        if self.on_playback_event is not None:
            call_safely(self.on_playback_event, event, message.message_id)
