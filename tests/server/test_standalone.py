from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.core.errors import BadInput
from app.server import standalone
from app.server.character_server import Address
from tests.integration.command import served, started
from tests.server.foreign_client import ForeignClient

PATIENCE_S = 20.0


def address_in(url: str) -> Address:
    split = urlsplit(url)
    assert split.scheme == "http"
    assert split.hostname == "127.0.0.1"
    assert split.port is not None
    return Address(split.hostname, split.port)


async def lets_in(address: Address, key: str) -> bool:
    async with ForeignClient(address, {"api_key": key, "player_id": "ada"}) as client:
        return await client.first() == "session_info"


@pytest.mark.integration
@pytest.mark.asyncio
async def test_it_prints_where_it_listens_and_the_key_it_made(heron_home: Path) -> None:
    async with served() as server, asyncio.timeout(PATIENCE_S):
        assert len(server.key) >= 32
        assert await lets_in(address_in(server.url), server.key)
        server.process.send_signal(signal.SIGTERM)
        assert await server.process.communicate() == (b"", b"")
        assert server.process.returncode == 0
    log = heron_home / "logs" / "server.log"
    assert not log.exists() or server.key not in log.read_text(encoding="utf-8")


@pytest.mark.integration
@pytest.mark.asyncio
async def test_it_takes_the_port_and_the_key_it_is_given_and_gives_the_port_back() -> None:
    port = "0"
    for number in (signal.SIGINT, signal.SIGTERM):
        async with (
            started("serve", "--api-key", "est_mine", "--port", port) as server,
            asyncio.timeout(PATIENCE_S),
        ):
            assert server.stdout is not None
            printed = (await server.stdout.readline()).decode()
            address = address_in(printed.removeprefix("Listening on ").rstrip())
            assert port in {"0", str(address.port)}
            port = str(address.port)
            assert await lets_in(address, "est_mine")
            assert not await lets_in(address, "est_other")
            server.send_signal(number)
            # It does not repeat the key that it was given.
            assert await server.communicate() == (b"", b"")
            assert server.returncode == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7"])
def test_other_machines_are_let_in_only_with_a_key_of_ones_own(host: str) -> None:
    with pytest.raises(BadInput) as caught:
        standalone.run(Address(host), None)
    assert str(caught.value) == (
        f"Serving on {host} lets other machines in: choose the key they must present with --api-key."
    )


@pytest.mark.parametrize(
    ("host", "hours"), [("127.0.0.1", None), ("::1", None), ("localhost", None), ("0.0.0.0", 24)]
)
def test_only_sessions_of_other_machines_are_ended_when_they_are_forgotten(
    host: str, hours: int | None
) -> None:
    assert standalone.idle_limit_s(Address(host)) == (None if hours is None else hours * 3600)
