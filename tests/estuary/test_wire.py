"""The WebSocket under a link, against a server that this project did not write."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import pytest
import trustme
from websockets.asyncio.server import ServerConnection, serve
from websockets.protocol import State

from app.estuary import ErrorCode, EstuaryError
from app.estuary.dialling import MAX_FRAME_BYTES, dial
from app.estuary.wire import Wire
from tests.estuary.conftest import config_for

pytestmark = pytest.mark.asyncio

Handler = Callable[[ServerConnection], Awaitable[None]]


class Ear:
    """Hears everything that comes over a wire."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.pongs: list[bytes] = []
        self.rooms = 0
        self.ends: list[str] = []
        self.was_made = self.was_called = 0
        self._news = asyncio.Event()

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    def wire_made(self) -> None:
        self.was_called += 1

    def frame_came(self, text: bytes | bytearray) -> None:
        assert (self.was_made, self.was_called) == (1, 1)
        self.frames.append(text.decode())
        self._news.set()

    def pong_came(self, token: bytes) -> None:
        self.pongs.append(token)
        self._news.set()

    def room_came(self) -> None:
        self.rooms += 1
        self._news.set()

    def wire_ended(self, reason: str) -> None:
        self.ends.append(reason)
        self._news.set()

    def made(self, _wire: Wire) -> None:
        self.was_made += 1


@asynccontextmanager
async def dialled(handler: Handler, host: str = "127.0.0.1") -> AsyncIterator[tuple[Wire, Ear]]:
    """Serve with ``handler``, and return a wire to it and its ear."""
    async with serve(handler, host, 0, compression=None, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        ear = Ear()
        wire = await dial(config_for(f"http://{shown}:{port}"), "tester/1", ear, ear.made)
        try:
            yield wire, ear
        finally:
            wire.abort()
            await ear.until(lambda: ear.ends)


def saying(*said: str | bytes | Iterable[str] | Iterable[bytes]) -> Handler:
    async def handler(connection: ServerConnection) -> None:
        for each in said:
            await connection.send(each)
        await connection.wait_closed()

    return handler


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def test_it_says_who_calls_and_what_is_written_arrives_in_order() -> None:
    agents: list[str] = []

    async def handler(connection: ServerConnection) -> None:
        assert connection.request is not None
        agents.extend(connection.request.headers.get_all("User-Agent"))
        await echo(connection)

    async with dialled(handler) as (wire, ear):
        assert (wire.is_open, wire.end_reason, ear.was_made, ear.was_called) == (True, None, 1, 1)
        words = [f"{number} ä 😀" for number in range(500)]
        for word in words:
            wire.put(word)
        await ear.until(lambda: len(ear.frames) == 500)
        assert ear.frames == words
        assert agents == ["tester/1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
async def test_this_machine_has_many_names(host: str) -> None:
    async with dialled(saying("hello"), host) as (_, ear):
        await ear.until(lambda: ear.frames)
        assert ear.frames == ["hello"]


async def test_what_comes_in_pieces_is_handed_on_whole() -> None:
    pieces = ["one ", "two ", "ä"[:1], "", "😀"]
    async with dialled(saying("first", pieces, ["single"], "last")) as (_, ear):
        await ear.until(lambda: len(ear.frames) == 4)
        assert ear.frames == ["first", "".join(pieces), "single", "last"]


async def test_what_is_no_text_is_left_out() -> None:
    async with dialled(saying(b"\0\1", [b"\0", b"\1", b"\2"], "text")) as (_, ear):
        await ear.until(lambda: ear.frames)
        assert ear.frames == ["text"]


async def test_a_ping_is_answered_with_its_token() -> None:
    async with dialled(echo) as (wire, ear):
        wire.ping(b"7")
        wire.ping(b"8")
        await ear.until(lambda: len(ear.pongs) == 2)
        assert ear.pongs == [b"7", b"8"]


async def test_the_pings_of_the_other_end_are_answered() -> None:
    answered = asyncio.Event()

    async def handler(connection: ServerConnection) -> None:
        await (await connection.ping())
        answered.set()
        await connection.wait_closed()

    async with dialled(handler) as (_, ear):
        await asyncio.wait_for(answered.wait(), 2)
        assert ear.frames == []


async def test_at_rest_nothing_is_read() -> None:
    async with dialled(echo) as (wire, ear):
        wire.rest()
        wire.put("later")
        await asyncio.sleep(0.1)
        assert ear.frames == []
        wire.wake()
        await ear.until(lambda: ear.frames)


async def test_it_is_congested_while_the_network_takes_nothing() -> None:
    goes_on = asyncio.Event()
    sizes: list[int] = []

    async def handler(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        await goes_on.wait()
        connection.transport.resume_reading()
        sizes.extend([len(message) async for message in connection])

    async with dialled(handler) as (wire, ear):
        sent = 0
        while not wire.is_congested:
            wire.put("x" * 1_000_000)
            sent += 1
            assert sent < 100
        assert ear.rooms == 0
        goes_on.set()
        await ear.until(lambda: ear.rooms)
        assert [wire.is_congested] == [False]
        await wire.close()
    assert sizes == [1_000_000] * sent


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "the server closed the connection"), ("full", "the server closed the connection: full")],
)
async def test_its_end_is_told_once_with_the_reason(reason: str, said: str) -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("bye")
        await connection.close(reason=reason)

    async with dialled(handler) as (wire, ear):
        await ear.until(lambda: ear.ends)
        assert (ear.frames, ear.ends, wire.end_reason) == (["bye"], [said], said)
        wire.put("late")
        wire.ping(b"late")
        wire.rest()
        wire.wake()
        assert wire.protocol.state is State.CLOSED
    assert len(ear.ends) == 1


async def test_a_frame_beyond_any_use_ends_it() -> None:
    async with dialled(saying("x" * (MAX_FRAME_BYTES + 1))) as (_, ear):
        await ear.until(lambda: ear.ends)
        assert ear.frames == []


async def test_a_whole_long_reply_in_one_frame_is_taken() -> None:
    async with dialled(saying("x" * 8_000_000)) as (_, ear):
        await ear.until(lambda: ear.frames)
        assert len(ear.frames[0]) == 8_000_000


@pytest.mark.parametrize(
    "says", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 101 Switching Protocols\r\n\r\n"]
)
async def test_a_server_that_hangs_up_is_no_server(says: bytes) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(says)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ear = Ear()
        with pytest.raises(EstuaryError) as caught:
            await dial(config_for(url), "tester/1", ear, ear.made)
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    assert ear.frames == []


async def test_a_call_may_be_given_up_at_any_moment() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for steps in range(8):
            ear = Ear()
            dialling = asyncio.create_task(dial(config_for(url), "tester/1", ear, ear.made))
            for _ in range(steps):
                await asyncio.sleep(0)
            dialling.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dialling
            assert ear.frames == []


async def test_a_server_that_takes_no_calls_holds_nobody_up() -> None:
    with contextlib.ExitStack() as stack:
        busy = stack.enter_context(socket.socket())
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        for _ in range(4):  # more than it lets wait
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(busy.getsockname())
        url = f"http://127.0.0.1:{busy.getsockname()[1]}"
        ear = Ear()
        dialling = asyncio.create_task(dial(config_for(url), "tester/1", ear, ear.made))
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(0.05)
        assert asyncio.get_running_loop().time() - began < 0.3
        assert not dialling.done()
        dialling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dialling
        assert ear.was_called == 0


async def test_over_tls_it_rests_and_wakes_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    authority = trustme.CA()
    file = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    async with serve(echo, "127.0.0.1", 0, ssl=context) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ear = Ear()
        wire = await dial(config_for(url, ca_file=str(file)), "tester/1", ear, ear.made)
        wire.rest()
        wire.put("later")
        await asyncio.sleep(0.1)
        assert ear.frames == []
        wire.wake()
        await ear.until(lambda: ear.frames)
        await wire.close()
        assert len(ear.ends) == 1
