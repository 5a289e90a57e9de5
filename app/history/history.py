"""The history of one profile: everything a window reads of it and writes to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.history import rows
from app.history.conversation_record import ConversationRecord, Partner
from app.history.erasure import Erasure
from app.history.export.exporter import Exporter
from app.history.history_error import HistoryError
from app.history.message import Message, MessageState, Who, from_ms, to_ms
from app.history.numbers import Numbers
from app.history.pages import Pages
from app.history.search import Search
from app.history.store import Store

_log = logging.getLogger(__name__)


class History:
    """Keeps what is said as it is said. For use on one event loop, which no call blocks.

    The owner calls `open`, and `close` at the end. `add` and `change` never fail: what cannot be written is
    told, waits, and is written once it can be. All other calls raise `HistoryError`.

        history = History(history_file("local"), tell=notice_bar.show)
        await history.open()
        page = await history.pages.newest()
        conversation = history.begin(Partner(character_id, player_id), "Heron")
        reply = history.add(conversation, Who.CHARACTER, "Good", state=MessageState.STREAMING)
        history.change(replace(reply, text="Good morning!", state=MessageState.FINAL))
        await history.close()

    Several processes may have the same file open.

    Args:
        file: The profile's file, of `history_file`.
        tell: Gets, on the event loop, each sentence for the person.

    Attributes:
        file: The same.
        pages: Reads it.
        search: Searches it.
        erasure: Deletes from it.
        exporter: Exports it.
    """

    def __init__(self, file: Path, tell: Callable[[str], None]) -> None:
        self.file = file
        self._store = Store(file, tell)
        self._numbers = Numbers()
        self._purging: asyncio.Task[None] | None = None
        self.pages = Pages(self._store)
        self.search = Search(self._store)
        self.erasure = Erasure(self._store)
        self.exporter = Exporter(self._store)

    @property
    def is_kept(self) -> bool:
        """Whether what is said is being written; while not, `tell` has got the reason."""
        return not self._store.behind.has_failed

    @property
    def has_index(self) -> bool:
        """Whether searches use an index. Without FTS5 in this Python's SQLite they take longer."""
        return self._store.has_index

    async def open(self) -> None:
        """Open the file, or make it; a damaged one or one of a newer Heron is put aside, which is told."""
        self._numbers.follow(await self._store.open())
        self._purging = asyncio.create_task(self._purge(), name="purge history")

    async def close(self) -> None:
        """Write what waits, and end all that `open` began."""
        if self._purging is not None:
            self._purging.cancel()
            with suppress(asyncio.CancelledError):
                await self._purging
        await self._store.close()

    def begin(self, partner: Partner, character_name: str, title: str = "") -> ConversationRecord:
        """Return a new conversation. It is kept with its first message."""
        now = from_ms(to_ms(datetime.now().astimezone()))
        return ConversationRecord(self._numbers.next(), partner, character_name, now, title)

    def add(
        self,
        conversation: ConversationRecord,
        who: Who,
        text: str,
        *,
        state: MessageState = MessageState.FINAL,
        created_at: datetime | None = None,
        heard_chars: int | None = None,
        turn_id: str = "",
        clip: str = "",
        number: int | None = None,
    ) -> Message:
        """Keep a new message, and return it with its id; it is in the file within a quarter of a second.

        Args:
            conversation: What it belongs to, of `begin` or of `Pages.conversations`.
            who: Whose words these are.
            text: The words so far.
            state: How far it has come.
            created_at: When it began, with a zone; now by default.
            heard_chars: Characters of the text that were heard; None for all.
            turn_id: The server's id of the reply.
            clip: Names the file of its voice.
            number: The id it is to have; a new one by default.
        """
        created = from_ms(to_ms(created_at or datetime.now().astimezone()))
        if number is None:
            number = self._numbers.next()
        else:
            self._numbers.follow(number)
        message = Message(number, conversation.id, who, text, created, state, heard_chars, turn_id, clip)
        self._store.behind.put(message, conversation)
        return message

    def change(self, message: Message) -> None:
        """Keep a message as it is now. One that was deleted stays deleted."""
        self._store.behind.put(message)

    async def flush(self) -> None:
        """Write what waits.

        Raises:
            HistoryError: It cannot be written now.
        """
        await self._store.flush()

    async def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation a title.

        Raises:
            HistoryError: It cannot be written now.
        """
        await self._store.write(lambda base: rows.rename(base, conversation_id, title))

    async def sign(self, conversation_id: int, character_name: str) -> None:
        """Keep what the character of a conversation is called, which may be learned after its first words.

        Raises:
            HistoryError: It cannot be written now.
        """
        await self.flush()
        await self._store.write(lambda base: rows.sign(base, conversation_id, character_name))

    async def _purge(self) -> None:
        """Make up for a deletion that was cut short when Heron ended."""
        try:
            if not await self.erasure.is_purged():
                await self.erasure.purge()
        except HistoryError as error:
            _log.warning("deleted messages were not purged: %s", error)
