"""An exchange: what was said to the character in one go, and everything it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from app.core.audio_format import AudioFormat
from app.core.errors import UserError
from app.estuary import EstuaryClient
from app.estuary import events as estuary
from app.estuary.transcript import Transcript
from app.terminal.report import Report

ANSWER_S: Final = 15.0
"""Seconds without any sign of an answer after which there is none."""

_SETTLED_S: Final = 1.5
"""Seconds of quiet after which a recording counts as answered, when its end was not taken for speech."""


@dataclass(slots=True)
class _Reply:
    pcm: bytearray = field(default_factory=bytearray)
    text_done: bool = False
    voice_done: bool = False
    is_interjection: bool = False


class Exchange:
    """Follows the client's events for one recording or one typed turn.

    Args:
        client: A connected client.
        report: Where everything that happens is told.
        file: The recording, None for typed text.
        is_typed: Whether the turn is text, so that no words are recognised.
    """

    def __init__(self, client: EstuaryClient, report: Report, file: str | None, *, is_typed: bool) -> None:
        self._client = client
        self._report = report
        self._file = file
        self._turns = 1 if is_typed else 0
        self._last_turn_at = 0.0
        self._is_hearing = False
        self._spoken_until: float | None = 0.0 if is_typed else None
        self._replies: dict[str, _Reply] = {}
        self._transcript = Transcript()
        self._timed = is_typed
        self._changed = asyncio.Event()
        self._failure: UserError | None = None
        self._rate = client.config.audio_sample_rate
        self._handlers: dict[estuary.EventName, Callable[..., None]] = {
            estuary.EventName.STT_RESPONSE: self._heard,
            estuary.EventName.BOT_RESPONSE: self._said,
            estuary.EventName.BOT_VOICE: self._voiced,
            estuary.EventName.INTERRUPT: self._interrupted,
            estuary.EventName.QUOTA_EXCEEDED: self._refused,
            estuary.EventName.VOICE_ERROR: self._refused,
            estuary.EventName.ERROR: self._erred,
            estuary.EventName.DISCONNECTED: self._lost,
        }

    def __enter__(self) -> Exchange:
        for name, handler in self._handlers.items():
            self._client.on(name, handler)
        return self

    def __exit__(self, *_: object) -> None:
        for name, handler in self._handlers.items():
            self._client.off(name, handler)

    def speech_ends_at(self, moment: float) -> None:
        """Note the event-loop time in seconds at which the recording's last word ends."""
        self._spoken_until = moment

    async def answered(self) -> None:
        """Wait until everything is said and answered, text and voice.

        Raises:
            UserError: After the end of speech there was no sign of an answer for `ANSWER_S`, the server
                refused, or the connection was lost.
        """
        loop = asyncio.get_running_loop()
        quiet_since = loop.time()
        while True:
            if self._failure is not None:
                raise self._failure
            quiet_since = max(quiet_since, self._spoken_until or 0.0)
            quiet_s = loop.time() - quiet_since
            if self._is_settled(quiet_s):
                return
            is_nearly_settled = self._spoken_until is not None and self._is_complete()
            patience = _SETTLED_S if is_nearly_settled else ANSWER_S
            if quiet_s >= patience:
                raise UserError(self._silence())
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(patience - quiet_s):
                    await self._changed.wait()
                quiet_since = loop.time()

    def failed(self, error: UserError) -> None:
        """Let `answered` raise ``error``, unless it has a reason already."""
        self._failure = self._failure or error
        self._changed.set()

    def audio(self) -> bytes:
        """Return the voice of all replies, in the order in which they began: PCM16LE mono."""
        return b"".join(bytes(reply.pcm) for reply in self._replies.values())

    def _is_complete(self) -> bool:
        done = sum(r.text_done and r.voice_done for r in self._replies.values() if not r.is_interjection)
        return 0 < self._turns <= done and not self._is_hearing

    def _is_settled(self, quiet_s: float) -> bool:
        if self._spoken_until is None or quiet_s < 0 or not self._is_complete():
            return False
        return self._last_turn_at >= self._spoken_until or quiet_s >= _SETTLED_S

    def _silence(self) -> str:
        about = f" to {self._file}" if self._file else ""
        heard = "" if self._turns else " Nothing was recognised in it." if self._file else ""
        return f"No answer{about} came within {ANSWER_S:.0f} s.{heard}"

    def _heard(self, heard: estuary.SttResponse) -> None:
        self._is_hearing = not heard.is_final
        if heard.is_final and heard.text:
            self._turns += 1
            self._last_turn_at = asyncio.get_running_loop().time()
        self._report.heard(self._file, heard.text, is_final=heard.is_final)
        self._changed.set()

    def _said(self, said: estuary.BotResponse) -> None:
        reply = self._reply(said.message_id, is_interjection=said.is_interjection)
        text = self._transcript.add(said)
        reply.text_done |= said.is_final
        self._report.reply(self._file, text, said.message_id, is_final=said.is_final)
        self._changed.set()

    def _voiced(self, voice: estuary.BotVoice) -> None:
        reply = self._reply(voice.message_id, is_interjection=False)
        if not reply.is_interjection:
            self._time_first_audio()
        reply.pcm += voice.pcm
        if voice.is_final:
            reply.voice_done = True
            seconds = AudioFormat(self._rate).seconds_of(len(reply.pcm))
            self._report.voice(self._file, voice.message_id, seconds)
            self._client.notify_audio_playback_complete(voice.message_id)
        self._changed.set()

    def _time_first_audio(self) -> None:
        if self._timed or self._spoken_until is None:
            return
        since = asyncio.get_running_loop().time() - self._spoken_until
        if since >= 0:
            self._timed = True
            self._report.timing(self._file, since * 1000)

    def _interrupted(self, interrupt: estuary.Interrupt) -> None:
        if interrupt.message_id is not None and self._file is not None and self._turns > len(self._replies):
            # It came before the first word of the reply that it cuts. Without a turn that waits for one, or
            # typed, it cuts the reply of an earlier exchange.
            self._reply(interrupt.message_id, is_interjection=False)
        for message_id, reply in self._replies.items():
            if interrupt.message_id in {None, message_id}:
                reply.text_done = reply.voice_done = True
        self._changed.set()

    def _refused(self, refusal: estuary.QuotaExceeded | estuary.VoiceError) -> None:
        sentence = refusal.message if isinstance(refusal, estuary.QuotaExceeded) else refusal.error
        self.failed(UserError(f"The server refused: {sentence or 'it gave no reason'}"))

    def _erred(self, error: Exception) -> None:
        self._report.error(self._file, str(error))

    def _lost(self, *_: object) -> None:
        self.failed(
            UserError(
                "The server closed the connection before the answer was complete. "
                "Try again; if it happens again, run “heron doctor”."
            )
        )

    def _reply(self, message_id: str, *, is_interjection: bool) -> _Reply:
        reply = self._replies.setdefault(message_id, _Reply())
        reply.is_interjection |= is_interjection
        return reply
