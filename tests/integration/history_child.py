"""A process that talks: it prints what it shows, with the time, and keeps it in the history it is given.

``python -m tests.integration.history_child FILE reply|freeze|COUNT``: a reply that grows without end, one
that grows until the event loop stands still, or that many short messages.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path

from app.history import History, MessageState, Partner, Who


async def main(file: Path, task: str) -> None:
    history = History(file, lambda sentence: print("told", sentence, flush=True))
    await history.open()
    conversation = history.begin(Partner("character-1", "player-1"), "Heron")
    history.add(conversation, Who.PERSON, "Tell me a story.")
    if task.isdigit():
        for number in range(int(task)):
            history.add(conversation, Who.PERSON, f"{conversation.id} {number}")
            await asyncio.sleep(0.002)
        await history.close()
        return
    reply = history.add(conversation, Who.CHARACTER, "", state=MessageState.STREAMING)
    number = 0
    while True:
        number += 1
        reply = replace(reply, text=f"{reply.text}word{number} ", heard_chars=len(reply.text))
        history.change(reply)
        print(number, time.monotonic(), flush=True)
        if task == "freeze" and number == 40:
            time.sleep(60)  # noqa: ASYNC251 - the loop stands still
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
