"""One client's session: what it says becomes turns, and each turn becomes one answer."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.protocol import client_messages, server_messages
from app.server.answer import Answer, Delivery, Send
from app.server.end_pointing import TurnEnd
from app.server.engines import Engines
from app.server.listening import Heard, Listening
from app.server.replies.interjection import Interjection
from app.server.replies.replier import Prompt
from app.server.voices import bell

_log = logging.getLogger(__name__)

_DEAF = "Speech recognition stopped working. Start voice again, or type your words."
_LONGEST_LINE: Final = 5_000
"""Characters of a line that a client lets the character say: about six minutes of speech."""

_PATIENCE_S: Final = 5.0
"""Seconds that an interjection waits for a person who is speaking."""

_TROUBLE = "Sorry, something went wrong while I made that answer. Please try again."


class _Deaf:
    """Recognition has broken."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a session is between.

    Attributes:
        session_id: Names the session to the client.
        character_id: Who answers.
        player_id: Who speaks.
        rate: Sample rate in Hz, of the microphone and of the voice alike.
    """

    session_id: str
    character_id: str
    player_id: str
    rate: int


class Session:
    """A client's conversation with the character.

    Args:
        identity: Who it is between.
        send: Sends a message to the client.
        engines: Recognition, replies and voice.
    """

    def __init__(self, identity: Identity, send: Send, engines: Engines) -> None:
        self.identity = identity
        self._send = send
        self._engines = engines
        self._listening: Listening | None = None
        self._answer: Answer | None = None
        self._answering: asyncio.Task[None] | None = None
        self._turns = asyncio.Lock()
        self._interjections: deque[Interjection] = deque()
        self._interjecting: asyncio.Task[None] | None = None
        self._is_closed = False
        self._outbox: asyncio.Queue[Heard | _Deaf] = asyncio.Queue()
        self._floor_is_free = asyncio.Event()
        self._floor_is_free.set()
        self._hearing = asyncio.create_task(self._act_on_words(), name="session words")

    async def start_voice(self, request: client_messages.StartVoice) -> None:
        """Open speech recognition (again is harmless) and say so."""
        end = TurnEnd.RELEASE if request.is_push_to_talk else TurnEnd.SILENCE
        if self._listening is not None and self._listening.end is not end:
            await self._listening.abort()
            self._listening = None
        if self._listening is None:
            self._listening = Listening(
                self._engines.recognizers,
                self.identity.rate,
                end,
                on_heard=self._outbox.put_nowait,
                on_failed=lambda: self._outbox.put_nowait(_Deaf()),
            )
            self._listening.start()
        if end is TurnEnd.RELEASE:
            self._floor_is_free.clear()
        await self._send(server_messages.VoiceStarted())

    async def stop_voice(self) -> None:
        """Close speech recognition; in push-to-talk this ends the turn, and its words go out first."""
        listening, self._listening = self._listening, None
        if listening is not None:
            await listening.finish()
            await self._outbox.join()
        self._floor_is_free.set()
        await self._send(server_messages.VoiceStopped())

    def audio(self, pcm: bytes) -> None:
        """Take microphone audio; dropped while speech recognition is closed."""
        if self._listening is not None:
            self._listening.audio(pcm)

    async def text(self, text: str, *, has_voice: bool) -> None:
        """Take a typed turn."""
        if words := text.strip():
            await self._begin_answer(self._reply(words), has_voice=has_voice)

    async def say(self, text: str, *, has_voice: bool) -> None:
        """Say ``text`` as the character, as much of it as `_LONGEST_LINE`."""
        if words := text.strip()[:_LONGEST_LINE]:
            await self._begin_answer(_one_piece(words), has_voice=has_voice)

    async def interrupt(self, message_id: str | None = None, reason: str = "client_interrupt") -> None:
        """Stop the answer that is being given; every call is answered by one ``interrupt``."""
        async with self._turns:
            await self._interrupt(message_id, reason)

    async def playback_complete(self, message_id: str | None) -> None:
        """The client has played an answer to its end."""
        answer = self._answer
        if answer is not None and message_id in {None, answer.delivery.message_id} and self._is_idle():
            self._answer = None

    def interject(self, interjection: Interjection) -> None:
        """Say something unasked, as soon as the answer that is being given has been heard."""
        self._interjections.append(interjection)
        if self._interjecting is None or self._interjecting.done():
            self._interjecting = asyncio.create_task(self._say_interjections(), name="interjections")

    def undelivered(self) -> list[Interjection]:
        """Return and forget what was not yet said."""
        waiting = list(self._interjections)
        self._interjections.clear()
        return waiting

    async def close(self) -> None:
        """End everything the session started."""
        if self._listening is not None:
            await self._listening.abort()
        await _cancel(self._hearing)
        await _cancel(self._interjecting)
        async with self._turns:
            self._is_closed = True
            await self._stop_answer()

    async def _act_on_words(self) -> None:
        while True:
            news = await self._outbox.get()
            try:
                await (self._deaf() if isinstance(news, _Deaf) else self._heard(news))
            except Exception:
                _log.exception("a turn failed")
            finally:
                self._outbox.task_done()

    async def _deaf(self) -> None:
        self._listening = None
        self._floor_is_free.set()
        await self._send(server_messages.VoiceError(error=_DEAF))

    async def _heard(self, heard: Heard) -> None:
        if not heard.is_final:
            self._floor_is_free.clear()
        if self._is_speaking():
            await self.interrupt(reason="user_speech")
        await self._send(server_messages.SttResponse(text=heard.text, is_final=heard.is_final))
        if heard.is_final:
            await self._begin_answer(self._reply(heard.text), has_voice=True)
            # Only now: whatever waits for the floor must find the answer on it.
            self._floor_is_free.set()

    def _reply(self, words: str) -> AsyncIterator[str]:
        return self._engines.replier.reply(
            Prompt(
                text=words,
                player_id=self.identity.player_id,
                character_id=self.identity.character_id,
                now=datetime.now().astimezone(),
            )
        )

    async def _begin_answer(
        self,
        pieces: AsyncIterator[str],
        *,
        has_voice: bool,
        interjection: Interjection | None = None,
    ) -> None:
        delivery = Delivery(
            message_id=uuid.uuid4().hex,
            rate=self.identity.rate,
            has_voice=has_voice,
            is_interjection=interjection is not None,
            prelude=bell.ring(self.identity.rate) if interjection is not None and interjection.rings else b"",
        )
        async with self._turns:
            if self._is_closed:
                return
            if self._is_speaking():
                await self._interrupt(None, "new_turn")
            self._answer = Answer(delivery, self._send, self._engines.voice)
            self._answering = asyncio.create_task(self._run_answer(self._answer, pieces), name="answer")

    async def _interrupt(self, message_id: str | None, reason: str) -> None:
        current = self._answer
        if message_id is None and current is not None:
            message_id = current.delivery.message_id
        if current is not None and message_id == current.delivery.message_id:
            await self._stop_answer()
        await self._send(
            server_messages.Interrupt(message_id=message_id, reason=reason, interrupted_at=time.time())
        )

    async def _run_answer(self, answer: Answer, pieces: AsyncIterator[str]) -> None:
        try:
            await answer.run(pieces)
        except Exception:
            _log.exception("an answer failed")
            await self._send(server_messages.ServerError(message=_TROUBLE))

    async def _say_interjections(self) -> None:
        while self._interjections:
            await self._quiet()
            due = self._interjections[0]
            await self._begin_answer(_one_piece(due.text), has_voice=True, interjection=due)
            if self._answering is not None:
                await asyncio.wait([self._answering])
            # Only now: when the client leaves in the middle of it, it is still to be said.
            self._interjections.popleft()

    async def _quiet(self) -> None:
        """Wait until nobody speaks: neither the character nor, for `_PATIENCE_S`, the person."""
        await self._character_is_quiet()
        if not self._floor_is_free.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE_S):
                    await self._floor_is_free.wait()
            await self._character_is_quiet()  # it may answer what the person said

    async def _character_is_quiet(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._is_idle() or self._ends_at() > loop.time():
            if self._answering is not None:
                await asyncio.wait([self._answering])
            await asyncio.sleep(max(0.0, self._ends_at() - loop.time()))

    async def _stop_answer(self) -> None:
        answering, self._answer, self._answering = self._answering, None, None
        await _cancel(answering)

    def _is_idle(self) -> bool:
        return self._answering is None or self._answering.done()

    def _is_speaking(self) -> bool:
        return not self._is_idle() or self._ends_at() > asyncio.get_running_loop().time()

    def _ends_at(self) -> float:
        return 0.0 if self._answer is None else self._answer.ends_at


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is None:
        return
    task.cancel()
    await asyncio.wait([task])


async def _one_piece(text: str) -> AsyncIterator[str]:
    yield text
