"""One listener: called at once, and awaited in order where it is a coroutine function."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

_LOG: Final = logging.getLogger(__name__)

_BLOCKING_S: Final = 0.1
"""Seconds after which a listener that blocks the event loop is named in a warning."""

Callback = Callable[..., object]
"""A plain function or a coroutine function."""


class Listener:
    """Calls one callback; what it returns to be awaited waits in a queue of its own, for a task of its own.

    Args:
        what: What it listens to, for the log.
        callback: A plain function, called at once, or a coroutine function, awaited for one call after the
            other.
        on_failure: Gets what the callback raised.
    """

    def __init__(self, what: str, callback: Callback, on_failure: Callable[[BaseException], None]) -> None:
        self.callback = callback
        self._what = what
        self._on_failure = on_failure
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[Awaitable[object]] = deque()

    @property
    def name(self) -> str:
        """Name of the callback."""
        return getattr(self.callback, "__qualname__", None) or repr(self.callback)

    @property
    def task(self) -> asyncio.Task[None] | None:
        """The task that awaits the callback; None while nothing waits."""
        return self._task

    def call(self, *arguments: object) -> None:
        """Deliver one event."""
        began = time.perf_counter()
        try:
            result = self.callback(*arguments)
        except (Exception, asyncio.CancelledError) as error:
            self._failed(error)
            return
        took = time.perf_counter() - began
        if took > _BLOCKING_S:
            _LOG.warning("listener %s of %s blocked the event loop for %.2f s", self.name, self._what, took)
        if result is not None and inspect.isawaitable(result):
            self._waiting.append(result)
            if self._task is None:
                self._task = asyncio.create_task(self._drain(), name=f"listener of {self._what}")

    async def settle(self, seconds: float) -> None:
        """Wait until everything was delivered; after ``seconds`` give up and cancel.

        Called by the callback itself, it returns at once.
        """
        task = self._task
        if task is None or task is asyncio.current_task():
            return
        _, late = await asyncio.wait({task}, timeout=seconds)
        if late:
            _LOG.warning("listener %s of %s was cancelled after %.1f s", self.name, self._what, seconds)
            task.cancel()
            await asyncio.wait({task}, timeout=seconds)
            self._forget()

    async def _drain(self) -> None:
        task = asyncio.current_task()
        try:
            while self._waiting:
                try:
                    await self._waiting.popleft()
                except asyncio.CancelledError as error:
                    if task is not None and task.cancelling():
                        raise
                    self._failed(error)
                except Exception as error:
                    self._failed(error)
        finally:
            self._task = None

    def _forget(self) -> None:
        while self._waiting:
            late = self._waiting.popleft()
            if inspect.iscoroutine(late):
                late.close()

    def _failed(self, error: BaseException) -> None:
        _LOG.error("listener %s of %s failed", self.name, self._what, exc_info=error)
        self._on_failure(error)
