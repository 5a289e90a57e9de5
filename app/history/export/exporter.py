"""Writes the history into a file: whole, or not at all."""

from __future__ import annotations

import asyncio
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from app.core.translation import translate
from app.history.database import ReadingDatabase
from app.history.export.as_html import AsHtml
from app.history.export.as_json import AsJson
from app.history.export.as_markdown import AsMarkdown
from app.history.export.style import Labels, Style
from app.history.history_error import HistoryError
from app.history.pages import conversations, count, newer
from app.history.store import Store
from app.history.worker import Worker

Progress = Callable[[int, int], None]
"""Gets how many messages are written, of how many; on the event loop, at most ten times a second."""

_PAGE: Final = 500
"""Messages that are in memory at once."""

_PROGRESS_S: Final = 0.1


class ExportFormat(Enum):
    """How an exported file is written; the value is the ending of its name."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


class Exporter:
    """Exports a history."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def export(
        self,
        file: Path,
        form: ExportFormat,
        *,
        labels: Labels | None = None,
        conversation_id: int | None = None,
        on_progress: Progress | None = None,
    ) -> int:
        """Write the history into a file, private to its user, and return how many messages that were.

        A file that is there already is replaced at the end. When the call is cancelled it stays as it was.

        Args:
            file: Where to.
            form: How.
            labels: The words around the messages; English by default.
            conversation_id: Only this conversation.
            on_progress: Gets how far it is.

        Raises:
            HistoryError: The history cannot be read, or the file not be written; the message says which.
        """
        await self._store.read(lambda _: None)  # what waits is written; the file is there and sound
        loop = asyncio.get_running_loop()
        style = _style(form, labels or Labels())
        is_cancelled = threading.Event()

        def told(done: int, total: int) -> None:
            if on_progress is not None:
                with suppress(RuntimeError):  # the loop was closed
                    loop.call_soon_threadsafe(on_progress, done, total)

        def work() -> int:
            database = ReadingDatabase(self._store.file)
            try:
                return database.run(
                    lambda base: _write(file, _Source(base, conversation_id, told, is_cancelled), style)
                )
            finally:
                database.close()

        worker = Worker("heron-history-export")
        worker.start()
        try:
            return await asyncio.wrap_future(worker.submit(work))
        except OSError as error:
            text = translate(
                "History", "{file} cannot be written ({why}). Choose another folder or make room."
            )
            raise HistoryError(text.format(file=file, why=error.strerror or error)) from error
        except sqlite3.Error as error:
            text = translate(
                "History", "The history cannot be read ({why}), so {file} was not written. Try again."
            )
            raise HistoryError(text.format(why=error, file=file.name)) from error
        finally:
            is_cancelled.set()
            await worker.stop()


class _CancelledError(Exception):
    """Nobody waits for the file any more."""


class _Source:
    """Yields the messages, and tells how many have passed."""

    def __init__(
        self,
        base: sqlite3.Connection,
        conversation_id: int | None,
        told: Progress,
        is_cancelled: threading.Event,
    ) -> None:
        self._base = base
        self._conversation_id = conversation_id
        self._told = told
        self._is_cancelled = is_cancelled
        self.done = 0

    def parts(self, style: Style) -> Iterator[str]:
        """Yield the whole file in small parts."""
        total = count(self._base, self._conversation_id)
        self._told(0, total)
        yield style.begin(datetime.now().astimezone())
        told_at = time.monotonic()
        for conversation in conversations(self._base, self._conversation_id):
            yield style.conversation(conversation)
            last, has_more = 0, True
            while has_more:
                if self._is_cancelled.is_set():
                    raise _CancelledError
                page = newer(self._base, last, _PAGE, conversation.id)
                yield "".join(style.message(message) for message in page.messages)
                has_more = page.has_newer
                last = page.messages[-1].id if page.messages else last
                self.done += len(page.messages)
                if time.monotonic() - told_at >= _PROGRESS_S:
                    told_at = time.monotonic()
                    self._told(self.done, max(total, self.done))
        yield style.end()
        self._told(self.done, self.done)


def _write(file: Path, source: _Source, style: Style) -> int:
    target = file.resolve()  # a link to it stays a link
    part = target.with_name(f".heron-{secrets.token_hex(6)}.part")
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - a descriptor
            stream.writelines(source.parts(style))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return source.done


def _style(form: ExportFormat, labels: Labels) -> Style:
    match form:
        case ExportFormat.MARKDOWN:
            return AsMarkdown(labels)
        case ExportFormat.JSON:
            return AsJson()
        case ExportFormat.HTML:
            return AsHtml(labels)
