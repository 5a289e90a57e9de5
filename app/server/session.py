"""One client's session: what it says becomes turns, and each turn becomes one answer."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.core.backchannel import is_backchannel
from app.protocol import client_messages, server_messages
from app.server.answer import Send
from app.server.author import Author
from app.server.characters.character import Character
from app.server.end_pointing import TurnEnd
from app.server.engines import Engines
from app.server.identity import Identity
from app.server.listening import Heard, Listening
from app.server.mark import Mark
from app.server.payload import read_audio
from app.server.picture_size import size_of
from app.server.replies.errands import errand_of
from app.server.replies.interjection import Interjection
from app.server.replies.replier import Prompt
from app.server.speaking import Speaking
from app.server.turn_log import Turn, TurnLog
from app.server.wording import Wording

_log = logging.getLogger(__name__)

_DEAF = "Speech recognition stopped working. Start voice again, or type your words."
_BLIND = "I can't see pictures, I only know words. Tell me what it shows."
_SIZED = "I got a picture of {width} by {height} pixels, but I can't see what it shows. Tell me."
_LONGEST_LINE: Final = 5_000
"""Characters of a line that a client lets the character say: about six minutes of speech."""

_PATIENCE_S: Final = 5.0
"""Seconds that an interjection waits for a person who is speaking."""


@dataclass(frozen=True, slots=True)
class _Again:
    """The client repeats an utterance that was taken before it lost its connection."""

    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class _Deaf:
    """Recognition has broken."""

    listening: Listening


class Session:
    """A client's conversation with the character.

    Args:
        identity: Who it is between.
        send: Sends a message to the client.
        engines: Recognition and voice.
        author: Has the replies made.
        log: The turns of this player, also those taken in other sessions.
    """

    def __init__(
        self, identity: Identity, send: Send, engines: Engines, author: Author, log: TurnLog
    ) -> None:
        self.identity = identity
        self._send = send
        self._engines = engines
        self._author = author
        self._log = log
        self._listening: Listening | None = None
        self._speaking = Speaking(send, engines.voice, identity.rate, lambda: self._character.manner)
        self._interjections: deque[Interjection] = deque()
        self._interjecting: asyncio.Task[None] | None = None
        self._outbox: asyncio.Queue[Heard | _Again | _Deaf] = asyncio.Queue()
        self._floor_is_free = asyncio.Event()
        self._floor_is_free.set()
        self._hearing = asyncio.create_task(self._act_on_words(), name="session words")

    @property
    def _character(self) -> Character:
        """The character as it is now: whoever edits it hears the change in the next answer."""
        return self._engines.character(self.identity.character_id)

    async def start_voice(self, request: client_messages.StartVoice) -> None:
        """Open speech recognition (again is harmless) and say so."""
        end = TurnEnd.RELEASE if request.is_push_to_talk else TurnEnd.SILENCE
        if self._listening is not None and self._listening.end is not end:
            await self._listening.abort()
            self._listening = None
        if self._listening is None:
            listening = self._listening = self._listen(end)
            if not await listening.start():
                await self._outbox.join()
                return
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

    def audio(self, pcm: bytes, turn_id: str | None = None) -> None:
        """Take microphone audio; dropped while speech recognition is closed.

        Args:
            pcm: PCM16LE mono at the session's rate.
            turn_id: The client's id for the utterance that begins with it. What was taken of that utterance
                before is not listened to again, but answered as it was then.
        """
        if self._listening is None:
            return
        if turn_id is not None:
            taken = self._log.taken(turn_id)
            if taken is not None:
                self._outbox.put_nowait(_Again(taken.turns))
            self._listening.mark(Mark(turn_id) if taken is None else taken.mark)
        self._listening.audio(pcm)

    async def text(self, text: str, *, has_voice: bool, turn_id: str | None = None) -> None:
        """Take a typed turn; one that was taken under the same id is answered as it was then."""
        words = text.strip()
        if not words:
            return
        if turn_id is not None and (taken := self._log.taken(turn_id)) is not None:
            await self._repeat(taken.turns, has_voice=has_voice)
            return
        marks = [] if turn_id is None else [Mark(turn_id)]
        turn = self._take(words, marks, is_typed=True, message_id=turn_id)
        await self._speaking.begin(turn.wording, has_voice=has_voice)
        await self._run_errand(turn)

    async def say(self, text: str, *, has_voice: bool) -> None:
        """Say ``text`` as the character, as much of it as `_LONGEST_LINE`."""
        if words := text.strip()[:_LONGEST_LINE]:
            await self._speaking.begin(Wording.of(words), has_voice=has_voice)

    async def picture(self, request: client_messages.CameraImage) -> None:
        """Take a picture: the character says how large it is, and that it cannot look at it."""
        if request.image:
            size = size_of(read_audio(request.image))
            words = _BLIND if size is None else _SIZED.format(width=size[0], height=size[1])
            await self._speaking.begin(Wording.of(words))

    async def interrupt(self, message_id: str | None = None) -> None:
        """Stop the answer that is being given; every call is answered by one ``interrupt``."""
        await self._speaking.interrupt(message_id)

    def playback_complete(self, message_id: str | None) -> None:
        """The client has played an answer to its end."""
        self._speaking.playback_complete(message_id)

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
        """End everything the session started, but not the making of words that were asked for."""
        if self._listening is not None:
            await self._listening.abort()
        for task in (self._hearing, self._interjecting):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        await self._speaking.close()

    def _listen(self, end: TurnEnd) -> Listening:
        def on_failed() -> None:
            self._outbox.put_nowait(_Deaf(listening))

        listening = Listening(
            self._engines.recognizers, self.identity.rate, end, self._outbox.put_nowait, on_failed
        )
        return listening

    async def _act_on_words(self) -> None:
        while True:
            news = await self._outbox.get()
            try:
                match news:
                    case Heard():
                        await self._heard(news)
                    case _Again(turns):
                        await self._repeat(turns, has_voice=True)
                    case _Deaf(listening):
                        await self._deaf(listening)
            except Exception:
                _log.exception("a turn failed")
            finally:
                self._outbox.task_done()

    async def _deaf(self, listening: Listening) -> None:
        if self._listening is listening:
            self._listening = None
            self._floor_is_free.set()
        await self._send(server_messages.VoiceError(error=_DEAF))

    async def _heard(self, heard: Heard) -> None:
        if not heard.is_final:
            self._floor_is_free.clear()
            await self._caption(heard)
            return
        if elsewhere := self._taken_elsewhere(heard.marks):
            await self._repeat(elsewhere, has_voice=True)
        elif self._is_listened_to() and (heard.is_murmur or is_backchannel(heard.text)):
            # Who says “mhm” wants to hear more. No words, so that nobody waits for an answer.
            await self._send(server_messages.SttResponse(text="", is_final=True))
        else:
            turn = self._take(heard.text, heard.marks)
            await self._caption(heard)
            await self._speaking.begin(turn.wording)
            await self._run_errand(turn)
        # Only now: whatever waits for the floor must find the answer on it.
        self._floor_is_free.set()

    def _is_listened_to(self) -> bool:
        """Whether the character speaks, and the person has not asked for the floor with a button."""
        is_open = self._listening is not None and self._listening.end is TurnEnd.SILENCE
        return is_open and self._speaking.is_speaking

    async def _caption(self, heard: Heard) -> None:
        if self._speaking.is_speaking and not is_backchannel(heard.text):
            await self._speaking.interrupt(reason="user_speech")
        await self._send(server_messages.SttResponse(text=heard.text, is_final=heard.is_final))

    def _taken_elsewhere(self, marks: Iterable[Mark]) -> tuple[Turn, ...]:
        """Return what another session took of these utterances since they began here.

        That session was hearing the same words when the connection was lost, and was done sooner.
        """
        taken = [found for mark in marks if (found := self._log.taken(mark.turn_id)) is not None]
        turns = dict.fromkeys(turn for found in taken for turn in found.turns)
        return tuple(turn for turn in turns if turn.session_id != self.identity.session_id)

    def _take(
        self, words: str, marks: Iterable[Mark], *, is_typed: bool = False, message_id: str | None = None
    ) -> Turn:
        """Begin the answer and remember the turn, both before anything can come between.

        The answer to a typed turn has the turn's id for its name, so that the client knows it for its own.
        """
        capabilities = self.identity.capabilities
        prompt = Prompt(
            text=words,
            player_id=self.identity.player_id,
            character_id=self.identity.character_id,
            now=datetime.now().astimezone(),
            character=self._character,
            can_show=capabilities.camera,
            can_act=capabilities.client_action,
        )
        wording = self._author.begin(prompt, message_id)
        errand = errand_of(prompt, message_id=wording.message_id)
        turn = Turn("" if is_typed else words, wording, self.identity.session_id, errand)
        self._log.take(turn, marks)
        return turn

    async def _run_errand(self, turn: Turn) -> None:
        """Ask of the client what belongs to the answer."""
        if turn.errand is not None:
            await self._send(turn.errand)

    async def _repeat(self, turns: tuple[Turn, ...], *, has_voice: bool) -> None:
        """Tell the client again what it may have missed, without taking the turns again."""
        for turn in turns:
            is_new_here = turn.session_id != self.identity.session_id
            turn.session_id = self.identity.session_id
            wording = turn.wording
            if turn.heard:
                await self._send(server_messages.SttResponse(text=turn.heard, is_final=True))
            if is_new_here and turn is turns[-1] and not wording.is_over:
                await self._speaking.begin(wording, has_voice=has_voice, told=wording.text)
            elif wording.is_finished:  # otherwise this session is giving it
                await self._speaking.retell(wording)

    async def _say_interjections(self) -> None:
        while self._interjections:
            await self._quiet()
            due = self._interjections[0]
            await self._speaking.begin(Wording.of(due.text), interjection=due)
            await self._speaking.finished()
            # Only now: when the client leaves in the middle of it, it is still to be said.
            self._interjections.popleft()

    async def _quiet(self) -> None:
        """Wait until nobody speaks: neither the character nor, for `_PATIENCE_S`, the person."""
        await self._speaking.quiet()
        if not self._floor_is_free.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE_S):
                    await self._floor_is_free.wait()
            await self._speaking.quiet()  # it may answer what the person said
