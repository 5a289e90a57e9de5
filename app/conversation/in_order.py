"""Things that are done in the background, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class InOrder:
    """Does what it is given in the order in which it came, each in a task that it owns.

    What goes wrong in one is raised to nobody but the event loop: it should deal with that itself.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def do(self, action: Callable[[], Awaitable[None]], name: str) -> None:
        """Do it once everything before it is done."""
        task = asyncio.create_task(self._in_turn(action), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Break off what is being done, and do nothing of what waits."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            await cancelled(task)

    async def _in_turn(self, action: Callable[[], Awaitable[None]]) -> None:
        async with self._turn:
            await action()


async def cancelled(task: asyncio.Task[None] | None) -> None:
    """End a task and wait until it has ended. What it raised is not raised here."""
    if task is None or task.done() or task is asyncio.current_task():
        return
    task.cancel()
    await asyncio.wait([task])


async def ended(task: asyncio.Task[None]) -> None:
    """Wait for a task, and raise what it raised; that somebody has broken it off is no error."""
    try:
        await task
    except asyncio.CancelledError:
        if (me := asyncio.current_task()) is None or me.cancelling():
            raise
