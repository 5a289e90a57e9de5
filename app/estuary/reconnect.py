"""Restoring a lost connection: how long to wait, how often to try, when to stop."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.network_watch import NetworkWatch

_LOG: Final = logging.getLogger(__name__)

LONGEST_DELAY_S: Final = 30.0
"""Cap in seconds of the wait before an attempt."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff with full jitter, as in Brooker, "Exponential Backoff And Jitter" (AWS, 2015).

    Attributes:
        base_s: Longest wait in seconds before the first attempt; it doubles with each one.
        cap_s: Longest wait in seconds before any attempt.
        attempts: How many attempts there are.
    """

    base_s: float = 1.0
    cap_s: float = LONGEST_DELAY_S
    attempts: int = 5

    def delay(self, attempt: int, fraction: float) -> float:
        """Return the seconds to wait before ``attempt`` (from 1), for a random ``fraction`` from 0 to 1."""
        doublings = min(attempt - 1, 32)
        return min(self.cap_s, self.base_s * 2.0**doublings) * fraction


class Reconnector:
    """Tries again until it succeeds, is refused for good, has no attempt left, or is stopped.

    Args:
        backoff: How long to wait and how often to try.
        on_attempt: Gets the number of each attempt, from 1, before its wait.
        attempt: Restores everything. An `EstuaryError` means the next attempt, a terminal one the end.
        on_given_up: Gets the last error when there is nothing left to try.
        watch: Tells when the network has come back, so that the next attempt is made at once.
    """

    def __init__(
        self,
        backoff: Backoff,
        *,
        on_attempt: Callable[[int], None],
        attempt: Callable[[], Awaitable[None]],
        on_given_up: Callable[[EstuaryError], None],
        watch: NetworkWatch | None = None,
    ) -> None:
        self._backoff = backoff
        self._on_attempt = on_attempt
        self._attempt = attempt
        self._on_given_up = on_given_up
        self._watch = watch or NetworkWatch()
        self._is_hurried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether attempts are being made."""
        return self._task is not None

    def start(self) -> None:
        """Begin with the first attempt; nothing happens if attempts are being made already."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="estuary reconnector")

    def hurry(self) -> None:
        """Make the next attempt at once: there is reason to believe that it succeeds."""
        self._is_hurried.set()

    def cancel(self) -> None:
        """Make no further attempt, and end the one that is being made. Nothing is reported."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._ending = task

    async def stop(self) -> None:
        """Cancel, and wait until nothing runs any more."""
        self.cancel()
        ending, self._ending = self._ending, None
        if ending is not None:
            await asyncio.gather(ending, return_exceptions=True)

    async def _run(self) -> None:
        mine = asyncio.current_task()
        self._is_hurried.clear()
        watching = asyncio.create_task(self._look_out(), name="estuary network watch")
        try:
            error = await self._try_all()
            if self._task is not mine:  # cancelled, and the attempt did not care
                return
            self._task, self._ending = None, mine  # what is lost from now on is restored by another task
            if error is not None:
                self._on_given_up(error)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _try_all(self) -> EstuaryError | None:
        """Return None after success, else what the last attempt ended with."""
        error = EstuaryError("No attempt to reconnect was allowed.", ErrorCode.CONNECTION_FAILED)
        for number in range(1, self._backoff.attempts + 1):
            self._on_attempt(number)
            await self._pause(self._backoff.delay(number, random.random()))
            try:
                await self._attempt()
            except EstuaryError as failure:
                error = failure
                if failure.is_terminal:
                    break
            except Exception:  # a mistake here or in the program must not leave it reconnecting for ever
                _LOG.exception("an attempt to reconnect failed")
                error = EstuaryError("The client failed while it reconnected.", ErrorCode.CONNECTION_FAILED)
            else:
                return None
        return error

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_hurried.wait()
        self._is_hurried.clear()

    async def _look_out(self) -> None:
        while True:
            await self._watch.until_back()
            self.hurry()
