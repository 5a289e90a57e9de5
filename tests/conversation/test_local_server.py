from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.conversation import local_server
from app.conversation.local_server import Handover, LocalServer
from app.core.errors import UserError

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

HANDOVER = {"url": "http://127.0.0.1:4711", "api_key": "est_secret"}

GOOD = f"""
import sys
print({json.dumps(HANDOVER)!r}, flush=True)
sys.stdin.read()
"""


@pytest_asyncio.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer()
    yield server
    await server.stop()


def child(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a script stand for the server's process."""
    monkeypatch.setattr(local_server, "_command", lambda: [sys.executable, "-c", script])


async def running(server: LocalServer) -> None:
    """Wait until a child is there, ready or not."""
    async with asyncio.timeout(5):
        while not server.is_running:  # noqa: ASYNC110 - a process that comes up sets no event
            await asyncio.sleep(0.01)


async def refusal(server: LocalServer) -> str:
    with pytest.raises(UserError) as caught:
        await server.start()
    assert not server.is_running
    assert server.process_id is None
    return str(caught.value)


async def test_the_child_says_how_to_reach_it(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    child(monkeypatch, GOOD)
    assert not server.is_running
    handover = await server.start()
    assert handover == Handover(HANDOVER["url"], HANDOVER["api_key"])
    assert "est_secret" not in repr(handover)
    assert server.is_running


async def test_the_end_of_its_input_ends_it(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    child(monkeypatch, GOOD)
    await server.start()
    process_id = server.process_id
    await server.stop()
    assert not server.is_running
    assert not Path(f"/proc/{process_id}").exists()  # noqa: ASYNC240 - a look into the process table
    await server.stop()


async def test_a_second_start_takes_the_place_of_the_first(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(monkeypatch, GOOD)
    await server.start()
    first = server.process_id
    await server.start()
    assert server.is_running
    assert server.process_id != first
    assert not Path(f"/proc/{first}").exists()  # noqa: ASYNC240


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("raise SystemExit('heron: The memory is on fire. Buy water.')", "The memory is on fire. Buy water."),
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("pass", "its process ended at once"),
        ("print('Hello!')", "its process ended at once"),
        ("print('{}')", "its process ended at once"),
        ("print('[1]')", "its process ended at once"),
        ("import os; os.kill(os.getpid(), 9)", "its process ended at once"),
    ],
)
async def test_a_child_that_does_not_start_is_a_sentence(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    child(monkeypatch, script)
    sentence = f"The local character could not be started: {why.rstrip('.')}"
    said = await refusal(server)
    assert said.startswith(sentence)
    assert said.endswith("Run “heron doctor” to see what is missing.")
    assert ".. " not in said


async def test_a_command_that_is_not_there_is_a_sentence(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "_command", lambda: ["/no/such/python"])
    assert "could not be started" in await refusal(server)


async def test_a_child_that_never_gets_ready_is_given_up(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "START_S", 0.3)
    child(monkeypatch, "import sys; sys.stdin.read()")
    assert (await refusal(server)).startswith("The local character did not start within 0 s. Close other")


async def test_a_child_that_does_not_end_by_itself_is_killed(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "_STOP_S", 0.2)
    child(monkeypatch, GOOD + "import threading; threading.Event().wait()")
    await server.start()
    process_id = server.process_id
    assert process_id is not None
    await server.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


async def test_a_child_that_talks_on_is_no_trouble(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(monkeypatch, GOOD + "print('x' * 1_000_000, flush=True)")
    await server.start()
    async with asyncio.timeout(3):
        await server.stop()


async def test_it_can_be_stopped_while_it_starts(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(monkeypatch, "import sys; sys.stdin.read()")
    starting = asyncio.create_task(server.start())
    await running(server)
    async with asyncio.timeout(3):
        await server.stop()
    with pytest.raises(UserError):
        await starting
    assert not server.is_running


async def test_a_start_that_is_cancelled_leaves_nothing(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(monkeypatch, "import sys; sys.stdin.read()")
    starting = asyncio.create_task(server.start())
    await running(server)
    process_id = server.process_id
    assert process_id is not None
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


async def test_a_folder_that_is_named_like_the_program_is_not_taken_for_it(
    server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(local_server.__file__).parents[2]))
    package = tmp_path / "app"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("raise SystemExit('somebody else’s program')")
    monkeypatch.chdir(tmp_path)
    handover = await server.start()
    assert handover.url.startswith("http://127.0.0.1:")
