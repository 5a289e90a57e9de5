"""Opening the WebSocket: certificates, proxies, and servers that are none, each in words."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme
from websockets.asyncio.server import ServerConnection, serve

from app.estuary import ErrorCode, EstuaryError
from app.estuary.dialling import dial
from app.estuary.wire import Wire
from tests.estuary.conftest import config_for
from tests.estuary.peer_server import KEY, PeerServer
from tests.estuary.rest.recording_proxy import RecordingProxy

pytestmark = pytest.mark.asyncio


class Deaf:
    """Cares for nothing that comes."""

    def wire_made(self) -> None: ...
    def frame_came(self, text: bytes | bytearray) -> None: ...
    def pong_came(self, token: bytes) -> None: ...
    def room_came(self) -> None: ...
    def wire_ended(self, reason: str) -> None: ...


async def dialled(url: str, **fields: Any) -> Wire:
    return await dial(config_for(url, **fields), "tester/1", Deaf(), lambda _: None)


async def call(url: str, **fields: Any) -> None:
    """Dial, and hang up again."""
    wire = await dialled(url, **fields)
    assert wire.is_open
    await wire.close()


async def refused(url: str, **fields: Any) -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        async with asyncio.timeout(5):
            await dialled(url, **fields)
    assert KEY not in caught.value.message
    return caught.value


def sentence(error: EstuaryError) -> str:
    assert error.code is ErrorCode.CONNECTION_FAILED
    assert error.message.endswith(".")
    return error.message


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


# Certificates


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    """Return an authority that the system does not know, and the file it is in."""
    made = trustme.CA()
    file: Path = tmp_path_factory.mktemp("tls") / "authority.pem"
    made.cert_pem.write_to_path(str(file))
    return made, str(file)


@asynccontextmanager
async def secured(authority: trustme.CA, name: str) -> AsyncIterator[int]:
    """Serve with a certificate for ``name``; yield the port."""

    async def handler(connection: ServerConnection) -> None:
        await connection.wait_closed()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    async with serve(handler, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_certificate_of_an_unknown_authority_is_refused(authority: tuple[trustme.CA, str]) -> None:
    async with secured(authority[0], "localhost") as port:
        said = sentence(await refused(f"https://localhost:{port}"))
    assert f"https://localhost:{port}" in said
    assert "certificate" in said


async def test_a_certificate_of_an_authority_that_was_named_is_taken(
    authority: tuple[trustme.CA, str],
) -> None:
    async with secured(authority[0], "localhost") as port:
        await call(f"https://localhost:{port}", ca_file=authority[1])
    async with secured(authority[0], "127.0.0.1") as port:
        await call(f"wss://127.0.0.1:{port}", ca_file=authority[1])


async def test_a_certificate_for_another_name_is_refused(authority: tuple[trustme.CA, str]) -> None:
    async with secured(authority[0], "voice.example") as port:
        said = sentence(await refused(f"https://localhost:{port}", ca_file=authority[1]))
    assert "localhost" in said
    assert "certificate" in said


async def test_a_server_without_tls_is_refused(peer: PeerServer) -> None:
    said = sentence(await refused(peer.url.replace("http", "https")))
    assert "TLS" in said


async def test_a_file_without_an_authority_is_said_to_be_none(tmp_path: Path) -> None:
    said = sentence(await refused("https://localhost:9", ca_file=str(tmp_path / "none.pem")))
    assert "none.pem" in said


# Proxies


@asynccontextmanager
async def proxied(url: str) -> AsyncIterator[RecordingProxy]:
    """Run a proxy that takes every name for the server at ``url``."""
    port = urlsplit(url).port
    assert port is not None
    async with RecordingProxy(port) as proxy:
        yield proxy


@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY", "ws_proxy"])
async def test_another_machine_is_reached_through_the_proxy(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with proxied(peer.url) as proxy:
        monkeypatch.setenv(name, f"http://{proxy.address}")
        await call("http://voice.example:8000", allow_insecure=True)
        assert proxy.request_lines == ["CONNECT voice.example:8000 HTTP/1.1"]
        assert KEY.encode() not in b"".join(proxy.heads)


async def test_tls_goes_through_the_proxy_and_is_checked_at_its_far_end(
    authority: tuple[trustme.CA, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with secured(authority[0], "voice.example") as port, RecordingProxy(port) as proxy:
        monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
        await call("https://voice.example", ca_file=authority[1])
        assert "certificate" in sentence(await refused("https://other.example", ca_file=authority[1]))
        assert "certificate" in sentence(await refused("https://voice.example"))
        assert proxy.request_lines[0] == "CONNECT voice.example:443 HTTP/1.1"


async def test_a_proxy_gets_its_own_password(peer: PeerServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with proxied(peer.url) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:open%20sesame@{proxy.address}")
        await call("http://voice.example", allow_insecure=True)
        assert b"Proxy-Authorization: Basic bWU6b3BlbiBzZXNhbWU=" in proxy.heads[0]


async def test_a_proxy_that_the_configuration_names_is_taken_and_not_the_environments(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxied(peer.url) as proxy, proxied(peer.url) as other:
        monkeypatch.setenv("http_proxy", f"http://{other.address}")
        monkeypatch.setenv("no_proxy", "voice.example")
        await call("http://voice.example", allow_insecure=True, proxy=f"http://{proxy.address}")
        assert proxy.request_lines == ["CONNECT voice.example:80 HTTP/1.1"]
        await call(peer.url, proxy=f"http://{proxy.address}")
        assert len(proxy.heads) == 1
        assert other.heads == []
        proxy.refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        named = f"http://me:secret@{proxy.address}"
        said = sentence(await refused("http://voice.example", allow_insecure=True, proxy=named))
    assert "the proxy that was named for it" in said
    assert "http_proxy" not in said
    assert "secret" not in said


async def test_this_machine_is_reached_without_a_proxy(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxied(peer.url) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.address}")
        await call(peer.url)
        await call(peer.url.replace("127.0.0.1", "localhost"))
        assert proxy.heads == []


async def test_a_server_named_in_no_proxy_is_reached_without_one(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows the name, so that without the proxy it is not found."""
    async with proxied(peer.url) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        monkeypatch.setenv("no_proxy", "other.example,.invalid")
        sentence(await refused("http://voice.invalid", allow_insecure=True))
        assert proxy.heads == []
        await call("http://voice.example", allow_insecure=True)
        assert len(proxy.heads) == 1


async def test_a_proxy_that_refuses_is_named_as_what_refuses(
    peer: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxied(peer.url) as proxy:
        proxy.refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        monkeypatch.setenv("http_proxy", f"http://me:secret@{proxy.address}")
        said = sentence(await refused("http://voice.example", allow_insecure=True))
    assert "proxy" in said
    assert "407" in said
    assert "http_proxy" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "proxy", ["http://me:secret@", "ftp://me:secret@host", "socks5://me:secret@127.0.0.1:9", "nonsense"]
)
async def test_a_proxy_that_cannot_be_used_is_said_to_be_none_without_its_password(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, proxy: str
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    error = await refused("https://voice.example")
    said = sentence(error)
    assert "https_proxy" in said
    assert "secret" not in said + caplog.text
    assert error.__suppress_context__


async def test_a_proxy_that_is_not_there_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free.getsockname()[1]}")
        sentence(await refused("http://voice.example", allow_insecure=True))


# Servers that are none


@asynccontextmanager
async def answering(response: bytes) -> AsyncIterator[str]:
    """A TCP server that gives everyone the same answer and hangs up."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if response:
            await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("response", "code", "said", "is_terminal"),
    [
        (b"", ErrorCode.CONNECTION_FAILED, "does not answer as a voice server", False),
        (b"SSH-2.0-OpenSSH_9.2\r\n", ErrorCode.CONNECTION_FAILED, "as a voice server", False),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ErrorCode.CONNECTION_FAILED, "404", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ErrorCode.CONNECTION_FAILED, "200", False),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ErrorCode.AUTH_FAILED, "401", True),
        (
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            ErrorCode.AUTH_FAILED,
            "Check the key",
            True,
        ),
    ],
)
async def test_a_server_of_another_kind_is_an_error_at_once(
    response: bytes, code: ErrorCode, said: str, is_terminal: bool
) -> None:
    async with answering(response) as url:
        error = await refused(url)
    assert (error.code, error.is_terminal) == (code, is_terminal)
    assert said in error.message
    assert url in error.message


async def test_the_key_follows_no_redirect(peer: PeerServer, monkeypatch: pytest.MonkeyPatch) -> None:
    response = f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {peer.url}/\r\nContent-Length: 0\r\n\r\n"
    async with answering(response.encode()) as url, proxied(url) as proxy:
        assert "307" in sentence(await refused(url))
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        assert "307" in sentence(await refused("http://voice.example", allow_insecure=True))
    assert peer.auth == []


async def test_where_nothing_listens_is_an_error_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert "nothing listens there" in sentence(await refused(url))
        assert "nothing listens there" in sentence(await refused(url.replace("127.0.0.1", "localhost")))


@pytest.mark.parametrize("url", ["https://heron.invalid", f"https://{'a' * 70}.example", "https://a..b"])
async def test_a_name_that_does_not_exist_is_an_error(url: str) -> None:
    assert url in sentence(await refused(url))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionResetError(104, "reset"), "connection reset by peer"),
        (OSError(), "the connection failed"),
        (socket.gaierror(-2, "Name or service not known"), "name or service not known"),
    ],
)
async def test_whatever_the_system_says_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    async def fail(*_: object, **__: object) -> Callable[[], None]:
        raise error

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", fail)
    assert said in sentence(await refused("https://localhost:9"))
