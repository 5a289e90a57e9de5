"""Small engines whose answers are known beforehand, so that what lies between them can be measured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from app.protocol.message import Message
from app.server.characters.character import HERON, Character
from app.server.engines import Engines
from app.server.recognition.pool import RecognizerPool
from app.server.recognition.recognizer import Recognizer
from app.server.replies.replier import Prompt
from app.server.speech_worker import SpeechWorker
from app.server.voices.voice import Manner, VoiceChoice
from tests.audio.signals import tone

PATIENCE_S: Final = 5.0

_M = TypeVar("_M", bound=Message)


class ScriptedRecognizer:
    """Hears a word of its script per ``word_s`` of audio, and at the end whatever the script says.

    Args:
        script: The words of one utterance after the other.
        word_s: Seconds of audio it takes to hear a word.

    Attributes:
        on_feed: Called on the engine's thread with each piece it takes.
        utterances: The audio of each utterance.
        pauses: Bytes of the utterance after which the person was said to pause.
        finished: How many were brought to their end.
        forgotten: How often the speaker was forgotten.
        is_murmur: Whether what it hears may be a murmur.
    """

    rate = 16_000

    def __init__(self, *script: str, word_s: float = 0.3) -> None:
        self.is_murmur = False
        self._script = iter(script)
        self._word_bytes = int(word_s * self.rate) * 2
        self._words: list[str] = []
        self.on_feed: Callable[[], object] = lambda: None
        self.utterances: list[bytearray] = []
        self.pauses: list[int] = []
        self.finished = 0
        self.forgotten = 0

    def begin(self) -> None:
        self._words = next(self._script).split()
        self.utterances.append(bytearray())

    def feed(self, pcm: bytes) -> str:
        self.utterances[-1] += pcm
        self.on_feed()
        return " ".join(self._words[: len(self.utterances[-1]) // self._word_bytes])

    def pause(self) -> None:
        self.pauses.append(len(self.utterances[-1]))

    def finish(self) -> str:
        self.finished += 1
        return " ".join(self._words)

    def forget(self) -> None:
        self.forgotten += 1


class BrokenRecognizer(ScriptedRecognizer):
    """Fails as soon as it hears something."""

    def feed(self, pcm: bytes) -> str:
        raise RuntimeError("the decoder fell over")


class ToneVoice:
    """Speaks a tone: ``sentence_s`` seconds for every sentence, at once, in pieces of 60 ms."""

    rate = 16_000

    def __init__(self, sentence_s: float = 1.0) -> None:
        self._pcm = tone(440, self.rate, sentence_s)
        self.said: list[str] = []
        self.manners: list[Manner] = []

    def choices(self) -> Sequence[VoiceChoice]:
        return (VoiceChoice("tone", "A tone", "en"),)

    def speak(self, sentence: str, manner: Manner = Manner()) -> Iterator[bytes]:  # noqa: B008 - does not change
        self.said.append(sentence)
        self.manners.append(manner)
        for at in range(0, len(self._pcm), 1_920):
            yield self._pcm[at : at + 1_920]


class MuteVoice(ToneVoice):
    """Makes no sound at all."""

    def speak(self, sentence: str, manner: Manner = Manner()) -> Iterator[bytes]:  # noqa: B008 - as above
        return iter(())


class ScriptedReplier:
    """Gives the pieces of its script, whatever it is asked."""

    def __init__(self, *pieces: str) -> None:
        self.pieces: Sequence[str] = pieces
        self.prompts: list[Prompt] = []

    async def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        self.prompts.append(prompt)
        for piece in self.pieces:
            yield piece


class SlowReplier(ScriptedReplier):
    """Says its first piece at once, and the others when it may."""

    def __init__(self, *pieces: str) -> None:
        super().__init__(*pieces)
        self.may_end = asyncio.Event()
        self.is_closed = asyncio.Event()

    async def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        self.prompts.append(prompt)
        first, *others = self.pieces
        try:
            yield first
            await self.may_end.wait()
            for piece in others:
                yield piece
        finally:
            self.is_closed.set()


class BrokenReplier(ScriptedReplier):
    """Says something and then fails."""

    async def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        self.prompts.append(prompt)
        yield "Well,"
        raise RuntimeError("the replier fell over")


class Wire:
    """Takes what is sent, and when.

    Attributes:
        turns: Turns of the event loop that sending one message takes.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[float, Message]] = []
        self.turns = 0
        self._news = asyncio.Event()

    async def send(self, message: Message) -> None:
        for _ in range(self.turns):
            await asyncio.sleep(0)
        self.sent.append((asyncio.get_running_loop().time(), message))
        self._news.set()

    def all(self, kind: type[_M]) -> list[_M]:
        return [message for _, message in self.sent if isinstance(message, kind)]

    async def until(self, kind: type[_M], count: int = 1) -> _M:
        """Return the ``count``-th message of a kind, when it has been sent."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.all(kind)) < count:
                self._news.clear()
                await self._news.wait()
        return self.all(kind)[count - 1]


class StandInEngines(Engines):
    """Engines put together from parts."""

    def __init__(self, replier: ScriptedReplier, voice: ToneVoice, recognizers: Iterable[Recognizer]) -> None:
        shelf = iter(recognizers)
        self.replier = replier
        self.recognizers = RecognizerPool(lambda: next(shelf))
        self.voice = SpeechWorker(lambda: voice)
        self.the_character = HERON

    async def load(self) -> None:
        await asyncio.gather(self.recognizers.warm_up(), self.voice.load())

    def character(self, character_id: str) -> Character:
        return self.the_character

    def close(self) -> None:
        self.voice.close()
        self.recognizers.close()
