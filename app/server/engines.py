"""The engines and the characters that all sessions of a server share, made and ended in one place."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.server.characters.cast import Cast
from app.server.characters.character import Character
from app.server.recognition.pocketsphinx import PocketSphinxRecognizer
from app.server.recognition.pool import RecognizerPool
from app.server.replies.builtin import BuiltinCharacter
from app.server.replies.interjection import Announce
from app.server.replies.replier import Replier
from app.server.replies.timers import TimerBook
from app.server.speech_worker import SpeechWorker
from app.server.store import Store
from app.server.voices.espeak import EspeakVoice


class Engines:
    """Recognition, replies and voice, and the cast they are used for.

    Args:
        folder: Where the character keeps what it is told.
        announce: Takes what the character says of its own accord.
    """

    def __init__(self, folder: Path, announce: Announce) -> None:
        self._folder = folder
        self.cast = Cast(folder)
        self._store = Store(folder)
        self._timers = TimerBook(announce)
        self.replier: Replier = BuiltinCharacter(self._store, self._timers)
        self.recognizers = RecognizerPool(PocketSphinxRecognizer)
        self.voice = SpeechWorker(EspeakVoice)

    async def load(self) -> None:
        """Load what takes time, so that the first turn does not wait for it."""
        await asyncio.gather(self.cast.load(), self.recognizers.warm_up(), self.voice.load())

    def character(self, character_id: str) -> Character:
        """Return a character as it is now."""
        return self.cast.current(character_id)

    async def forget(self, character_id: str, player_id: str | None = None) -> None:
        """Delete for good what was told to a character.

        Args:
            character_id: The character.
            player_id: By whom; None for everybody, whose timers end too.

        Raises:
            UserError: It cannot be deleted just now.
        """

        def erase() -> None:
            # A connection of its own: the other one belongs to the event loop's thread.
            store = Store(self._folder)
            try:
                store.erase(character_id, player_id)
            finally:
                store.close()

        if player_id is None:
            self._timers.drop(character_id)
        await asyncio.to_thread(erase)

    def close(self) -> None:
        """End every engine, in reverse order."""
        self.voice.close()
        self.recognizers.close()
        self._timers.close()
        self._store.close()
        self.cast.close()
