"""The author: has replies made, and sees each to its end although the person who asked may have gone."""

from __future__ import annotations

import asyncio

from app.server.replies.replier import Prompt, Replier
from app.server.wording import Wording


class Author:
    """Asks the replier, and owns what is being made. `close` it.

    Args:
        replier: Makes the words.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier
        self._at_work: set[asyncio.Task[None]] = set()

    def begin(self, prompt: Prompt, message_id: str | None = None) -> Wording:
        """Return the words of a reply, which from now on grow by themselves; ``message_id`` names them."""
        wording = Wording(message_id)
        task = asyncio.create_task(wording.take(self._replier.reply(prompt)), name="reply")
        wording.on_cut = task.cancel
        self._at_work.add(task)

        def done(task: asyncio.Task[None]) -> None:
            self._at_work.discard(task)
            wording.end()  # a task that is cancelled before it begins has not done that

        task.add_done_callback(done)
        return wording

    async def close(self) -> None:
        """End what is still being made; those words stay as they are."""
        tasks = list(self._at_work)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
