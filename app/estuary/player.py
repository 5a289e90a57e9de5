"""The character's voice on its way to the speaker, message by message."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.audio.resample import Resampler, resample
from app.audio.sink import SampleSink
from app.core.audio_format import DEFAULT_RATE, AudioFormat
from app.core.errors import HeronError
from app.estuary.audio_extra import require_audio
from app.estuary.callback import call_safely
from app.estuary.events import BotVoice
from app.estuary.heard_times import HeardTimes
from app.estuary.jitter_buffer import HOLD_S, JITTER_S, JitterBuffer
from app.estuary.playlist import PlayedMessage, Playlist
from app.estuary.stall import Stall
from app.estuary.tombstones import Tombstones

_LOG: Final = logging.getLogger(__name__)

BUFFER_LIMIT_S: Final = 300.0
"""Seconds of audio that may wait (14 MB at 24 kHz): no reply is longer. What comes on top is dropped."""

PIECES_LIMIT: Final = 50_000
"""Pieces that may wait, however short they are."""


class PlaybackEvent(StrEnum):
    """What happened to a message in the speaker."""

    STARTED = "started"
    """Its first sample has left the speaker."""
    COMPLETE = "complete"
    """Its last sample has left the speaker."""
    INTERRUPTED = "interrupted"
    """It was stopped; nothing of it follows."""


class AudioPlayer:
    """Plays `BotVoice` pieces and tells what was heard of each message.

    Pieces are played in the order in which they are enqueued, each at its own sample rate. A message starts
    once ``jitter_s`` of it is there, or all of it; where it runs dry, it waits again, and for more.

    It belongs to the event loop it is started on.

    Args:
        sample_rate: Rate in Hz the speaker is opened with, when no ``sink`` is given.
        on_playback_event: Gets a `PlaybackEvent` and the message's id; it must not block.
        sink: Where the voice goes; the system's speaker by default.
        volume: Loudness in 0..1.
        on_frame: Gets each frame of 20 ms as it is heard: PCM16LE mono at the sink's rate.
        on_news: Gets what becomes of the speaker's device. With a `DeviceLost` everything is interrupted.
        jitter_s: Seconds of a message that must be there before it starts.
    """

    def __init__(
        self,
        sample_rate: int = DEFAULT_RATE,
        on_playback_event: Callable[[PlaybackEvent, str], object] | None = None,
        *,
        sink: SampleSink | None = None,
        volume: float = 1.0,
        on_frame: Callable[[bytes], None] | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
        jitter_s: float = JITTER_S,
    ) -> None:
        self._sample_rate = sample_rate
        self._sink = sink
        self._volume = volume
        self.on_playback_event = on_playback_event
        self.on_frame = on_frame
        self.on_news = on_news
        self._messages: OrderedDict[str, PlayedMessage] = OrderedDict()
        self._playlist = Playlist()
        self._jitter: JitterBuffer[tuple[PlayedMessage, bytes]] = JitterBuffer(jitter_s)
        self._holding: asyncio.TimerHandle | None = None
        self._raw: Resampler | None = None
        self._is_ducked = False
        self._tombstones = Tombstones()
        self._times = HeardTimes()
        self._stall = Stall()
        self._is_begun = False
        self._opening: asyncio.Task[None] | None = None
        self._early: list[BotVoice] = []

    @property
    def is_playing(self) -> bool:
        """Whether audio waits or is being heard."""
        return bool(self._playlist) or self._jitter.is_holding

    @property
    def is_busy(self) -> bool:
        """Whether a message plays, or is still being received."""
        return self.is_playing or bool(self._messages)

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

    @property
    def is_ducked(self) -> bool:
        """Whether everything but cues is played softly, to be spoken over. May be set from any thread."""
        return self._is_ducked

    @is_ducked.setter
    def is_ducked(self, is_ducked: bool) -> None:
        self._is_ducked = is_ducked
        if self._sink is not None:
            self._sink.is_ducked = is_ducked

    @property
    def latency_s(self) -> float:
        """Seconds between handing over a sample and hearing it, as last measured; 0.0 before that."""
        return 0.0 if self._sink is None else self._sink.latency_s

    @property
    def stalled_s(self) -> float:
        """Seconds for which audio has waited and nothing was heard; 0.0 while nothing waits."""
        if self._sink is None or not self.is_playing:
            return 0.0
        return self._stall.age_s(self._sink.played_samples)

    def started_at(self, message_id: str) -> float | None:
        """Return the ``time.monotonic()`` at which the first sample of a message was heard, if it was."""
        return self._times.started_at(message_id)

    def completed_at(self, message_id: str) -> float | None:
        """Return the ``time.monotonic()`` at which the last sample of a message was heard, if it was."""
        return self._times.completed_at(message_id)

    def is_stopped(self, message_id: str) -> bool:
        """Return whether a message was interrupted, so that nothing more of it is played."""
        return message_id in self._tombstones

    async def start(self) -> None:
        """Open the speaker. It stays open and silent between messages.

        Raises:
            EstuaryError: VOICE_NOT_SUPPORTED without the audio packages.
            AudioError: There is no speaker, or it does not open.
        """
        self._is_begun = True
        if self._sink is None:
            require_audio()
            from app.audio.playback.speaker import Speaker

            self._sink = Speaker(self._sample_rate)
        early = self._early
        self._forget()
        self._early = early
        self._sink.volume, self._sink.is_ducked = self._volume, self._is_ducked
        await self._sink.start(self._played, on_frame=self._heard, on_news=self._told)

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

        The first piece opens the speaker where `start` was not called; one that does not open is told to
        ``on_news``. Beyond `BUFFER_LIMIT_S` pieces are dropped.
        """
        if self.is_stopped(voice.message_id):
            return
        if self._opening is None and not self._is_begun:
            self._opening = asyncio.create_task(self._open_late(), name="speaker")
        if self._opening is not None:
            if len(self._early) < PIECES_LIMIT:
                self._early.append(voice)
            return
        if self._sink is None or not self._sink.is_open:
            return
        message = self._messages.get(voice.message_id)
        if message is None:
            if not (voice.pcm or voice.is_final):
                return
            message = self._messages[voice.message_id] = PlayedMessage(voice.message_id)
        message.is_final |= voice.is_final
        self._add(message, message.resampled(voice, self._sink.rate))

    def play_raw(self, pcm: bytes, sample_rate: int | None = None) -> None:
        """Play PCM16LE mono at once after everything before it; no event tells of it.

        Args:
            pcm: The next piece of a stream; an odd byte is carried to the next one.
            sample_rate: Its rate in Hz, the sink's by default.
        """
        if self._sink is None or not self._sink.is_open:
            return
        source = sample_rate or self._sink.rate
        if self._raw is None or (self._raw.source_rate, self._raw.target_rate) != (source, self._sink.rate):
            self._raw = Resampler(source, self._sink.rate)
        pcm = self._raw.push(pcm)
        self._release()
        if pcm and not self._is_full:
            self._write(None, pcm)

    def play_cue(self, pcm: bytes, rate: int) -> None:
        """Play a short sound at once, over what else is heard. It is no message: nothing tells of it.

        Args:
            pcm: All of it, PCM16LE mono.
            rate: Its sample rate in Hz.
        """
        if self._sink is not None and self._sink.is_open:
            self._sink.play_over(resample(pcm, rate, self._sink.rate))

    def interrupt(self, message_id: str | None = None) -> None:
        """Stop a message, or all of them, and drop what is still to come of it. Others play on."""
        stopped = [
            message for name, message in self._messages.items() if message_id is None or name == message_id
        ]
        for name in {message.message_id for message in stopped} | {message_id}:
            if name:
                self._tombstones.add(name)
        for message in stopped:
            del self._messages[message.message_id]
        if message_id is None or any(message.pieces for message in stopped):
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
            self._add(message, message.rest())
        return cut

    async def _open_late(self) -> None:
        try:
            await self.start()
        except HeronError as error:
            self._told(DeviceLost(str(error)))
        self._opening = None
        early, self._early = self._early, []
        for voice in early:
            self.enqueue(voice)

    def _add(self, message: PlayedMessage, pcm: bytes) -> None:
        """Take the next audio of a message, to be played as soon as enough is there."""
        if pcm and self._is_full:
            if not message.is_cut:
                _LOG.warning("Too much audio waits: the rest of message %r is dropped.", message.message_id)
            message.is_cut = True
        elif pcm and self._sink is not None:
            message.pieces += 1
            seconds, now = AudioFormat(self._sink.rate).seconds_of(len(pcm)), time.monotonic()
            if not self.is_playing:
                self._stall.begin()
            is_dry = not self._sink.queued_samples
            item = (message, pcm)
            for piece in self._jitter.push(item, seconds, now, is_dry=is_dry, is_begun=message.is_begun):
                self._write(*piece)
            if self._jitter.is_holding and self._holding is None:
                self._holding = asyncio.get_running_loop().call_later(HOLD_S, self._release)
        if message.is_final or not self._jitter.is_holding:
            self._release()
        if message.is_final and not message.pieces:
            self._complete(message)

    def _release(self) -> None:
        """Play what is kept back."""
        self._hold_no_longer()
        for piece in self._jitter.release(time.monotonic()):
            self._write(*piece)

    def _hold_no_longer(self) -> None:
        if self._holding is not None:
            self._holding.cancel()
        self._holding = None

    def _write(self, message: PlayedMessage | None, pcm: bytes) -> None:
        if self._sink is None or not pcm:
            return
        if not self.is_playing:
            self._stall.begin()
        self._playlist.add(message, self._sink.written_samples, pcm)
        self._sink.write(pcm)

    def _cut(self, stopped: set[PlayedMessage] | None) -> None:
        """Take the stopped messages (None: everything) out of what the sink has not handed to the device."""
        if self._sink is None:
            return
        self._jitter.cut(time.monotonic(), lambda item: stopped is not None and item[0] not in stopped)
        kept_until = None if stopped is None else self._playlist.kept_until(stopped)
        self._sink.clear(kept_until)
        handed = self._sink.written_samples - self._sink.queued_samples
        if kept_until is not None:
            handed = max(handed, kept_until)  # what plays now is none of them: it plays on
        for message, pcm in self._playlist.cut(handed, stopped):
            self._write(message, pcm)

    @property
    def _is_full(self) -> bool:
        if self._sink is None:
            return False
        waiting_s = self._sink.queued_samples / self._sink.rate + self._jitter.held_s
        return waiting_s >= BUFFER_LIMIT_S or len(self._playlist) >= PIECES_LIMIT

    def _played(self, played: int) -> None:
        self._stall.age_s(played)
        for piece, is_over in self._playlist.heard(played):
            message = piece.message
            if message is None:
                continue
            self._start(message, piece.start)
            if is_over:
                message.pieces -= 1
                if message.is_final and not message.pieces:
                    self._complete(message)

    def _heard(self, frame: bytes) -> None:
        if self.on_frame is not None:
            call_safely(self.on_frame, frame)

    def _told(self, news: DeviceNews) -> None:
        if isinstance(news, DeviceLost):
            stopped = list(self._messages.values())
            self._forget()
            for message in stopped:
                self._tombstones.add(message.message_id)
                self._tell(PlaybackEvent.INTERRUPTED, message)
        if self.on_news is not None:
            call_safely(self.on_news, news)

    def _start(self, message: PlayedMessage, first: int) -> None:
        if message.is_started:
            return
        for earlier in list(self._messages.values()):  # whose last piece never came
            if earlier is message:
                break
            if earlier.is_started and not earlier.pieces:
                self._complete(earlier)
        message.is_started = True
        self._times.start(message.message_id, self._left_at(first))
        self._tell(PlaybackEvent.STARTED, message)

    def _complete(self, message: PlayedMessage) -> None:
        if self._messages.get(message.message_id) is message:
            del self._messages[message.message_id]
            if message.end is not None:
                self._times.complete(message.message_id, self._left_at(message.end - 1))
            self._tell(PlaybackEvent.COMPLETE, message)

    def _left_at(self, sample: int) -> float:
        """Return when a sample was heard, as well as is known."""
        left_at = None if self._sink is None else self._sink.left_at(sample)
        return time.monotonic() if left_at is None else left_at

    def _forget(self) -> None:
        self._hold_no_longer()
        self._jitter.cut(0.0, lambda _: False)
        self._raw = None
        self._early = []
        self._messages.clear()
        self._playlist.clear()

    def _tell(self, event: PlaybackEvent, message: PlayedMessage) -> None:
        if self.on_playback_event is not None:
            call_safely(self.on_playback_event, event, message.message_id)
