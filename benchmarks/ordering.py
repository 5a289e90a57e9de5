"""Ordering: whether every listener gets every event, and in order, while listeners take their time."""

from __future__ import annotations

import asyncio
import random
from typing import Final

from benchmarks import flood
from benchmarks.contender import make
from benchmarks.disorder import disorder

_AT_ONCE: Final = 0.8
"""Share of the events that a listener is done with at the loop's next turn; the others take it up to 1 ms."""

_PATIENCE_S: Final = 30.0
"""What a listener has not had after this long counts as lost."""


class _Notebook:
    """What the listeners were given.

    Args:
        expected: How many numbers are to come, over all listeners.
    """

    def __init__(self, expected: int) -> None:
        self._missing = expected
        self._listeners: list[tuple[list[int], list[int]]] = []
        self.is_complete = asyncio.Event()

    def page(self, sent: list[int]) -> list[int]:
        """Return where the numbers of a listener go that is to get those in ``sent``."""
        received: list[int] = []
        self._listeners.append((sent, received))
        return received

    def note(self, number: int | None, page: list[int]) -> None:
        """Write down one number; None is an interim caption, which does not count."""
        if number is not None:
            page.append(number)
            self._missing -= 1
            if self._missing == 0:
                self.is_complete.set()

    def disorder(self) -> int:
        """Return what was lost or out of order, over all listeners."""
        return sum(disorder(sent, received) for sent, received in self._listeners)


async def order(name: str, url: str, count: int) -> dict[str, float]:
    """Count what is lost or out of order in a mixed flood.

    Every kind of event has two listeners that await, and all kinds together have one plain one.

    Args:
        name: Whom to measure.
        url: Address of the server.
        count: Numbered events.
    """
    contender = make(name, url)
    sent: dict[str, list[int]] = {event: [] for event in flood.NUMBERED}
    for event, payload in flood.mixed(count):
        if (number := flood.number_in(event, payload)) is not None:
            sent[event].append(number)
    notebook = _Notebook(3 * count)
    every = notebook.page([*range(count)])

    def listen(event: str, seed: int) -> None:
        page = notebook.page(sent[event])
        dice = random.Random(seed)

        async def take_time(payload: object) -> None:
            await asyncio.sleep(0 if dice.random() < _AT_ONCE else dice.random() / 1000)
            notebook.note(flood.number_of(event, payload), page)

        contender.on(event, take_time)

    def watch(event: str) -> None:
        contender.on(event, lambda payload: notebook.note(flood.number_of(event, payload), every))

    for seed, event in enumerate(flood.NUMBERED):
        watch(event)
        listen(event, 2 * seed)
        listen(event, 2 * seed + 1)
    await contender.connect()
    await contender.say(f"flood mixed {count}")
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await notebook.is_complete.wait()
    except TimeoutError:
        pass  # what is missing is counted
    await contender.close()
    return {"lost_or_reordered": notebook.disorder()}
