"""Looking for words in the whole history: where they are looked for, and who waits for the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.conversation.line import Line

WAIT_MS = 120
"""Milliseconds without another letter after which a search begins."""

_AT_ONCE = 1000
"""Lines looked through before others get their turn on the loop: less than 2 ms."""


class SearchSource(Protocol):
    """Where a history can be searched."""

    async def search(self, words: str) -> Sequence[int]:
        """Return the numbers of the lines that have each of `words` in them, in either case, oldest first."""


class LineSearch:
    """Searches lines that are in memory.

    Args:
        lines: Returns them, oldest first.
    """

    def __init__(self, lines: Callable[[], tuple[Line, ...]]) -> None:
        self._lines = lines

    async def search(self, words: str) -> Sequence[int]:
        """Return the numbers of the lines that have each of `words`; see `SearchSource.search`."""
        parts = [re.compile(re.escape(part), re.IGNORECASE).search for part in words.split()]
        lines, found = self._lines(), []
        for start in range(0, len(lines), _AT_ONCE):
            found += [
                line.number
                for line in lines[start : start + _AT_ONCE]
                if all(has(line.text) for has in parts)
            ]
            await asyncio.sleep(0)
        return found


class Search(QObject):
    """Runs one search at a time; a newer one takes the place of the one before.

    Args:
        source: Where to look.
        parent: Who owns it.

    Signals:
        found: The words, and the numbers of the lines that have them, oldest first.
        failed: The exception that ended a search.
    """

    found = Signal(str, object)
    failed = Signal(object)

    def __init__(self, source: SearchSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._words = ""
        self._task: asyncio.Task[Sequence[int]] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self._begin)

    def look_for(self, words: str) -> None:
        """Search once no more letters come; nothing is found of nothing, and at once."""
        self.stop()
        self._words = words
        if words:
            self._clock.start()
        else:
            self.found.emit("", ())

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._clock.stop()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _begin(self) -> None:
        search = self.source.search(self._words)
        self._task = asyncio.get_running_loop().create_task(_awaited(search), name="search")
        self._task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[Sequence[int]]) -> None:
        if task.cancelled() or task is not self._task:
            return
        self._task = None
        if (error := task.exception()) is not None:
            self.failed.emit(error)
        else:
            self.found.emit(self._words, tuple(task.result()))


async def _awaited(search: Awaitable[Sequence[int]]) -> Sequence[int]:
    return await search
