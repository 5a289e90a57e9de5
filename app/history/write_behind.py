"""What is to be written: kept for a moment, so that a reply that grows is not written word by word."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.core.translation import translate
from app.history import rows
from app.history.conversation_record import ConversationRecord
from app.history.database import Database
from app.history.history_error import HistoryError, explained
from app.history.message import Message
from app.history.worker import Worker

_log = logging.getLogger(__name__)

INTERVAL_S: Final = 0.25
"""Least time in seconds between two writes; what a person has seen for longer is in the file."""

RETRY_S: Final = 10.0
"""Seconds after which a write that failed is tried again."""

MOST_KEPT: Final = 5_000
"""Messages that are kept while none can be written; the oldest are lost then."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message to write, and for a new one its conversation."""

    message: Message
    conversation: ConversationRecord | None


class WriteBehind:
    """Takes messages on the event loop and writes them in the worker's thread.

    Args:
        worker: The thread that writes.
        database: Where to; used in that thread only.
        tell: Gets a sentence when writing fails, and one when it works again; in the worker's thread.
    """

    def __init__(self, worker: Worker, database: Database, tell: Callable[[str], None]) -> None:
        self._worker = worker
        self._database = database
        self._tell = tell
        self._lock = threading.Lock()
        self._waiting: dict[int, _Entry] = {}
        self._is_planned = False
        self._written_at = 0.0
        self._has_failed = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits to be written."""
        return not self._waiting

    @property
    def has_failed(self) -> bool:
        """Whether the last write failed."""
        return self._has_failed

    def put(self, message: Message, conversation: ConversationRecord | None = None) -> None:
        """Have a message written soon: a new one with its conversation, or a change without."""
        with self._lock:
            before = self._waiting.get(message.id)
            if conversation is None and before is not None:
                conversation = before.conversation
            self._waiting[message.id] = _Entry(message, conversation)
            while len(self._waiting) > MOST_KEPT:
                del self._waiting[next(iter(self._waiting))]
            self._plan(max(0.0, self._written_at + INTERVAL_S - time.monotonic()))

    def write(self) -> None:
        """Write all that waits. In the worker's thread.

        Raises:
            HistoryError: It cannot be written now; it waits on.
        """
        with self._lock:
            taken, self._waiting = self._waiting, {}
        try:
            if taken:
                self._database.run(lambda connection: self._write(connection, taken))
        except (sqlite3.Error, OSError) as error:
            self._put_back(taken)
            problem = explained(error, self._database.file)
            self.report(problem)
            raise problem from error
        except BaseException:
            self._put_back(taken)
            raise
        finally:
            self._written_at = time.monotonic()
        if self._has_failed and taken:
            self._has_failed = False
            self._tell(translate("History", "The history is written again."))

    def report(self, problem: HistoryError) -> None:
        """Tell once that the history cannot be written; what waits is tried again."""
        if not self._has_failed:
            self._has_failed = True
            goes_on = translate("History", "Heron goes on without it and tries again by itself.")
            self._tell(f"{problem} {goes_on}")

    def forget(self, is_meant: Callable[[Message], bool]) -> None:
        """Do not write messages that wait."""
        with self._lock:
            self._waiting = {
                number: entry for number, entry in self._waiting.items() if not is_meant(entry.message)
            }

    def _write(self, connection: sqlite3.Connection, taken: dict[int, _Entry]) -> None:
        entries = [(entry.message, entry.conversation) for entry in taken.values()]
        has_index = self._database.has_index
        try:
            rows.write(connection, entries, has_index=has_index)
        except sqlite3.IntegrityError:
            for entry in entries:  # one that can never be written must not hold up the others
                try:
                    rows.write(connection, [entry], has_index=has_index)
                except sqlite3.IntegrityError:
                    _log.exception("message %d does not belong to its conversation", entry[0].id)

    def _write_planned(self) -> None:
        with self._lock:
            self._is_planned = False
        try:
            self.write()
        except Exception as error:
            _log.warning("the history was not written: %s", error)
            with self._lock:
                if self._waiting:
                    self._plan(RETRY_S)

    def _plan(self, delay_s: float) -> None:
        """Have the worker write; with the lock held."""
        if not self._is_planned:
            with suppress(RuntimeError):  # stopped: whoever stops it has everything written first
                self._worker.submit(self._write_planned, delay_s)
                self._is_planned = True

    def _put_back(self, taken: dict[int, _Entry]) -> None:
        with self._lock:
            later = self._waiting
            for number, entry in later.items():
                if entry.conversation is None and number in taken:
                    later[number] = _Entry(entry.message, taken[number].conversation)
            self._waiting = {**taken, **later}
