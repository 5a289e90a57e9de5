"""A character with a memory of its own, and someone to speak to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from app.server.replies.builtin import BuiltinCharacter
from app.server.replies.interjection import Interjection
from app.server.replies.replier import Prompt
from app.server.replies.timers import TimerBook
from app.server.store import Store

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
"""A Monday afternoon."""

Asking = Callable[[str], Awaitable[str]]


def prompt(text: str, *, player: str = "anna", now: datetime = NOW) -> Prompt:
    return Prompt(text=text, player_id=player, character_id="heron", now=now)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def rung() -> list[Interjection]:
    return []


@pytest_asyncio.fixture
async def timers(rung: list[Interjection]) -> AsyncIterator[TimerBook]:
    book = TimerBook(rung.append)
    yield book
    book.close()


@pytest.fixture
def character(store: Store, timers: TimerBook) -> BuiltinCharacter:
    return BuiltinCharacter(store, timers)


@pytest.fixture
def ask(character: BuiltinCharacter) -> Asking:
    async def answer(text: str) -> str:
        return "".join([piece async for piece in character.reply(prompt(text))])

    return answer
