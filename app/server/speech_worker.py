"""Speech synthesis off the event loop: one thread that owns the voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from app.server.voices.voice import Manner, Voice, VoiceChoice

_USUAL = Manner()


class SpeechWorker:
    """A voice and the one thread that may touch it.

    Args:
        create: Makes the voice, on the worker's thread.
    """

    def __init__(self, create: Callable[[], Voice]) -> None:
        self._create = create
        self._voice: Voice | None = None
        self._choices: Sequence[VoiceChoice] = ()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")

    @property
    def rate(self) -> int:
        """Sample rate in Hz of what `speak` yields; known once `load` has returned."""
        if self._voice is None:
            raise RuntimeError("the voice is not loaded")
        return self._voice.rate

    @property
    def choices(self) -> Sequence[VoiceChoice]:
        """The voices there are; none before `load` has returned."""
        return self._choices

    async def load(self) -> None:
        """Load the voice."""

        def create() -> tuple[Voice, Sequence[VoiceChoice]]:
            voice = self._create()
            return voice, voice.choices()

        if self._voice is None:
            loop = asyncio.get_running_loop()
            self._voice, self._choices = await loop.run_in_executor(self._thread, create)

    async def speak(self, sentence: str, manner: Manner = _USUAL) -> AsyncIterator[bytes]:
        """Yield PCM16LE mono audio of ``sentence`` as it is made."""
        if self._voice is None or not sentence:
            return
        pieces = self._voice.speak(sentence, manner)
        loop = asyncio.get_running_loop()
        while piece := await loop.run_in_executor(self._thread, next, pieces, b""):
            yield piece

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)
