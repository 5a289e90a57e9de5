"""A thread that does one job after another, at once or a little later."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, NamedTuple, TypeVar

Result = TypeVar("Result")

_AT_ONCE: Final = 0.0


class _Job(NamedTuple):
    due: float
    number: int
    work: Callable[[], Any]
    future: Future[Any]


class Worker:
    """Does jobs in a thread of its own. The owner calls `start`, and `stop` at the end.

    Args:
        name: The name of the thread.
    """

    def __init__(self, name: str) -> None:
        self._jobs: list[_Job] = []
        self._numbers = itertools.count()
        self._news = threading.Condition()
        self._is_stopping = False
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, work: Callable[[], Result], delay_s: float = 0.0) -> Future[Result]:
        """Have ``work`` done, after the jobs that are due before; may be called in any thread.

        Args:
            work: What to do.
            delay_s: Seconds until then. A worker that stops does not wait for them.

        Raises:
            RuntimeError: The worker was stopped.
        """
        future: Future[Result] = Future()
        with self._news:
            if self._is_stopping:
                raise RuntimeError(f"the thread {self._thread.name} was stopped")
            due = time.monotonic() + delay_s if delay_s > 0 else _AT_ONCE
            heapq.heappush(self._jobs, _Job(due, next(self._numbers), work, future))
            self._news.notify()
        return future

    async def stop(self) -> None:
        """Do what was given, then end the thread."""
        with self._news:
            self._is_stopping = True
            self._news.notify()
        await asyncio.shield(asyncio.wrap_future(self._ended))
        self._thread.join()

    def _run(self) -> None:
        self._work()
        self._ended.set_result(None)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                result = job.work()
            except BaseException as error:
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
            del job  # not to keep what it has found until the next one comes

    def _next(self) -> _Job | None:
        """Wait for a job to be due and return it; None at the end."""
        with self._news:
            while True:
                now = time.monotonic()
                if self._jobs and (self._is_stopping or self._jobs[0].due <= now):
                    return heapq.heappop(self._jobs)
                if self._is_stopping:
                    return None
                self._news.wait(self._jobs[0].due - now if self._jobs else None)
