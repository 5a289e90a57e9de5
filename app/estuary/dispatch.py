"""From the server's messages to voice and to the program's listeners."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from app.estuary.emitter import Emitter
from app.estuary.errors import EstuaryError
from app.estuary.events import BotVoice, EventName
from app.estuary.voice_manager import VoiceManager
from app.protocol import server_messages as wire
from app.protocol.connection import BadPayload
from app.protocol.message import Message

_LOG: Final = logging.getLogger(__name__)


class Dispatch:
    """Hands each message to whom it concerns.

    Args:
        emitter: Delivers events.
        voice: Learns what the server says about voice.
        rate: Sample rate of the session in Hz, for voice that does not name its own.
    """

    def __init__(self, emitter: Emitter, voice: VoiceManager, rate: int) -> None:
        self._emitter = emitter
        self._voice = voice
        self._rate = rate
        self._takers: dict[type[Message], Callable[[Any], None]] = {
            wire.BotVoice: self._bot_voice,
            wire.VoiceStarted: lambda _: voice.started(),
            wire.VoiceStopped: lambda _: voice.stopped(),
            wire.VoiceError: self._voice_error,
            wire.VoiceTimeout: self._voice_timeout,
            wire.ServerError: self._server_error,
        }

    def message(self, message: Message) -> None:
        """Take one message."""
        taker = self._takers.get(type(message))
        if taker is None:
            self._emitter.emit(EventName(message.event), message)
        else:
            taker(message)

    def malformed(self, bad: BadPayload) -> None:
        """Report a payload that cannot be read."""
        _LOG.warning("the server sent a malformed %s: %s", bad.event, bad.problem)
        error = EstuaryError(
            f"The server sent a {bad.event} that cannot be read: {bad.problem}.",
            details={"event": bad.event, "problem": bad.problem},
        )
        self._emitter.emit(EventName.ERROR, error)

    def _bot_voice(self, message: wire.BotVoice) -> None:
        voice = BotVoice(
            pcm=message.audio,
            sample_rate=message.sample_rate or self._rate,
            message_id=message.message_id,
            chunk_index=message.chunk_index,
            is_final=message.is_final,
            is_interjection=message.is_interjection,
        )
        self._emitter.emit(EventName.BOT_VOICE, voice)
        if message.audio:
            self._emitter.emit(EventName.AUDIO_RECEIVED, message.audio)

    def _voice_error(self, message: wire.VoiceError) -> None:
        self._emitter.emit(EventName.VOICE_ERROR, message)
        self._voice.failed(message.error)

    def _voice_timeout(self, message: wire.VoiceTimeout) -> None:
        self._emitter.emit(EventName.VOICE_TIMEOUT, message)
        self._voice.failed("nobody spoke")

    def _server_error(self, message: wire.ServerError) -> None:
        details = {} if message.error is None else {"error": message.error}
        said = message.message or message.error or "The server reported an error."
        self._emitter.emit(EventName.ERROR, EstuaryError(said, details=details))
