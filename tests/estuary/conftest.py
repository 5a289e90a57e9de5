"""A running server, and clients that are disconnected in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from app.estuary import EstuaryClient, EstuaryConfig
from tests.estuary.peer_server import KEY, PeerServer

ClientMaker = Callable[..., EstuaryClient]


def config_for(url: str, **fields: Any) -> EstuaryConfig:
    """Return a config that the test server accepts, with short waits."""
    known: dict[str, Any] = {
        "server_url": url,
        "api_key": KEY,
        "character_id": "character-1",
        "player_id": "player-1",
        "reconnect_delay": 0.05,
    }
    return EstuaryConfig(**(known | fields))


@pytest_asyncio.fixture
async def peer() -> AsyncIterator[PeerServer]:
    async with PeerServer() as server:
        yield server


@pytest_asyncio.fixture
async def client_for() -> AsyncIterator[ClientMaker]:
    """Return a function that makes a client for an address."""
    made: list[EstuaryClient] = []

    def make(url: str, **fields: Any) -> EstuaryClient:
        made.append(EstuaryClient(config_for(url, **fields)))
        return made[-1]

    yield make
    for client in made:
        await client.disconnect()


@pytest.fixture
def frame() -> bytes:
    """Return 20 ms of audio at 16 kHz."""
    return bytes(range(256)) * 2 + bytes(128)
