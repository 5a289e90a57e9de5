from __future__ import annotations

import pytest

from app.conversation.account import Account
from app.conversation.backend import RemoteBackend
from app.conversation.connected import connected
from app.core.errors import BadInput, UserError
from app.estuary import EstuaryConfig, EstuaryError
from tests.estuary.peer_server import KEY, PeerServer

pytestmark = pytest.mark.asyncio


class Noting(RemoteBackend):
    """Notes when it is opened and closed."""

    def __init__(self, url: str, key: str = KEY) -> None:
        super().__init__(Account(url, key))
        self.steps: list[str] = []

    async def open(self) -> EstuaryConfig:
        self.steps.append("open")
        return await super().open()

    async def close(self) -> None:
        self.steps.append("close")


class Shut(Noting):
    """Cannot be opened."""

    async def open(self) -> EstuaryConfig:
        self.steps.append("open")
        raise UserError("It is closed today. Come back tomorrow.")


async def test_a_client_is_connected_for_the_length_of_the_block() -> None:
    async with PeerServer() as server:
        backend = Noting(server.url)
        async with connected(backend) as client:
            await client.send_text("hello")
            assert backend.steps == ["open"]
            assert server.auth[-1]["capabilities"]["camera"] is False  # nobody there can show a picture
        assert not client.is_connected
        await server.until("text")
        await server.until_empty()
        assert backend.steps == ["open", "close"]


async def test_both_are_closed_after_a_failure_inside() -> None:
    async with PeerServer() as server:
        backend = Noting(server.url)
        with pytest.raises(UserError, match="enough"):
            await _fail_inside(backend)
        await server.until_empty()
        assert backend.steps == ["open", "close"]


async def test_a_refusal_is_told_in_the_words_of_the_backend() -> None:
    async with PeerServer() as server:
        backend = Noting(server.url, "est_wrong")
        with pytest.raises(BadInput, match="Check the API key") as caught:
            async with connected(backend):
                pytest.fail("it was let in")
        assert isinstance(caught.value.__cause__, EstuaryError)
        assert backend.steps == ["open", "close"]


async def test_a_backend_that_cannot_be_opened_is_closed_again() -> None:
    backend = Shut("http://127.0.0.1:9")
    with pytest.raises(UserError, match="closed today"):
        async with connected(backend):
            pytest.fail("it was let in")
    assert backend.steps == ["open", "close"]


async def _fail_inside(backend: Noting) -> None:
    async with connected(backend):
        raise UserError("That is enough.")
