from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from app.desktop import control_server as module
from app.desktop.control_address import ControlAddress
from app.desktop.control_message import LONGEST, Answer, Request, answer_in
from app.desktop.control_server import MOST_CLIENTS, ControlServer
from app.desktop.listening_socket import on_loopback, on_unix

WAYS = ("unix", "loopback")


class Listener:
    """Takes commands down; what is called ``stop`` fails."""

    def __init__(self, way: str, folder: Path) -> None:
        self.taken: list[Request] = []
        self.listening, self.address = on_unix([folder]) if way == "unix" else on_loopback()
        self.server = ControlServer(self._take, self.address.secret)

    def _take(self, request: Request) -> Answer:
        if request.command == "stop":
            raise ZeroDivisionError
        self.taken.append(request)
        return Answer(True, "Done.")


@asynccontextmanager
async def served(way: str, folder: Path) -> AsyncIterator[Listener]:
    listener = Listener(way, folder)
    await listener.server.start(listener.listening)
    try:
        yield listener
    finally:
        await listener.server.close()


async def connected(address: ControlAddress) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if address.port:
        return await asyncio.open_connection("127.0.0.1", address.port)
    return await asyncio.open_unix_connection(address.path)


async def told(address: ControlAddress, line: bytes, *, is_end: bool = False) -> bytes:
    reader, writer = await connected(address)
    try:
        writer.write(line)
        if is_end:
            writer.write_eof()
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.asyncio
async def test_a_command_is_done_and_answered(way: str, tmp_path: Path) -> None:
    async with served(way, tmp_path) as listener:
        request = Request("press", listener.address.secret, "token")
        assert answer_in(await told(listener.address, request.encoded())) == Answer(True, "Done.")
        assert listener.taken == [request]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00\xff" * 500 + b"\n",
        b"{}\n",
        b"x" * (3 * LONGEST) + b"\n",
        b"[" * 4000 + b"\n",
    ],
)
@pytest.mark.asyncio
async def test_garbage_is_answered_and_harms_nothing(way: str, line: bytes, tmp_path: Path) -> None:
    async with served(way, tmp_path) as listener:
        answer = answer_in(await told(listener.address, line))
        assert not answer.is_done
        assert answer.text.endswith(".")
        assert listener.taken == []
        good = Request("show", listener.address.secret)
        assert answer_in(await told(listener.address, good.encoded())).is_done


@pytest.mark.asyncio
async def test_half_a_line_and_nothing_at_all_are_answered_too(tmp_path: Path) -> None:
    async with served("unix", tmp_path) as listener:
        for line in (b"", b'{"version": 1'):
            assert not answer_in(await told(listener.address, line, is_end=True)).is_done


@pytest.mark.parametrize("secret", ["", "wrong", "ß\ud800"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.asyncio
async def test_only_who_knows_the_secret_is_obeyed(way: str, secret: str, tmp_path: Path) -> None:
    async with served(way, tmp_path) as listener:
        answer = answer_in(await told(listener.address, Request("press", secret).encoded()))
        assert answer == Answer(False, "This Heron belongs to another user.")
        assert listener.taken == []


@pytest.mark.asyncio
async def test_only_the_same_user_is_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)  # the client is somebody else now
    async with served("unix", tmp_path) as listener:
        request = Request("press", listener.address.secret)
        assert not answer_in(await told(listener.address, request.encoded())).is_done
        assert listener.taken == []


@pytest.mark.asyncio
async def test_a_command_that_fails_is_told_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with served("unix", tmp_path) as listener:
        request = Request("stop", listener.address.secret)
        answer = answer_in(await told(listener.address, request.encoded()))
        assert not answer.is_done
        assert "log file" in answer.text
        assert "ZeroDivisionError" in caplog.text
        assert listener.address.secret not in caplog.text


@pytest.mark.asyncio
async def test_several_are_served_at_once_and_a_silent_one_holds_up_nobody(tmp_path: Path) -> None:
    async with served("unix", tmp_path) as listener:
        _, silent = await connected(listener.address)
        request = Request("press", listener.address.secret).encoded()
        answers = await asyncio.gather(*(told(listener.address, request) for _ in range(8)))
        assert [answer_in(answer).is_done for answer in answers] == [True] * 8
        silent.close()
        await silent.wait_closed()


@pytest.mark.asyncio
async def test_a_silent_one_is_sent_away_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    async with served("unix", tmp_path) as listener:
        reader, writer = await connected(listener.address)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


@pytest.mark.asyncio
async def test_too_many_at_once_are_sent_away(tmp_path: Path) -> None:
    async with served("unix", tmp_path) as listener:
        links = [await connected(listener.address) for _ in range(MOST_CLIENTS + 1)]
        async with asyncio.timeout(5):
            with suppress(ConnectionResetError):
                assert await links[-1][0].read() == b""
        for _, writer in links:
            writer.close()


@pytest.mark.asyncio
async def test_who_has_come_before_the_start_is_served_after_it(tmp_path: Path) -> None:
    listener = Listener("unix", tmp_path)
    early = asyncio.create_task(told(listener.address, Request("show", listener.address.secret).encoded()))
    await asyncio.sleep(0)
    await listener.server.start(listener.listening)
    assert answer_in(await early).is_done
    await listener.server.close()


@pytest.mark.asyncio
async def test_after_the_end_nobody_is_let_in_and_nothing_is_left(tmp_path: Path) -> None:
    listener = Listener("unix", tmp_path)
    await listener.server.start(listener.listening)
    reader, writer = await connected(listener.address)
    await told(listener.address, b"\n")  # by now the first one is in as well
    await listener.server.close()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    with pytest.raises(OSError), socket.socket(socket.AF_UNIX) as link:  # noqa: PT011 - refused, or gone
        link.connect(listener.address.path)
    await listener.server.close()
