"""A history to try things on."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.history import ConversationRecord, History, Message, Partner, Who
from app.history.database import Database
from app.history.message import from_ms

PARTNER = Partner("character-1", "player-1")

BEGIN_MS = 1_750_000_000_000
"""When the sample conversation begins."""


@dataclass
class Kept:
    """An open history, and what it has told."""

    history: History
    told: list[str] = field(default_factory=list)
    conversation: ConversationRecord = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = self.history.begin(PARTNER, "Heron")

    def say(self, *texts: str) -> list[Message]:
        """Add a message of the person for each text."""
        return [self.history.add(self.conversation, Who.PERSON, text) for text in texts]

    async def begun(self) -> None:
        """Wait until what the beginning has to make up for is done."""
        assert self.history._purging is not None
        await self.history._purging

    async def texts(self) -> list[str]:
        """Return the texts of the newest page."""
        return [message.text for message in (await self.history.pages.newest()).messages]


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Kept]:
    told: list[str] = []
    history = History(file, told.append)
    await history.open()
    try:
        yield Kept(history, told)
    finally:
        await history.close()


@asynccontextmanager
async def two_windows(file: Path) -> AsyncIterator[tuple[Kept, Kept]]:
    async with opened(file) as one, opened(file) as other:
        yield one, other


def conversation(number: int = 1, **values: object) -> ConversationRecord:
    facts: dict[str, object] = {
        "partner": PARTNER,
        "character_name": "Heron",
        "started_at": from_ms(BEGIN_MS),
    }
    return ConversationRecord(number, **(facts | values))  # type: ignore[arg-type]


def message(number: int, text: str = "Good morning.", **values: object) -> Message:
    facts: dict[str, object] = {
        "conversation_id": 1,
        "who": Who.PERSON,
        "created_at": from_ms(BEGIN_MS + number % 1_000_000 * 1000),
    }
    return Message(number, text=text, **(facts | values))  # type: ignore[arg-type]


def bytes_of(file: Path) -> bytes:
    """Return all that the files of a history hold.

    Another process reads them: to open and close them here would end SQLite's locks on them.
    """
    sides = [side for side in sorted(file.parent.glob(f"{file.name}*")) if side.is_file()]
    return subprocess.run(["cat", *sides], capture_output=True, check=True).stdout


def database(file: Path, told: list[str] | None = None) -> Database:
    return Database(file, ([] if told is None else told).append, lambda: None)


def numbers_of(messages: Iterable[Message]) -> list[int]:
    return [each.id for each in messages]
