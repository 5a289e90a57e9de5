"""One history file as the event loop sees it: one thread writes, another reads, nothing blocks."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from app.core.translation import translate
from app.history import rows
from app.history.database import Database, ReadingDatabase, Work
from app.history.history_error import HistoryError, explained, is_damage
from app.history.worker import Worker
from app.history.write_behind import WriteBehind

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_LET_GO_S: Final = 5.0
"""Seconds for the reader to close a file that is put aside."""


class Store:
    """Reads and writes one history file. For use on one event loop; the owner calls `open` and `close`.

    Args:
        file: The file; its folder is there.
        tell: Gets, on the event loop, each sentence for the person: a file put aside, a disk that is full.
    """

    def __init__(self, file: Path, tell: Callable[[str], None]) -> None:
        self.file = file
        self._tell = tell
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer = Worker("heron-history-writer")
        self._reader = Worker("heron-history-reader")
        self._reading = ReadingDatabase(file)
        self._database = Database(file, self._tell_soon, self._let_go)
        self.behind = WriteBehind(self._writer, self._database, self._tell_soon)
        self._is_closed = False

    @property
    def has_index(self) -> bool:
        """Whether searches use an index; without one they read every message."""
        return self._database.has_index

    async def open(self) -> int:
        """Open the file, make it, or renew it, and return the largest id in it.

        If it cannot be used that is told, and what is put is written once it can.
        """
        self._loop = asyncio.get_running_loop()
        self._writer.start()
        self._reader.start()
        try:
            return await self.write(self._begin)
        except HistoryError as problem:
            self.behind.report(problem)
            return 0

    async def close(self) -> None:
        """Write what waits, and end both threads. A second call does nothing."""
        if self._is_closed or self._loop is None:
            return
        self._is_closed = True
        last = self._writer.submit(self._end)
        self._reader.submit(self._reading.close)
        with suppress(HistoryError):  # it was told
            await asyncio.shield(asyncio.wrap_future(last))
        await self._writer.stop()
        await self._reader.stop()

    async def write(self, work: Work[Result]) -> Result:
        """Do ``work`` in the writing thread, after all that waits to be written.

        Raises:
            HistoryError: That failed.
        """

        def job() -> Result:
            self.behind.write()
            return self._database.run(work)

        return await self._outcome(self._writer, job)

    async def read(self, work: Work[Result]) -> Result:
        """Do ``work`` in the reading thread; it sees all that was put before.

        Raises:
            HistoryError: It failed.
        """
        if not self.behind.is_empty:
            with suppress(HistoryError):  # it was told; what is there can be read
                await self._outcome(self._writer, self.behind.write)
        try:
            return await self._done(self._reader, lambda: self._reading.run(work))
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise explained(error, self.file) from error
        await self._outcome(self._writer, self._database.mend)
        await self.write(self._begin)
        return await self._outcome(self._reader, lambda: self._reading.run(work))

    async def flush(self) -> None:
        """Write what waits.

        Raises:
            HistoryError: It cannot be written now.
        """
        await self._outcome(self._writer, self.behind.write)

    def _begin(self, connection: sqlite3.Connection) -> int:
        rows.settle(connection, has_index=self._database.has_index)
        found: tuple[int | None, int | None] = connection.execute(
            "SELECT (SELECT max(id) FROM messages), (SELECT max(id) FROM conversations)"
        ).fetchone()
        return max(found[0] or 0, found[1] or 0)

    def _end(self) -> None:
        try:
            self.behind.write()
        finally:
            self._database.close()

    def _let_go(self) -> None:
        """Have the reader close the file: a system may not rename one that is open."""
        with suppress(RuntimeError):
            self._reader.submit(self._reading.close).result(_LET_GO_S)

    def _tell_soon(self, sentence: str) -> None:
        _log.warning("%s", sentence)
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop was closed
                self._loop.call_soon_threadsafe(self._tell, sentence)

    async def _outcome(self, worker: Worker, work: Callable[[], Result]) -> Result:
        try:
            return await self._done(worker, work)
        except (sqlite3.Error, OSError) as error:
            raise explained(error, self.file) from error

    async def _done(self, worker: Worker, work: Callable[[], Result]) -> Result:
        try:
            future: Future[Result] = worker.submit(work)
        except RuntimeError as error:
            raise HistoryError(
                translate("History", "The history was closed. Open the window again.")
            ) from error
        return await asyncio.wrap_future(future)
