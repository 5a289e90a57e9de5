"""From the server's messages to voice and to the program's listeners."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec

from app.core.translation import translate
from app.estuary.emitter import Emitter
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.events import BotVoice, EventName, OtherEvent
from app.estuary.questions import Questions
from app.estuary.voice_manager import VoiceManager
from app.protocol import server_messages as wire
from app.protocol.connection import BadPayload, UnknownEvent
from app.protocol.message import UNREADABLE, Message

_LONGEST_NAME: Final = 100

_LOG: Final = logging.getLogger(__name__)


class Dispatch:
    """Hands each message to whom it concerns.

    Args:
        emitter: Delivers events.
        voice: Learns what the server says about voice.
        questions: Learns what is answered.
        rate: Sample rate of the session in Hz, for voice that does not name its own.
    """

    def __init__(
        self,
        emitter: Emitter,
        voice: VoiceManager,
        questions: Questions,
        rate: int,
    ) -> None:
        self._emitter = emitter
        self._voice = voice
        self._questions = questions
        self._rate = rate
        self._takers: dict[type[Message], Callable[[Any], None]] = {
            wire.BotVoice: self._bot_voice,
            wire.BotResponse: self._bot_response,
            wire.SttResponse: self._stt_response,
            wire.Interrupt: self._interrupt,
            wire.AgentTurnVoice: self._agent_voice,
            wire.CameraCapture: partial(emitter.emit, EventName.CAMERA_CAPTURE_REQUEST),
            wire.VoiceStarted: lambda _: voice.started(),
            wire.VoiceStopped: lambda _: voice.stopped(),
            wire.VoiceError: self._voice_error,
            wire.VoiceTimeout: self._voice_timeout,
            wire.ServerError: self._server_error,
            wire.QuotaExceeded: self._quota_exceeded,
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
        text = translate("Connection", "The server sent a {event} that cannot be read: {problem}.")
        error = EstuaryError(
            text.format(event=bad.event, problem=bad.problem),
            details={"event": bad.event, "problem": bad.problem},
        )
        self._emitter.emit(EventName.ERROR, error)

    def unknown(self, event: UnknownEvent) -> None:
        """Hand on an event that has no type."""
        try:
            payload = None if event.payload is None else msgspec.json.decode(event.payload)
        except UNREADABLE as error:
            self.malformed(BadPayload(event.name[:_LONGEST_NAME], str(error)))
        else:
            self._emitter.emit(EventName.OTHER, OtherEvent(name=event.name, payload=payload))

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

    def _bot_response(self, message: wire.BotResponse) -> None:
        self._questions.came(message)
        self._emitter.emit(EventName.BOT_RESPONSE, message)

    def _stt_response(self, message: wire.SttResponse) -> None:
        self._voice.heard(message)
        if message.is_final and message.text.strip():
            self._questions.expect()
        self._emitter.emit(EventName.STT_RESPONSE, message)

    def _interrupt(self, message: wire.Interrupt) -> None:
        self._questions.interrupted(message)
        self._emitter.emit(EventName.INTERRUPT, message)

    def _agent_voice(self, message: wire.AgentTurnVoice) -> None:
        self._emitter.emit(EventName.AGENT_TURN_VOICE, message)
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
        said = message.message or message.error or translate("Connection", "The server reported an error.")
        problem = EstuaryError(said, details=details)
        self._questions.refused(problem)
        self._emitter.emit(EventName.ERROR, problem)

    def _quota_exceeded(self, message: wire.QuotaExceeded) -> None:
        why = message.message or translate("Call", "The account's allowance is used up.")
        self._questions.refused(EstuaryError(why, ErrorCode.QUOTA_EXCEEDED))
        self._emitter.emit(EventName.QUOTA_EXCEEDED, message)
