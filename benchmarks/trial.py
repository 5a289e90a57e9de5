"""One client's turn at one measure, in a process of its own: ``python -m benchmarks.trial``.

It prints the figures as a JSON object.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Final

from benchmarks.contender import Contender, make
from benchmarks.ordering import order
from benchmarks.priority import take_priority
from benchmarks.stamp import NO_STAMP, stamp

_FRAME_BYTES: Final = 960
FRAME_NS: Final = 20_000_000
"""From one frame of a microphone to the next."""

_BURST: Final = 20
BURST_NS: Final = 450_000_000
"""From one burst of sessions to the next: enough for those of three clients."""

_IDLE_TURNS: Final = 10
"""Turns of the event loop for what a closed client left to be done, so that no later session pays for it."""

_FLOODS: Final = 3
"""Floods in a turn, of which the median counts."""

_SPELL: Final = 10
"""Frames between two changes: short, so that the machine is in the same mood with and without the client."""

_REST: Final = random.Random(960).randbytes(_FRAME_BYTES - len(NO_STAMP))
_WARM_UP: Final = 10
"""Frames before the first that counts."""

_SETTLE_S: Final = 0.2
"""Given to a client that sends from tasks, until its last frame has left."""

_PATIENCE_S: Final = 30.0
"""Longest that a flood may take."""


async def connect(name: str, url: str, bursts: int, begin_ns: int) -> dict[str, float]:
    """Open sessions, each with a new client: the median time from the call to the open session.

    Args:
        name: Whom to measure.
        url: Address of the server.
        bursts: How many times to open `_BURST` sessions, one after the other.
        begin_ns: When to begin, on the machine's clock. Clients that begin a third of `BURST_NS` apart take
            turns burst by burst: each is done before the next one begins, and a slow spell meets them all.
    """
    await _session_s(name, url)
    take_priority()
    took: list[float] = []
    due = begin_ns / 1e9
    for _ in range(bursts):
        due = await _wait_until(due, BURST_NS)
        took += [await _session_s(name, url) for _ in range(_BURST)]
        due += BURST_NS / 1e9
    return {"connect_ms": 1e3 * statistics.median(took)}


async def send(name: str, url: str, frames: int, begin_ns: int) -> dict[str, float]:
    """Send frames in real time: the CPU time per second of audio, less that of the loop that paces it.

    Short spells with and without the client alternate. What the frames took is noted by the server.

    Args:
        name: Whom to measure.
        url: Address of the server.
        frames: How many to send, in tens.
        begin_ns: When to begin, as in `connect`; here turns are taken frame by frame, thirds of `FRAME_NS`.
    """
    contender = await _in_voice(name, url)
    take_priority()
    due = await _wait_until(begin_ns / 1e9, FRAME_NS)
    cpu_s = 0.0
    for _ in range(frames // _SPELL):
        for send_one, sign in ((_nothing, -1), (contender.send, 1)):
            began = time.process_time()
            due = await _pace(send_one, _SPELL, due)
            cpu_s += sign * (time.process_time() - began)
    await asyncio.sleep(_SETTLE_S)
    await contender.close()
    return {"send_cpu_ms": 1e3 * cpu_s / (frames * FRAME_NS / 1e9)}


async def dispatch(name: str, url: str, size: int, count: int) -> dict[str, float]:
    """Measure how many pieces of voice reach a plain listener in a second, from the first to the last.

    Args:
        name: Whom to measure.
        url: Address of the server.
        size: Bytes of PCM in a piece.
        count: Pieces in a flood.
    """
    contender = make(name, url)
    seen = 0
    first = last = 0.0
    is_done = asyncio.Event()

    def count_it(_voice: object) -> None:
        nonlocal seen, first, last
        seen += 1
        if seen == 1:
            first = time.perf_counter()
        elif seen == count:
            last = time.perf_counter()
            is_done.set()

    contender.on("bot_voice", count_it)
    await contender.connect()
    rates = []
    for _ in range(_FLOODS):
        seen = 0
        is_done.clear()
        await contender.say(f"flood voice {size} {count}")
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await is_done.wait()
        except TimeoutError:
            sys.exit(f"{name} delivered {seen} of {count} pieces of voice in {_PATIENCE_S:.0f} s.")
        rates.append((count - 1) / (last - first))
    await contender.close()
    return {f"dispatch_{size}": statistics.median(rates)}


MEASURES: Final[dict[str, Callable[..., Awaitable[dict[str, float]]]]] = {
    measure.__name__: measure for measure in (connect, send, dispatch, order)
}


def main() -> None:
    """Run ``MEASURE CONTENDER URL NUMBER...``."""
    measure, name, url, *numbers = sys.argv[1:]
    figures = asyncio.run(_run(MEASURES[measure](name, url, *map(int, numbers))))
    print(json.dumps(figures))


async def _run(measuring: Awaitable[dict[str, float]]) -> dict[str, float]:
    return await measuring


async def _session_s(name: str, url: str) -> float:
    """Return the seconds that a new client's session takes to open."""
    contender = make(name, url)
    began = time.perf_counter()
    await contender.connect()
    took = time.perf_counter() - began
    await contender.close()
    for _ in range(_IDLE_TURNS):
        await asyncio.sleep(0)
    return took


async def _in_voice(name: str, url: str) -> Contender:
    contender = make(name, url)
    await contender.connect()
    await contender.start_voice()
    for _ in range(_WARM_UP):
        await contender.send(NO_STAMP + _REST)
        await asyncio.sleep(FRAME_NS / 1e9)
    return contender


async def _pace(send_one: Callable[[bytes], Awaitable[object]], frames: int, due: float) -> float:
    """Hand over one frame after the other at the pace of a microphone, and return when the next one is due.

    Args:
        send_one: Takes each frame.
        frames: How many.
        due: When the first one is, on the loop's clock: now.
    """
    loop = asyncio.get_running_loop()
    for _ in range(frames):
        await send_one(stamp() + _REST)
        due += FRAME_NS / 1e9
        await asyncio.sleep(due - loop.time())
    return due


async def _wait_until(due: float, slot_ns: int) -> float:
    """Wait until ``due`` on the loop's clock, or as many slots later as it takes, and return that time."""
    loop = asyncio.get_running_loop()  # its clock is the machine's
    late = loop.time() - due
    if late > 0:
        due += math.ceil(late * 1e9 / slot_ns) * slot_ns / 1e9
    await asyncio.sleep(due - loop.time())
    return due


async def _nothing(_pcm: bytes) -> None:
    """In place of a client."""


if __name__ == "__main__":
    main()
