"""Recognition off the event loop: each engine on a thread of its own, lent to one session at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.server.recognition.recognizer import Recognizer

_T = TypeVar("_T")


class RecognitionWorker:
    """A recognizer and the one thread that may touch it.

    Args:
        create: Makes the recognizer, on the worker's thread.
    """

    def __init__(self, create: Callable[[], Recognizer]) -> None:
        self._create = create
        self._recognizer: Recognizer | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recognition")

    @property
    def is_murmur(self) -> bool:
        """Whether all of the utterance, as far as it was fed, may be a murmur. Computes nothing."""
        return self._engine().is_murmur

    async def load(self) -> int:
        """Load the engine and return the sample rate in Hz it wants."""
        return await self._run(lambda: self._engine().rate)

    async def begin(self) -> None:
        """Start an utterance."""
        await self._run(lambda: self._engine().begin())

    async def feed(self, pcm: bytes) -> str:
        """Give the next piece of the utterance; return the words so far."""
        return await self._run(lambda: self._engine().feed(pcm))

    async def pause(self) -> None:
        """Use the silence that has just begun."""
        await self._run(lambda: self._engine().pause())

    async def finish(self) -> str:
        """End the utterance; return its words."""
        return await self._run(lambda: self._engine().finish())

    async def forget(self) -> None:
        """Prepare for another speaker."""
        await self._run(lambda: self._engine().forget())

    def close(self) -> None:
        """End the thread once what it is computing is done."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _engine(self) -> Recognizer:
        if self._recognizer is None:
            self._recognizer = self._create()
        return self._recognizer

    async def _run(self, call: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


class RecognizerPool:
    """Lends workers: at most one engine per speaking session, and ``spare`` kept warm for the next.

    Args:
        create: Makes a recognizer.
        spare: Idle engines that are kept rather than closed.
    """

    def __init__(self, create: Callable[[], Recognizer], *, spare: int = 1) -> None:
        self._create = create
        self._spare = spare
        self._idle: list[RecognitionWorker] = []
        self._lent: set[RecognitionWorker] = set()

    async def warm_up(self) -> None:
        """Load the spare engines before anyone asks for one."""
        workers = [await self.lend() for _ in range(self._spare)]
        for worker in workers:
            self.give_back(worker)

    async def lend(self) -> RecognitionWorker:
        """Return a loaded worker, prepared for a new speaker; `give_back` it."""
        worker = self._idle.pop() if self._idle else RecognitionWorker(self._create)
        self._lent.add(worker)
        try:
            await worker.load()
            await worker.forget()
        except BaseException:
            self._lent.discard(worker)
            worker.close()
            raise
        return worker

    def give_back(self, worker: RecognitionWorker) -> None:
        """Take a worker back."""
        self._lent.discard(worker)
        if len(self._idle) < self._spare:
            self._idle.append(worker)
        else:
            worker.close()

    def discard(self, worker: RecognitionWorker) -> None:
        """Take a worker back that has failed: nobody gets it again."""
        self._lent.discard(worker)
        worker.close()

    def close(self) -> None:
        """Close every engine."""
        for worker in (*self._idle, *self._lent):
            worker.close()
        self._idle.clear()
        self._lent.clear()
