"""The engines that all sessions of a server share, made and ended in one place."""

from __future__ import annotations

import asyncio
from pathlib import Path

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
    """Recognition, replies and voice.

    Args:
        folder: Where the character keeps what it is told.
        announce: Takes what the character says of its own accord.
    """

    def __init__(self, folder: Path, announce: Announce) -> None:
        self._store = Store(folder)
        self._timers = TimerBook(announce)
        self.replier: Replier = BuiltinCharacter(self._store, self._timers)
        self.recognizers = RecognizerPool(PocketSphinxRecognizer)
        self.voice = SpeechWorker(EspeakVoice)

    async def load(self) -> None:
        """Load what takes time, so that the first turn does not wait for it."""
        await asyncio.gather(self.recognizers.warm_up(), self.voice.load())

    def close(self) -> None:
        """End every engine, in reverse order."""
        self.voice.close()
        self.recognizers.close()
        self._timers.close()
        self._store.close()
