"""The character's mouth in one session: it gives one answer at a time, and can be interrupted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from app.protocol.server_messages import BotResponse, Interrupt, ServerError
from app.server.answer import Answer, Delivery, Send
from app.server.replies.interjection import Interjection
from app.server.speech_worker import SpeechWorker
from app.server.voices import bell
from app.server.voices.voice import Manner
from app.server.wording import Wording

_log = logging.getLogger(__name__)

_TROUBLE = "Sorry, something went wrong while I made that answer. Please try again."


class Speaking:
    """Gives answers to one client.

    Args:
        send: Sends a message to it.
        voice: Makes the audio.
        rate: Sample rate in Hz at which the client plays.
        manner: Tells how the character speaks; asked for each answer.
    """

    def __init__(
        self, send: Send, voice: SpeechWorker, rate: int, manner: Callable[[], Manner] = Manner
    ) -> None:
        self._send = send
        self._voice = voice
        self._rate = rate
        self._manner = manner
        self._wording: Wording | None = None
        self._answer: Answer | None = None
        self._answering: asyncio.Task[None] | None = None
        self._turns = asyncio.Lock()
        self._is_closed = False

    @property
    def is_speaking(self) -> bool:
        """Whether an answer is being given, or is still being heard by a client that plays in real time."""
        return not self._is_idle() or self._ends_at() > asyncio.get_running_loop().time()

    async def begin(
        self,
        wording: Wording,
        *,
        has_voice: bool = True,
        told: str = "",
        interjection: Interjection | None = None,
    ) -> None:
        """Give an answer, in place of the one that is being given.

        Args:
            wording: Its words.
            has_voice: Whether it is spoken at all.
            told: The words this client was told before, on another connection.
            interjection: What the character says unasked, if this is no answer.
        """
        manner = self._manner()
        delivery = Delivery(
            message_id=wording.message_id,
            rate=self._rate,
            has_voice=has_voice and not manner.is_mute,
            is_interjection=interjection is not None,
            prelude=bell.ring(self._rate) if interjection is not None and interjection.rings else b"",
            told=told,
            manner=manner,
        )
        async with self._turns:
            if self._is_closed:
                return
            if self.is_speaking:
                await self._interrupt(None, "new_turn")
            elif self._wording is not None:
                self._wording.is_over = True  # time enough to hear it has passed
            self._wording = wording
            self._answer = Answer(delivery, self._send, self._voice)
            self._answering = asyncio.create_task(self._run(self._answer, wording), name="answer")

    async def retell(self, wording: Wording) -> None:
        """Tell the words of a finished answer once more, without voice and beside what is being said."""
        if wording.has_failed:
            await self._send(ServerError(message=_TROUBLE))
        else:
            await self._send(BotResponse(text=wording.text, is_final=True, message_id=wording.message_id))

    async def interrupt(self, message_id: str | None = None, reason: str = "client_interrupt") -> None:
        """Stop the answer that is being given; every call is answered by one ``interrupt``."""
        async with self._turns:
            await self._interrupt(message_id, reason)

    def playback_complete(self, message_id: str | None) -> None:
        """The client has played an answer to its end."""
        wording = self._wording
        if wording is not None and message_id in {None, wording.message_id} and self._is_idle():
            wording.is_over = True
            self._wording = self._answer = None

    async def finished(self) -> None:
        """Wait until the answer that is being given is on the wire."""
        if self._answering is not None:
            await asyncio.wait([self._answering])

    async def quiet(self) -> None:
        """Wait until no answer is being given, and the last one has been heard."""
        loop = asyncio.get_running_loop()
        while self.is_speaking:
            await self.finished()
            await asyncio.sleep(max(0.0, self._ends_at() - loop.time()))

    async def close(self) -> None:
        """Stop at once and for good; the words may still be made, for another session to tell."""
        async with self._turns:
            self._is_closed = True
            await self._stop()

    async def _interrupt(self, message_id: str | None, reason: str) -> None:
        current = self._wording
        if message_id is None and current is not None:
            message_id = current.message_id
        if current is not None and message_id == current.message_id:
            current.cut()
            await self._stop()
        await self._send(Interrupt(message_id=message_id, reason=reason, interrupted_at=time.time()))

    async def _run(self, answer: Answer, wording: Wording) -> None:
        try:
            await answer.run(wording.pieces(answer.delivery.told))
        except Exception:
            if not wording.has_failed:  # that was logged where it happened
                _log.exception("an answer failed")
            await self._send(ServerError(message=_TROUBLE))

    async def _stop(self) -> None:
        answering, self._wording, self._answer, self._answering = self._answering, None, None, None
        if answering is not None:
            answering.cancel()
            await asyncio.wait([answering])

    def _is_idle(self) -> bool:
        return self._answering is None or self._answering.done()

    def _ends_at(self) -> float:
        return 0.0 if self._answer is None else self._answer.ends_at
