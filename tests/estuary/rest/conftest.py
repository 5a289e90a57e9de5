"""A running REST server, and clients that are closed in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

import pytest
import pytest_asyncio

from app.estuary.config import EstuaryConfig
from app.estuary.reconnect import Backoff
from app.estuary.rest import RestClient
from app.estuary.rest.retry import Retry
from tests.estuary.rest.rest_server import RestServer

KEY: Final = "est_secret/of+the=tests"
SOON: Final = Retry(Backoff(base_s=0.001, cap_s=0.01, attempts=3))

RestMaker = Callable[..., RestClient]


def config_for(url: str, **fields: Any) -> EstuaryConfig:
    known: dict[str, Any] = {
        "server_url": url,
        "api_key": KEY,
        "character_id": "character-1",
        "player_id": "player-1",
    }
    return EstuaryConfig(**(known | fields))


async def by_key() -> Mapping[str, str]:
    return {"X-API-Key": KEY}


@pytest.fixture(autouse=True)
def no_proxy_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the proxies of whoever runs the tests out of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[RestServer]:
    async with RestServer() as running:
        yield running


@pytest_asyncio.fixture
async def rest_for() -> AsyncIterator[RestMaker]:
    """Return a function that makes a client for an address; it retries without much ado."""
    made: list[RestClient] = []

    def make(url: str, config: Mapping[str, Any] | None = None, **settings: Any) -> RestClient:
        known: dict[str, Any] = {"authorization": by_key, "retry": SOON}
        made.append(RestClient(config_for(url, **(config or {})), **(known | settings)))
        return made[-1]

    yield make
    for client in made:
        await client.close()


@pytest.fixture
def rest(server: RestServer, rest_for: RestMaker) -> RestClient:
    return rest_for(server.url)
