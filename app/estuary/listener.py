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

FULL: Final = 1_000
"""Events that may wait for one listener before it counts as full: minutes of voice."""

_ROOM: Final = 250
"""Events still waiting at which it counts as full no more."""

_BEHIND: Final = 8
"""Events waiting above which one that a newer one makes worthless is dropped."""

Callback = Callable[..., object]
"""A plain function or a coroutine function."""

Arguments = tuple[object, ...]


class Listener:
    """Calls one callback, and awaits it in a task of its own where it is to be awaited, in order.

    Args:
        what: What it listens to, for the log.
        callback: A plain function, called at once, or a coroutine function, awaited for one call after the
            other.
        on_failure: Gets what the callback raised.
        is_stale: Tells an event that the next one makes worthless, so that it need not wait for a listener
            that is behind.
        on_full: Called with True when too much waits, and with False when it no longer does.
    """

    def __init__(
        self,
        what: str,
        callback: Callback,
        on_failure: Callable[[BaseException], None],
        *,
        is_stale: Callable[..., bool] | None = None,
        on_full: Callable[[bool], None] | None = None,
    ) -> None:
        self.callback = callback
        self._what = what
        self._on_failure = on_failure
        self._is_stale = is_stale
        self._on_full = on_full
        self._is_coroutine = inspect.iscoroutinefunction(callback)
        self._is_full = False
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[Arguments | Awaitable[object]] = deque()

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
        if self._is_coroutine:
            self._queue(arguments)
            return
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
            self._queue(result)

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

    def _queue(self, event: Arguments | Awaitable[object]) -> None:
        if len(self._waiting) > _BEHIND and self._is_worthless(self._waiting[-1]):
            self._waiting.pop()
        self._waiting.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._drain(), name=f"listener of {self._what}")
        elif len(self._waiting) >= FULL:
            self._fill(True)

    def _is_worthless(self, waiting: Arguments | Awaitable[object]) -> bool:
        return self._is_stale is not None and isinstance(waiting, tuple) and self._is_stale(*waiting)

    async def _drain(self) -> None:
        task = asyncio.current_task()
        try:
            while self._waiting:
                event = self._waiting.popleft()
                if len(self._waiting) <= _ROOM:
                    self._fill(False)
                try:
                    await (self._begin(event) if isinstance(event, tuple) else event)
                except asyncio.CancelledError as error:
                    if task is not None and task.cancelling():
                        raise
                    self._failed(error)
                except Exception as error:
                    self._failed(error)
        finally:
            self._task = None
            self._fill(False)

    def _begin(self, arguments: Arguments) -> Awaitable[object]:
        result = self.callback(*arguments)
        assert inspect.isawaitable(result)
        return result

    def _fill(self, is_full: bool) -> None:
        if self._is_full is not is_full:
            self._is_full = is_full
            if self._on_full is not None:
                self._on_full(is_full)

    def _forget(self) -> None:
        while self._waiting:
            late = self._waiting.popleft()
            if inspect.iscoroutine(late):
                late.close()

    def _failed(self, error: BaseException) -> None:
        _LOG.error("listener %s of %s failed", self.name, self._what, exc_info=error)
        self._on_failure(error)
