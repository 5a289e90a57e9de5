"""A long history: it is written, and then searched as the window searches it.

``python -m benchmarks.window_parts.long_history COUNT`` writes so many messages to the history of the local
profile in ``HERON_HOME`` and prints ``{"search_ms": [...]}``: how long each search took, from the question on
the event loop to the answer there.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import datetime, timedelta
from typing import Final

from app.conversation.archive import Archive
from app.core.settings import Settings
from app.history import History, Partner, Who
from app.history.profile_file import history_file

LENGTH: Final = 100_000
"""Messages of a long history."""

QUERIES: Final = (
    "t",
    "the",
    "lisbon",
    "lisb",
    "tomorrow rain",
    "24 degrees",
    "tram top view",
    "kilometers 40321",
    "I",
    "zebra",
)
"""What is looked for: a letter, words in every second message, in a few, in one, and in none."""

_TIMES: Final = 5
_CHUNK: Final = 2_000
"""Messages that are written at once."""

_TEXTS: Final = (
    "What is the weather like tomorrow in Lisbon? I leave at {number}.",
    "It looks **sunny**, with 24 degrees; in the evening it may rain. Take `sunglasses`, number {number}.",
    "How many miles are {number} kilometers?",
    "Take the tram, sit on the left and get off at the top: the view is best before noon. ({number})",
)


async def _measured(count: int) -> list[float]:
    await _write(count)
    archive = Archive(lambda _happening: None)
    await archive.open(Settings())
    try:
        await archive.search("warm")
        return [await _ms(archive, query) for _ in range(_TIMES) for query in QUERIES]
    finally:
        await archive.close()


async def _write(count: int) -> None:
    history = History(history_file("local"), lambda sentence: print(sentence, file=sys.stderr))
    await history.open()
    conversation = history.begin(Partner("default", "player"), "Heron")
    began = datetime.now().astimezone() - timedelta(seconds=20 * count)
    for number in range(count):
        history.add(
            conversation,
            Who.CHARACTER if number % 2 else Who.PERSON,
            _TEXTS[number % len(_TEXTS)].format(number=number),
            created_at=began + timedelta(seconds=20 * number),
        )
        if number % _CHUNK == _CHUNK - 1:
            await history.flush()
    await history.close()


async def _ms(archive: Archive, query: str) -> float:
    began = time.perf_counter()
    await archive.search(query)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps({"search_ms": asyncio.run(_measured(int(sys.argv[1])))}))
