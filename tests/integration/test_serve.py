"""The server on its own, and arguments nobody can mean."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.integration.command import heron, served, started

pytestmark = pytest.mark.integration


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_serve_ends_at_a_signal(number: signal.Signals) -> None:
    async with started("serve") as server:
        assert server.stdout is not None
        await server.stdout.readline()
        server.send_signal(number)
        async with asyncio.timeout(10):
            assert await server.wait() == 0


@pytest.mark.asyncio
async def test_a_port_in_use_is_refused() -> None:
    async with served() as server:
        port = server.url.rpartition(":")[2]
        done = await asyncio.to_thread(heron, "serve", "--port", port)
    assert done.code == 2
    assert f"Port {port} on 127.0.0.1 is in use" in done.refusal()


def test_serving_others_needs_a_key() -> None:
    done = heron("serve", "--host", "0.0.0.0")
    assert done.code == 2
    assert "--api-key" in done.refusal()


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["serve", "--port", "70000"], "no port"),
    (["serve", "--port", "http"], "no port"),
    (["talk", "--mode", "shout"], "invalid choice"),
])  # fmt: skip
def test_arguments_that_cannot_be_read(arguments: list[str], sentence: str) -> None:
    done = heron(*arguments)
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err
