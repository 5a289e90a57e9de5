"""One answer of the character: words and voice, streamed while they are made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.audio.resample import Resampler
from app.core.audio_format import AudioFormat
from app.protocol.message import Message
from app.protocol.server_messages import BotResponse, BotVoice
from app.server.speech_worker import SpeechWorker
from app.server.voices.speakable import SentenceSplitter, speakable
from app.server.voices.voice import Manner

AHEAD_S: Final = 2.0
"""Seconds that voice is sent at most ahead of real time: an interruption finds little to take back."""

CHUNK_MS: Final = 100
"""Milliseconds of audio in one ``bot_voice``."""

Send = Callable[[Message], Awaitable[None]]
"""Sends one message to the client."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an answer is to reach the client.

    Attributes:
        message_id: Names the answer in every message.
        rate: Sample rate in Hz of the voice.
        has_voice: Whether it is spoken at all.
        is_interjection: Whether the character speaks unasked.
        prelude: PCM16LE mono at ``rate`` that sounds before the words.
        told: Words the client was told before, on a connection that was lost: spoken again, but not
            told again before the final message.
        manner: How the character speaks.
    """

    message_id: str
    rate: int
    has_voice: bool = True
    is_interjection: bool = False
    prelude: bytes = b""
    told: str = ""
    manner: Manner = field(default_factory=Manner)


class Answer:
    """Sends one reply as ``bot_response`` and ``bot_voice``.

    Args:
        delivery: How it is to reach the client.
        send: Sends a message.
        voice: Makes the audio.
    """

    def __init__(self, delivery: Delivery, send: Send, voice: SpeechWorker) -> None:
        self.delivery = delivery
        self.text = delivery.told
        self._send = send
        self._voice = voice
        self._format = AudioFormat(delivery.rate)
        self._sentences: asyncio.Queue[str | None] = asyncio.Queue()
        self._resampler = Resampler(voice.rate, delivery.rate)
        self._waiting = bytearray(delivery.prelude)
        self._chunks = 0
        self._began: float | None = None
        self._sent_s = 0.0

    @property
    def ends_at(self) -> float:
        """Event-loop time in seconds at which a client that plays in real time has played what was sent."""
        return 0.0 if self._began is None else self._began + self._sent_s

    async def run(self, pieces: AsyncIterator[str]) -> None:
        """Send the whole reply; ends when its last audio is on the wire."""
        async with asyncio.TaskGroup() as group:
            if self.delivery.has_voice:
                group.create_task(self._speak(), name="answer voice")
            await self._write(pieces)

    async def _write(self, pieces: AsyncIterator[str]) -> None:
        splitter = SentenceSplitter()
        self._put(splitter.push(self.text))
        index = 0
        async for piece in pieces:
            if not piece:
                continue
            self.text += piece
            await self._send(self._response(index, partial=piece))
            index += 1
            self._put(splitter.push(piece))
        self._put([*splitter.flush(), None])
        await self._send(self._response(index, is_final=True))

    def _put(self, sentences: Sequence[str | None]) -> None:
        for sentence in sentences:
            self._sentences.put_nowait(sentence)

    def _response(self, index: int, *, partial: str = "", is_final: bool = False) -> BotResponse:
        return BotResponse(
            text=self.text,
            partial=partial,
            is_final=is_final,
            message_id=self.delivery.message_id,
            chunk_index=index,
            is_interjection=self.delivery.is_interjection,
        )

    async def _speak(self) -> None:
        while (sentence := await self._sentences.get()) is not None:
            async for pcm in self._voice.speak(speakable(sentence), self.delivery.manner):
                self._waiting += self._resampler.push(pcm)
                await self._send_whole_chunks()
        self._waiting += self._resampler.push(b"", last=True)
        await self._send_whole_chunks()
        # The last chunk must not be empty: the official client loses an empty one, and its final flag.
        last = bytes(self._waiting) or bytes(self._format.frame_bytes)
        await self._send_chunk(last, is_final=True)

    async def _send_whole_chunks(self) -> None:
        size = self._format.bytes_of(CHUNK_MS)
        while len(self._waiting) > size:
            chunk = bytes(self._waiting[:size])
            del self._waiting[:size]
            await self._send_chunk(chunk)

    async def _send_chunk(self, pcm: bytes, *, is_final: bool = False) -> None:
        now = asyncio.get_running_loop().time()
        # A client that had played everything has waited since: it is not to be flooded now.
        self._began = now if self._began is None else max(self._began, now - self._sent_s)
        length = self._format.seconds_of(len(pcm))
        ahead = self._began + self._sent_s + length - now
        if ahead > AHEAD_S:
            await asyncio.sleep(ahead - AHEAD_S)
        self._sent_s += length
        await self._send(
            BotVoice(
                audio=pcm,
                message_id=self.delivery.message_id,
                chunk_index=self._chunks,
                is_final=is_final,
                is_interjection=self.delivery.is_interjection,
                sample_rate=self.delivery.rate,
            )
        )
        self._chunks += 1
