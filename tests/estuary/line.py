"""A link, what it told, and how to open one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from app.estuary import EstuaryError
from app.estuary.credentials import Credentials
from app.estuary.link import Link
from app.estuary.outbox import AudioDropped
from app.protocol.client_messages import Authenticate
from app.protocol.connection import BadPayload, UnknownEvent
from app.protocol.message import Message
from tests.estuary.conftest import config_for
from tests.estuary.peer_server import KEY


class Line:
    """A link and everything it told."""

    def __init__(self, url: str, **fields: object) -> None:
        self.messages: list[Message] = []
        self.unknown: list[UnknownEvent] = []
        self.malformed: list[BadPayload] = []
        self.dropped: list[AudioDropped] = []
        self.lost: list[str] = []
        self.poison: Message | None = None
        self.news = asyncio.Event()
        config = config_for(url, **fields)
        auth = Authenticate(
            api_key=config.api_key,
            character_id=config.character_id,
            player_id=config.player_id,
            audio_sample_rate=config.audio_sample_rate,
        )
        self.link = Link(config, auth, self, Credentials(config))

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not is_so():
                self.news.clear()
                await self.news.wait()

    def message_came(self, message: Message) -> None:
        self.messages.append(message)
        self.news.set()
        if message == self.poison:
            raise RuntimeError("a bug")

    def unknown_came(self, event: UnknownEvent) -> None:
        self.unknown.append(event)
        self.news.set()

    def malformed_came(self, bad: BadPayload) -> None:
        self.malformed.append(bad)
        self.news.set()

    def audio_dropped(self, dropped: AudioDropped) -> None:
        self.dropped.append(dropped)
        self.news.set()

    def link_lost(self, reason: str) -> None:
        self.lost.append(reason)
        self.news.set()


@asynccontextmanager
async def opened(url: str, **fields: object) -> AsyncIterator[Line]:
    line = Line(url, **fields)
    await line.link.open()
    try:
        yield line
    finally:
        await line.link.close()


async def refused(url: str) -> EstuaryError:
    """Return what opening a link ends with, within a second."""
    line = Line(url)
    with pytest.raises(EstuaryError) as caught:
        async with asyncio.timeout(1):
            await line.link.open()
    assert not line.link.is_open
    assert line.lost == []
    assert KEY not in caught.value.message
    return caught.value
