from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.server.character_server import Address
from tests.integration.command import started
from tests.server.foreign_client import ForeignClient

pytestmark = pytest.mark.integration

PATIENCE_S = 20.0


def seen_by_others(pid: int) -> tuple[bytes, bytes]:
    """Return the command line and the environment of a process."""
    process = Path("/proc") / str(pid)
    return (process / "cmdline").read_bytes(), (process / "environ").read_bytes()


@pytest.mark.asyncio
async def test_it_hands_over_address_and_key_and_ends_with_its_input() -> None:
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "serve", "--embedded"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            handover = json.loads(await server.stdout.readline())
        assert set(handover) == {"url", "api_key"}
        key = handover["api_key"]
        assert len(key) >= 32
        command_line, variables = seen_by_others(server.pid)
        assert b"--embedded" in command_line
        assert b"HERON_HOME" in variables
        assert key.encode() not in command_line + variables
        url = urlsplit(handover["url"])
        assert (url.scheme, url.hostname) == ("http", "127.0.0.1")
        assert url.port is not None
        address = Address("127.0.0.1", url.port)
        async with ForeignClient(address, {"api_key": key, "player_id": "ada"}) as client:
            # It ends in order also while it speaks.
            await client.say("say_line", {"text": "I could go on like this for ever. " * 5})
            await client.hear("bot_voice")
            async with asyncio.timeout(5):
                assert await server.communicate(b"") == (b"", b"")
            assert server.returncode == 0
            await client.ended()
    finally:
        if server.returncode is None:
            server.kill()
        await server.communicate()


@pytest.mark.asyncio
async def test_it_ends_when_its_parent_goes_before_it_is_ready() -> None:
    async with started("serve", "--embedded") as server, asyncio.timeout(PATIENCE_S):
        _, complaints = await server.communicate()
        assert complaints == b""
        assert server.returncode == 0
