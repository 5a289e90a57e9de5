from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from app.estuary.rest.answer import Answer
from app.estuary.rest.no_answer import NoAnswer
from app.estuary.rest.request import Request
from app.estuary.rest.transport import CLIENT, Transport
from tests.estuary.rest.conftest import KEY, config_for
from tests.estuary.rest.recording_proxy import RecordingProxy
from tests.estuary.rest.rest_server import RestServer

GET = Request("GET", "/api/v1/x")
CREDENTIALS = {"X-API-Key": KEY}


@asynccontextmanager
async def transport_to(
    url: str, tls: ssl.SSLContext | None = None, **fields: Any
) -> AsyncIterator[Transport]:
    transport = Transport(config_for(url, **fields), tls)
    try:
        yield transport
    finally:
        await transport.close()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def served_by(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "estuary.test").configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.mark.asyncio
async def test_a_request_goes_out_as_it_is(server: RestServer) -> None:
    request = Request(
        "PUT", "/api/v1/a%2Fb%20c%40d/%C3%BC", {"q": "1+1 =/= 3"}, {"näme": None}, {"X-Player-Id": "Zoë"}
    )
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(request, CREDENTIALS)
    assert isinstance(outcome, Answer)
    assert server.last.call == ("PUT", "/api/v1/a%2Fb%20c%40d/%C3%BC", {"q": "1+1 =/= 3"}, {"näme": None})
    assert server.last.headers["X-API-Key"] == KEY
    assert server.last.headers["X-Estuary-Client"] == CLIENT
    assert server.last.headers["User-Agent"] == CLIENT
    assert server.last.headers["Content-Type"] == "application/json"
    assert server.last.headers["X-Player-Id"] == "Zoë"
    assert "Cookie" not in server.last.headers


@pytest.mark.asyncio
async def test_a_request_without_a_body_has_none(server: RestServer) -> None:
    async with transport_to(server.url) as transport:
        await transport.carry(GET, CREDENTIALS)
    assert server.last.body is None
    assert "Content-Type" not in server.last.headers


@pytest.mark.parametrize(("scheme", "path"), [("http", "/base/"), ("ws", "/base"), ("ws", "")])
@pytest.mark.asyncio
async def test_the_address_is_that_of_the_socket(server: RestServer, scheme: str, path: str) -> None:
    async with transport_to(f"{scheme}://127.0.0.1:{server.port}{path}") as transport:
        await transport.carry(GET, CREDENTIALS)
    assert server.last.path == f"{path.rstrip('/')}/api/v1/x"


@pytest.mark.asyncio
async def test_credentials_win_over_a_header_of_the_request(server: RestServer) -> None:
    request = Request("GET", "/x", headers={"X-PLAYER-ID": "forged", "X-Other": "kept"})
    async with transport_to(server.url) as transport:
        await transport.carry(request, {"Authorization": "Bearer ect_1", "X-Player-Id": "real"})
    headers = server.last.headers
    assert (headers["X-Player-Id"], headers["Authorization"]) == ("real", "Bearer ect_1")
    assert headers["X-Other"] == "kept"
    assert "X-PLAYER-ID" not in headers


@pytest.mark.asyncio
async def test_an_answer_comes_with_what_matters_of_its_headers(server: RestServer) -> None:
    headers = {"Retry-After": "9", "Location": "/there", "Content-Type": "text/plain"}
    server.says(b"late", status=503, headers=headers)
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert outcome == Answer(503, b"late", "text/plain", "9", "/there")


@pytest.mark.asyncio
async def test_cookies_are_not_kept(server: RestServer) -> None:
    server.says({}, headers={"Set-Cookie": "id=1; Path=/"})
    async with transport_to(server.url.replace("127.0.0.1", "localhost")) as transport:
        await transport.carry(GET, CREDENTIALS)
        await transport.carry(GET, CREDENTIALS)
    assert len(server.asked) == 2
    assert "Cookie" not in server.last.headers


@pytest.mark.asyncio
async def test_a_password_file_is_not_read(
    server: RestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = tmp_path / "netrc"
    passwords.write_text("default login me password hunter2\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(passwords))
    async with transport_to(server.url) as transport:
        await transport.carry(GET, CREDENTIALS)
    assert "Authorization" not in server.last.headers


@pytest.mark.asyncio
async def test_a_redirect_is_not_followed(server: RestServer) -> None:
    async with RestServer() as other:
        server.says(status=302, headers={"Location": f"{other.url}/x"})
        async with transport_to(server.url) as transport:
            outcome = await transport.carry(GET, CREDENTIALS)
        assert isinstance(outcome, Answer)
        assert (outcome.status, outcome.location) == (302, f"{other.url}/x")
        assert other.asked == []


@pytest.mark.asyncio
async def test_an_endless_answer_is_not_taken(server: RestServer) -> None:
    server.pours(b"x" * 2**20, pieces=40)
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert outcome == NoAnswer("the answer has more than 32 MiB", False, "Ask for less.")


@pytest.mark.asyncio
async def test_a_long_answer_is_taken_whole(server: RestServer) -> None:
    server.pours(b"x" * 2**20, pieces=8)
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, Answer)
    assert len(outcome.body) == 8 * 2**20


@pytest.mark.asyncio
async def test_of_a_refusal_only_the_beginning_is_read(server: RestServer) -> None:
    server.pours(b"x" * 2**20, pieces=40, status=500)
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, Answer)
    assert (outcome.status, len(outcome.body)) == (500, 64 * 1024)


@pytest.mark.parametrize(
    ("sent", "why", "is_passing"),
    [
        (b"", "the connection was lost before the answer was there", True),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
            "the connection was lost before the answer",
            True,
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "what answers there does not speak HTTP", False),
    ],
)
@pytest.mark.asyncio
async def test_a_broken_answer_is_none(server: RestServer, sent: bytes, why: str, is_passing: bool) -> None:
    server.hangs_up(sent, times=2)  # the library itself asks again when a connection was kept
    async with transport_to(server.url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert outcome.why.startswith(why)
    assert outcome.is_passing is is_passing


@pytest.mark.asyncio
async def test_where_nothing_listens_there_is_no_answer(server: RestServer) -> None:
    async with RestServer() as gone:
        url = gone.url
    async with transport_to(url) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.why, outcome.is_passing) == ("nothing listens there", True)


@pytest.mark.asyncio
async def test_a_closed_one_carries_nothing_more(server: RestServer) -> None:
    async with transport_to(server.url) as transport:
        was_closed = transport.is_closed
    assert (was_closed, transport.is_closed) == (False, True)
    assert await transport.carry(GET, CREDENTIALS) == NoAnswer("the client was closed", False)
    assert server.asked == []


@pytest.mark.asyncio
async def test_the_certificate_is_checked(authority: trustme.CA) -> None:
    async with RestServer(tls=served_by(authority)) as server:
        async with transport_to(server.url) as transport:
            refused = await transport.carry(GET, CREDENTIALS)
        async with transport_to(server.url, trusting(authority)) as transport:
            taken = await transport.carry(GET, CREDENTIALS)
        assert isinstance(refused, NoAnswer)
        assert "certificate" in refused.why
        assert "unable to get local issuer certificate" in refused.why
        assert not refused.is_passing
        assert isinstance(taken, Answer)
        assert len(server.asked) == 1


@pytest.mark.asyncio
async def test_an_authority_of_ones_own_can_be_named(authority: trustme.CA, tmp_path: Path) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with (
        RestServer(tls=served_by(authority)) as server,
        transport_to(server.url, ca_file=str(tmp_path / "ca.pem")) as transport,
    ):
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, Answer)


@pytest.mark.asyncio
async def test_tls_is_not_spoken_with_a_plain_server(server: RestServer) -> None:
    async with transport_to(server.url.replace("http", "https")) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert not outcome.is_passing


@pytest.mark.asyncio
async def test_another_machine_is_reached_through_the_proxy(
    server: RestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with RecordingProxy(server.port) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:word@{proxy.address}")
        async with transport_to("http://estuary.test", allow_insecure=True) as transport:
            outcome = await transport.carry(Request("GET", "/x", {"a": 1}), CREDENTIALS)
        assert isinstance(outcome, Answer)
        assert proxy.request_lines == ["GET http://estuary.test/x?a=1 HTTP/1.1"]
        assert b"Proxy-Authorization: Basic bWU6d29yZA==" in proxy.heads[0]
        assert server.last.headers["Host"] == "estuary.test"
        assert server.last.headers["X-API-Key"] == KEY


@pytest.mark.asyncio
async def test_through_a_proxy_tls_reaches_the_server(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with RestServer(tls=served_by(authority)) as server, RecordingProxy(server.port) as proxy:
        monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
        async with transport_to("https://estuary.test", trusting(authority)) as transport:
            outcome = await transport.carry(GET, CREDENTIALS)
        assert isinstance(outcome, Answer)
        assert proxy.request_lines == ["CONNECT estuary.test:443 HTTP/1.1"]
        assert KEY.encode() not in proxy.heads[0]
        assert server.last.headers["X-API-Key"] == KEY


@pytest.mark.asyncio
async def test_a_proxy_that_the_configuration_names_is_taken_and_not_the_environments(
    server: RestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with RecordingProxy(server.port) as proxy:
        named = f"http://{proxy.address}"
        async with transport_to("http://estuary.test", allow_insecure=True, proxy=named) as transport:
            assert isinstance(await transport.carry(GET, CREDENTIALS), Answer)
        assert proxy.request_lines == ["GET http://estuary.test/api/v1/x HTTP/1.1"]
        async with transport_to(f"http://127.0.0.1:{server.port}", proxy=named) as transport:
            assert isinstance(await transport.carry(GET, CREDENTIALS), Answer)
        assert len(proxy.heads) == 1
    async with transport_to("http://estuary.test", allow_insecure=True, proxy=named) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.why, outcome.hint) == ("the proxy cannot be reached", "Check the address of the proxy.")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.asyncio
async def test_this_machine_is_reached_without_the_proxy(
    server: RestServer, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    async with RecordingProxy(server.port) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        async with transport_to(f"http://{host}:{server.port}") as transport:
            await transport.carry(GET, CREDENTIALS)
        assert proxy.heads == []
        assert len(server.asked) == 1


@pytest.mark.asyncio
async def test_a_proxy_that_refuses_is_named(server: RestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with RecordingProxy(server.port) as proxy:
        proxy.refusal = b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"
        monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
        async with transport_to("https://estuary.test") as transport:
            outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert outcome.why == "the proxy refused to pass it on (HTTP 407)"
    assert "no_proxy" in outcome.hint
    assert server.asked == []


@pytest.mark.asyncio
async def test_a_proxy_that_is_gone_is_named(server: RestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with RecordingProxy(server.port) as proxy:
        address = proxy.address
    monkeypatch.setenv("http_proxy", f"http://{address}")
    async with transport_to("http://estuary.test", allow_insecure=True) as transport:
        outcome = await transport.carry(GET, CREDENTIALS)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.why, outcome.is_passing) == ("the proxy cannot be reached", True)
