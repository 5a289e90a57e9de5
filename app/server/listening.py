"""Listening: one session's microphone, from ``stream_audio`` to recognised turns."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.audio.resample import Resampler
from app.audio.speech.voice_activity import GatedVoiceActivity
from app.core.audio_format import AudioFormat
from app.server.end_pointing import Change, EndPointer, TurnBegan, TurnEnd, TurnEnded, TurnGrew
from app.server.mark import Mark, Marks
from app.server.recognition.pool import RecognitionWorker, RecognizerPool

_log = logging.getLogger(__name__)

_LONGEST_QUEUE_S: Final = 60.0
"""Seconds of audio that may wait for recognition; a client that sends more is not listened to further."""

_CAPTION_S: Final = 0.1
"""Seconds between interim captions: faster than this they only flicker."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Recognised words of a turn: interim, or ``is_final`` and then with the marks it was given.

    ``is_murmur`` says of a final that it sounded like nothing but a murmur, whatever its words are.
    """

    text: str
    is_final: bool
    marks: tuple[Mark, ...] = ()
    is_murmur: bool = False


@dataclass(frozen=True, slots=True)
class _Ended:
    """A turn is over, and these are its marks."""

    marks: tuple[Mark, ...]


class Listening:
    """An open ear: takes audio without waiting, recognises it in order on a task of its own.

    Args:
        pool: Lends the recognizer.
        rate: Sample rate in Hz of the audio that arrives.
        end: What ends a turn.
        on_heard: Called on the event loop for each interim change and each final that is not empty.
        on_failed: Called once if recognition breaks; nothing is heard from then on.
    """

    def __init__(
        self,
        pool: RecognizerPool,
        rate: int,
        end: TurnEnd,
        on_heard: Callable[[Heard], None],
        on_failed: Callable[[], None] = lambda: None,
    ) -> None:
        self._pool = pool
        self._end = end
        self._on_heard = on_heard
        self._on_failed = on_failed
        self._input = AudioFormat(rate)
        self._marks = Marks()
        self._waiting: deque[bytes | Mark | None] = deque()
        self._waiting_bytes = 0
        self._turns_to_pass = 0.0
        self._arrived = asyncio.Event()
        self._is_open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[None] | None = None
        self._words = ""
        self._said_at = 0.0

    @property
    def end(self) -> TurnEnd:
        """What ends a turn."""
        return self._end

    async def start(self) -> bool:
        """Begin to listen; return, once that is decided, whether speech recognition is open."""
        self._task = asyncio.create_task(self._run(), name="listening")
        await asyncio.wait([self._is_open, self._task], return_when=asyncio.FIRST_COMPLETED)
        return self._is_open.done()

    def mark(self, mark: Mark) -> None:
        """The audio that follows begins an utterance, of which the first ``mark.turns`` are passed over."""
        self._put(mark)

    def audio(self, pcm: bytes) -> None:
        """Take PCM16LE mono audio at the session's rate, in pieces of any length."""
        if self._input.seconds_of(self._waiting_bytes) < _LONGEST_QUEUE_S:
            self._waiting_bytes += len(pcm)
            self._put(pcm)

    async def finish(self) -> None:
        """Recognise what has arrived and stop listening.

        With RELEASE this ends the turn. With SILENCE a turn that has not ended is forgotten.
        """
        self._put(None)
        await self._ended()

    async def abort(self) -> None:
        """Stop listening at once; an open turn is forgotten."""
        if self._task is not None:
            self._task.cancel()
        await self._ended()

    def _put(self, item: bytes | Mark | None) -> None:
        self._waiting.append(item)
        self._arrived.set()

    async def _ended(self) -> None:
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            worker = await self._pool.lend()
            self._is_open.set_result(None)
            try:
                await self._listen(worker)
            except Exception:
                self._pool.discard(worker)
                raise
            except asyncio.CancelledError:
                self._pool.give_back(worker)
                raise
            self._pool.give_back(worker)
        except Exception:
            _log.exception("recognition failed")
            self._on_failed()

    async def _listen(self, worker: RecognitionWorker) -> None:
        rate = await worker.load()
        resampler = Resampler(self._input.rate, rate)
        frame_bytes = AudioFormat(rate).frame_bytes
        pointer = EndPointer(GatedVoiceActivity(), self._end)
        rest = b""
        while (item := await self._next()) is not None:
            if isinstance(item, Mark):
                self._begin_utterance(item, pointer)
                continue
            rest += resampler.push(item)
            changes: list[Change | _Ended] = []
            while len(rest) >= frame_bytes:
                if change := pointer.push(rest[:frame_bytes]):
                    changes += self._changes(change)
                rest = rest[frame_bytes:]
            await self._recognise(worker, changes)
        if self._end is TurnEnd.RELEASE and (ended := pointer.release()):
            await self._recognise(worker, self._changes(ended))

    def _begin_utterance(self, mark: Mark, pointer: EndPointer) -> None:
        if self._turns_to_pass or mark.turns:
            pointer.release()  # what is passed over must not run into what is heard
        self._turns_to_pass = mark.turns
        self._marks.begin(mark, is_in_turn=pointer.is_in_turn)

    def _changes(self, change: Change) -> list[Change | _Ended]:
        """Return what is to be recognised of a change: nothing in a turn that is passed over."""
        if self._turns_to_pass:
            self._turns_to_pass -= isinstance(change, TurnEnded)
            return []
        if isinstance(change, TurnEnded):
            return [_Ended(self._marks.end_turn(is_over=self._end is TurnEnd.RELEASE))]
        return [change]

    async def _next(self) -> bytes | Mark | None:
        """Return all audio that waits, in one piece, or the mark before it; None when it is to finish."""
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        pieces: list[bytes] = []
        while self._waiting and isinstance(first := self._waiting[0], bytes):
            pieces.append(first)
            self._waiting.popleft()
            self._waiting_bytes -= len(first)
        return b"".join(pieces) if pieces else self._waiting.popleft()

    async def _recognise(self, worker: RecognitionWorker, changes: list[Change | _Ended]) -> None:
        grown = bytearray()
        for change in changes:
            match change:
                case TurnBegan(audio):
                    await worker.begin()
                    self._words = ""
                    grown += audio
                case TurnGrew(audio, is_pause):
                    grown += audio
                    if is_pause:
                        await self._feed(worker, grown)
                        await worker.pause()
                case _Ended(marks):
                    await self._feed(worker, grown)
                    words = await worker.finish()
                    self._final(words, marks, is_murmur=worker.is_murmur)
        await self._feed(worker, grown)

    async def _feed(self, worker: RecognitionWorker, audio: bytearray) -> None:
        if not audio:
            return
        words = await worker.feed(bytes(audio))
        audio.clear()
        if self._end is TurnEnd.SILENCE and worker.is_murmur:
            return  # the words are a guess, and would interrupt a character that is only listened to
        now = asyncio.get_running_loop().time()
        if words and words != self._words and now - self._said_at >= _CAPTION_S:
            self._words, self._said_at = words, now
            self._on_heard(Heard(words, is_final=False))

    def _final(self, words: str, marks: tuple[Mark, ...], *, is_murmur: bool) -> None:
        self._words = ""
        if words:
            self._on_heard(Heard(words, is_final=True, marks=marks, is_murmur=is_murmur))
