"""A deadline: something that happens unless it is put off or called off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

_LOOK_S: Final = 60.0
"""Seconds between looks at the clock: one that is set, or a machine that slept, is noticed by then."""


class Deadline:
    """Runs an action once, at a moment. Made on the event loop; `cancel` it when it is no longer needed.

    Args:
        at: The moment, in seconds of ``clock``.
        action: What to do then; it may cancel the deadline.
        clock: Tells the time.
    """

    def __init__(
        self,
        at: float,
        action: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at = at
        self._action = action
        self._clock = clock
        self._moved = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name="deadline")

    def move(self, at: float) -> None:
        """Set another moment; cheap when it is a later one."""
        is_earlier = at < self._at
        self._at = at
        if is_earlier:
            self._moved.set()

    def cancel(self) -> None:
        """Call it off; without effect when the action itself does it."""
        if self._task is not asyncio.current_task():
            self._task.cancel()

    async def _run(self) -> None:
        while (left := self._at - self._clock()) > 0:
            self._moved.clear()
            try:
                async with asyncio.timeout(min(left, _LOOK_S)):
                    await self._moved.wait()
            except TimeoutError:
                pass
        await self._action()
