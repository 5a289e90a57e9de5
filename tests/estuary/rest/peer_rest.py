"""The REST clients of estuary-sdk 0.8.0, to compare what goes over the wire."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from tests.estuary.rest.conftest import KEY
from tests.estuary.rest.rest_server import Asked, RestServer

_PEER: Final[Any] = importlib.import_module("estuary_sdk.rest")  # it has no types
PeerCharacters: Final = _PEER.CharactersClient
PeerMemories: Final = _PEER.MemoryClient
PeerPlayers: Final = _PEER.PlayersClient

Call = Callable[[Any], Awaitable[object]]


@asynccontextmanager
async def peer_client(server: RestServer) -> AsyncIterator[Any]:
    client = _PEER.RestClient(server.url, KEY)
    try:
        yield client
    finally:
        await client.close()


async def asked_by_both(server: RestServer, call: Call, ours: object, theirs: object) -> tuple[Asked, Asked]:
    """Make the same call on both clients; return what the server was asked each time."""
    await call(ours)
    await call(theirs)
    mine, other = server.asked[-2:]
    return mine, other
