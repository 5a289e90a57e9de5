from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.bare_client import BareClient
from benchmarks.scripted_server import ScriptedServer
from benchmarks.stamp import NO_STAMP, stamp

PATIENCE_S = 10.0


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[ScriptedServer, str]]:
    server = ScriptedServer()
    listening = await server.listen()
    try:
        yield server, f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()
        await listening.wait_closed()


@asynccontextmanager
async def speaking(address: str, player: str = "someone") -> AsyncIterator[BareClient]:
    client = BareClient(f"http://{address}", {"player_id": player})
    await client.connect()
    try:
        yield client
    finally:
        await client.close()


async def packets(socket: ClientConnection, count: int) -> list[str]:
    async with asyncio.timeout(PATIENCE_S):
        return [str(await socket.recv()) for _ in range(count)]


@pytest.mark.asyncio
async def test_a_client_is_let_in_and_told_so() -> None:
    async with serving() as (_, address), connect(f"ws://{address}/socket.io/?EIO=4", proxy=None) as socket:
        assert (await packets(socket, 1))[0].startswith('0{"sid"')
        await socket.send('40/sdk,{"player_id":"someone"}')
        accepted, joined = await packets(socket, 2)
    assert accepted.startswith('40/sdk,{"sid"')
    event, payload = json.loads(joined.removeprefix("42/sdk,"))
    assert event == "session_info"
    assert payload["session_id"]


@pytest.mark.asyncio
async def test_an_event_with_an_id_is_acknowledged() -> None:
    async with serving() as (_, address), connect(f"ws://{address}/socket.io/?EIO=4", proxy=None) as socket:
        await socket.send('42/sdk,7["stop_voice"]')
        assert (await packets(socket, 3))[1:] == ["43/sdk,7[]", '42/sdk,["voice_stopped",{}]']


@pytest.mark.asyncio
async def test_a_client_may_say_its_last_word_and_leave_at_once() -> None:
    async with serving() as (_, address), connect(f"ws://{address}/socket.io/?EIO=4", proxy=None) as socket:
        socket.protocol.send_text(b'42/sdk,["stop_voice"]')
        socket.protocol.send_close(1000)
        socket.transport.write(b"".join(socket.protocol.data_to_send()))
        async with asyncio.timeout(PATIENCE_S):
            await socket.wait_closed()
        assert socket.close_code == 1000


@pytest.mark.asyncio
async def test_frames_are_timed_by_player() -> None:
    async with serving() as (server, address), speaking(address, "a") as a, speaking(address, "b") as b:
        began = time.monotonic()
        for client, frames in ((a, 3), (b, 2)):
            await client.send_audio(NO_STAMP + bytes(952))
            for _ in range(frames):
                await client.send_audio(stamp() + bytes(952))
            await client.start_voice()  # its answer comes after they were taken
        took_ms = 1e3 * (time.monotonic() - began)
        latencies = server.take_latencies()
        assert {player: len(times) for player, times in latencies.items()} == {"a": 3, "b": 2}
        assert all(0 < each < took_ms for times in latencies.values() for each in times)
        assert server.take_latencies() == {}


@pytest.mark.asyncio
async def test_a_flood_is_poured_whole_and_in_order() -> None:
    count = 3_000
    received: list[int] = []
    is_done = asyncio.Event()

    def note(payload: dict[str, Any]) -> None:
        received.append(payload["chunk_index"])
        if len(received) == count:
            is_done.set()

    async with serving() as (_, address), speaking(address) as client:
        client.on("bot_voice", note)
        await client.send_text(f"flood voice 960 {count}")
        async with asyncio.timeout(PATIENCE_S):
            await is_done.wait()
    assert received == list(range(count))


@pytest.mark.asyncio
async def test_a_flood_ends_with_its_client() -> None:
    async with serving() as (_, address), connect(f"ws://{address}/socket.io/?EIO=4", proxy=None) as socket:
        before = asyncio.all_tasks()
        await socket.send('42/sdk,["text",{"text":"flood voice 9600 3000"}]')
        await packets(socket, 2)
        flooding = asyncio.all_tasks() - before
        socket.transport.abort()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.wait(flooding)
        assert [task.cancelled() for task in flooding] == [True]
