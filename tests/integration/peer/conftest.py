"""A server that both clients talk to, and the client library of each run."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.estuary.peer_server import PeerServer
from tests.integration.peer.sdk import Sdk


@pytest_asyncio.fixture
async def peer() -> AsyncIterator[PeerServer]:
    async with PeerServer() as server:
        yield server


@pytest_asyncio.fixture
async def sdk(request: pytest.FixtureRequest, peer: PeerServer) -> AsyncIterator[Sdk]:
    """Give the library that `both` names; what was made with it ends before the server does."""
    library: Sdk = request.param()
    yield library
    await library.close()
