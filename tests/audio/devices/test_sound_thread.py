from __future__ import annotations

import asyncio
import threading
import time

import pytest

from app.audio.devices.sound_thread import in_sound_thread

pytestmark = pytest.mark.asyncio

_LONG_S = 10.0


async def test_work_is_done_elsewhere_and_its_result_returned() -> None:
    thread = await in_sound_thread(threading.current_thread, _LONG_S, _LONG_S)
    assert thread is not threading.current_thread()
    assert (thread.name, thread.daemon, thread.is_alive()) == ("heron-sound", True, False)


async def test_error_of_the_work_is_raised() -> None:
    def work() -> None:
        raise ValueError("busy")

    with pytest.raises(ValueError, match="busy"):
        await in_sound_thread(work, _LONG_S, _LONG_S)


async def test_work_that_hangs_is_not_waited_for() -> None:
    hanging, done = threading.Event(), threading.Event()

    def work() -> None:
        hanging.wait()
        done.set()

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        await in_sound_thread(work, 0.05, _LONG_S)
    assert time.monotonic() - began < 1
    hanging.set()
    assert await asyncio.to_thread(done.wait, _LONG_S)


async def test_cancelled_caller_waits_for_the_end_of_the_work() -> None:
    began, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        may_end.wait()
        done.set()

    caller = asyncio.create_task(in_sound_thread(work, _LONG_S, _LONG_S))
    await asyncio.to_thread(began.wait)
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert done.is_set()


async def test_error_under_a_cancelled_caller_is_not_reported_as_forgotten() -> None:
    began, may_end = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        may_end.wait()
        raise ValueError("busy")

    caller = asyncio.create_task(in_sound_thread(work, _LONG_S, _LONG_S))
    await asyncio.to_thread(began.wait)
    caller.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_cancelled_caller_does_not_wait_for_ever() -> None:
    began, hanging = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        hanging.wait()

    caller = asyncio.create_task(in_sound_thread(work, _LONG_S, 0.05))
    await asyncio.to_thread(began.wait)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(caller, 1)
    hanging.set()
