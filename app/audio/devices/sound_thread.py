"""Blocking work of the sound system, off the event loop and never waited for without end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


async def in_sound_thread(work: Callable[[], Result], limit_s: float, grace_s: float) -> Result:
    """Do blocking work in a thread of its own and return what it returns.

    Work that takes longer than it may goes on, in a thread that does not hold up the end of the process: a
    sound server that stands still holds its clients for half a minute.

    Args:
        work: What is done.
        limit_s: Seconds it may take.
        grace_s: Seconds it is still waited for when the caller is cancelled.

    Raises:
        TimeoutError: It has taken longer than ``limit_s``.
    """
    loop = asyncio.get_running_loop()
    future: Future[Result] = Future()
    future.set_running_or_notify_cancel()  # so that nobody cancels it under the thread

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    working = asyncio.wrap_future(future)
    thread = threading.Thread(target=run, name="heron-sound", daemon=True)
    thread.start()
    deadline = loop.time() + limit_s
    is_cancelled = False
    while not working.done() and (left := deadline - loop.time()) > 0:
        try:
            await asyncio.wait([working], timeout=left)
        except asyncio.CancelledError:
            is_cancelled = True
            deadline = min(deadline, loop.time() + grace_s)
    if not working.done():
        working.cancel()
    else:
        thread.join()
        if is_cancelled:
            working.exception()  # looked at, so that the loop does not report it as forgotten
    if is_cancelled:
        raise asyncio.CancelledError
    if working.cancelled():
        raise TimeoutError
    return working.result()
