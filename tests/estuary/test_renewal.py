from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.estuary import ClientCredential, ErrorCode, EstuaryError, credentials
from app.estuary.credentials import Credentials
from app.estuary.renewal import Renewal
from app.protocol.client_messages import RenewAuthentication
from app.protocol.message import Message
from tests.estuary.conftest import config_for

pytestmark = pytest.mark.asyncio


class Renewed:
    """A renewal of tokens that are used up at once, and a server that answers as the test says."""

    def __init__(self) -> None:
        self.answers: list[bytes | EstuaryError] = []
        self.asked: list[str] = []
        self.failures = 0
        self.over = asyncio.Event()
        self.provider_fails = False
        config = config_for("https://example.com", api_key="", token_provider=self._provide)
        self.renewal = Renewal(Credentials(config), self._request, self._failed)
        self._count = 0

    async def _provide(self) -> ClientCredential:
        if self.provider_fails:
            raise RuntimeError("down")
        self._count += 1
        return ClientCredential(f"ect_{self._count}", "p", time.time() + 1)

    async def _request(self, message: Message) -> bytes:
        assert isinstance(message, RenewAuthentication)
        self.asked.append(message.client_token)
        if not self.answers:
            self.over.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, EstuaryError):
            self.over.set()
            raise answer
        return answer

    def _failed(self) -> None:
        self.failures += 1
        self.renewal.cancel()
        self.over.set()

    async def run(self) -> None:
        await self.renewal._credentials.token()
        self.renewal.start()
        self.renewal.start()
        await asyncio.wait_for(self.over.wait(), 2)
        await asyncio.sleep(0)


@pytest_asyncio.fixture
async def renewed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Renewed]:
    monkeypatch.setattr(credentials, "SHORTEST_S", 0.001)
    made = Renewed()
    yield made
    made.renewal.cancel()
    await asyncio.sleep(0)


async def test_it_goes_on_as_long_as_it_runs(renewed: Renewed) -> None:
    renewed.answers = [b'[{"ok":true}]', b'[{"ok":true,"more":1},{}]']
    await renewed.run()
    assert renewed.asked == ["ect_2", "ect_3", "ect_4"]
    assert renewed.failures == 0


@pytest.mark.parametrize(
    "answer", [b'[{"ok":false}]', b"[{}]", b"[]", b"[1]", b'[{"ok":"yes"}]', b"[{},{" + b'"ok":true}]', b"[",
               b"\xff"]
)  # fmt: skip
async def test_a_token_that_is_not_taken_is_a_failure(renewed: Renewed, answer: bytes) -> None:
    renewed.answers = [answer]
    await renewed.run()
    assert (len(renewed.asked), renewed.failures) == (1, 1)


@pytest.mark.parametrize(
    ("code", "failures"),
    [
        (ErrorCode.CONNECTION_TIMEOUT, 1),
        (ErrorCode.CONNECTION_FAILED, 0),
        (ErrorCode.NOT_CONNECTED, 0),
    ],
)
async def test_a_lost_connection_is_somebody_elses_business(
    renewed: Renewed, code: ErrorCode, failures: int
) -> None:
    renewed.answers = [EstuaryError("no", code)]
    await renewed.run()
    assert renewed.failures == failures


async def test_a_token_that_cannot_be_fetched_is_a_failure(renewed: Renewed) -> None:
    await renewed.renewal._credentials.token()
    renewed.provider_fails = True
    renewed.renewal.start()
    await asyncio.wait_for(renewed.over.wait(), 2)
    assert (renewed.asked, renewed.failures) == ([], 1)


async def test_once_cancelled_it_asks_nothing_and_may_begin_again(renewed: Renewed) -> None:
    renewed.renewal.cancel()
    renewed.renewal.start()
    renewed.renewal.cancel()
    await asyncio.sleep(0.02)
    assert (renewed.asked, renewed.failures) == ([], 0)
    await renewed.run()
    assert renewed.asked == ["ect_2"]


async def test_a_key_is_not_renewed() -> None:
    async def request(_message: Message) -> bytes:
        raise AssertionError("never reached")

    renewal = Renewal(Credentials(config_for("https://example.com")), request, print)
    renewal.start()
    assert asyncio.all_tasks() == {asyncio.current_task()}
