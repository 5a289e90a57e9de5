from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from app.estuary.credentials import ClientCredential, Credentials
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.reconnect import Backoff
from app.estuary.rest import Character, RestClient
from app.estuary.rest.request import Request
from app.estuary.rest.retry import Retry
from tests.estuary.rest.conftest import KEY, RestMaker, by_key, config_for
from tests.estuary.rest.recording_proxy import RecordingProxy
from tests.estuary.rest.rest_server import PATIENCE_S, RestServer

ROOT = Path(__file__).parents[3]
GET = Request("GET", "/api/v1/characters/c")
POST = Request("POST", "/api/v1/characters", body={"persona": {"name": "Heron"}})
PUT = Request("PUT", "/api/v1/characters/c", body={"verbose": True})
DELETE = Request("DELETE", "/api/v1/characters/c")
TOKEN = "ect_token.of-the/tests=="


async def failure(call: Awaitable[object]) -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        await call
    return caught.value


async def by_token() -> Mapping[str, str]:
    return {"Authorization": f"Bearer {TOKEN}", "X-Player-Id": "token-player"}


@pytest.mark.asyncio
async def test_an_answer_is_read(server: RestServer, rest: RestClient) -> None:
    server.says({"id": "c", "name": "Heron", "tts_speed": 1})
    assert await rest.fetch(GET, Character) == Character(id="c", name="Heron", tts_speed=1.0)
    assert server.last.headers["X-API-Key"] == KEY


@pytest.mark.asyncio
async def test_an_answer_may_be_empty(server: RestServer, rest: RestClient) -> None:
    server.says(status=204)
    assert (await rest.ask(DELETE)).body == b""


@pytest.mark.asyncio
async def test_an_empty_answer_is_no_character(server: RestServer, rest: RestClient) -> None:
    server.says(status=204)
    error = await failure(rest.fetch(PUT, Character))
    assert (error.code, error.details) == (ErrorCode.REST_ERROR, {"status": 204})


@pytest.mark.asyncio
async def test_a_token_is_asked_for_with_every_attempt(server: RestServer, rest_for: RestMaker) -> None:
    tokens = iter(["ect_1", "ect_2"])

    async def renewed() -> Mapping[str, str]:
        return {"Authorization": f"Bearer {next(tokens)}", "X-Player-Id": "p"}

    server.says(status=503).says({"id": "c"})
    await rest_for(server.url, authorization=renewed).ask(GET)
    assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer ect_1", "Bearer ect_2"]
    assert all("X-API-Key" not in asked.headers for asked in server.asked)
    assert server.last.headers["X-Player-Id"] == "p"


@pytest.mark.asyncio
async def test_the_credentials_of_a_client_are_an_authorization(
    server: RestServer, rest_for: RestMaker
) -> None:
    async def provide() -> ClientCredential:
        return ClientCredential(TOKEN, "player-1", time.time() + 3600)

    with_key = Credentials(config_for(server.url))
    with_token = Credentials(config_for(server.url, api_key="", token_provider=provide))
    await rest_for(server.url, authorization=with_key.headers).ask(GET)
    await rest_for(server.url, authorization=with_token.headers).ask(GET)
    told = [(each.headers.get("X-API-Key"), each.headers.get("Authorization")) for each in server.asked]
    assert told == [(KEY, None), (None, f"Bearer {TOKEN}")]
    assert server.last.headers["X-Player-Id"] == "player-1"


@pytest.mark.parametrize("problem", [EstuaryError("No token.", ErrorCode.AUTH_FAILED), TimeoutError("slow")])
@pytest.mark.asyncio
async def test_what_an_authorization_raises_comes_out(
    server: RestServer, rest_for: RestMaker, problem: Exception
) -> None:
    async def refuse() -> Mapping[str, str]:
        raise problem

    with pytest.raises(type(problem)) as caught:
        await rest_for(server.url, authorization=refuse).ask(GET)
    assert caught.value is problem
    assert server.asked == []


@pytest.mark.parametrize("request_", [GET, PUT, DELETE], ids=lambda each: each.method)
@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.asyncio
async def test_a_server_in_trouble_is_asked_again(
    server: RestServer, rest: RestClient, request_: Request, status: int
) -> None:
    server.says({}, status=status, times=3).says({"id": "c"})
    await rest.ask(request_)
    assert [asked.call for asked in server.asked] == [server.last.call] * 4


@pytest.mark.asyncio
async def test_it_is_asked_three_times_more_at_most(server: RestServer, rest: RestClient) -> None:
    server.says({"detail": "closed today"}, status=503, times=9)
    error = await failure(rest.ask(GET))
    assert len(server.asked) == 4
    assert "HTTP 503, closed today. The server is in trouble" in error.message
    assert error.details["status"] == 503


@pytest.mark.asyncio
async def test_a_lost_connection_is_made_again(server: RestServer, rest: RestClient) -> None:
    server.hangs_up().hangs_up(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{").says({"id": "c"})
    assert (await rest.fetch(GET, Character)).id == "c"
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.asyncio
async def test_nothing_is_made_twice(server: RestServer, rest: RestClient, status: int) -> None:
    server.says({}, status=status).says({"id": "c"})
    await failure(rest.ask(POST))
    assert len(server.asked) == 1


@pytest.mark.asyncio
async def test_nothing_is_made_twice_when_the_connection_is_lost(
    server: RestServer, rest: RestClient
) -> None:
    server.hangs_up()
    error = await failure(rest.ask(POST))
    assert len(server.asked) == 1
    assert error.message == (
        "POST /api/v1/characters failed: the connection was lost before the answer was there. "
        "Check server_url and that the server runs."
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 501])
@pytest.mark.asyncio
async def test_a_refusal_stands(server: RestServer, rest: RestClient, status: int) -> None:
    server.says({"detail": "no"}, status=status)
    error = await failure(rest.ask(GET))
    assert len(server.asked) == 1
    assert error.code is (ErrorCode.AUTH_FAILED if status == 401 else ErrorCode.REST_ERROR)
    assert error.details == {"status": status, "body": '{"detail": "no"}'}


@pytest.mark.asyncio
async def test_a_missing_scope_is_named(server: RestServer, rest: RestClient) -> None:
    server.says({"detail": {"error": "insufficient_scope", "requiredScope": "memories:read"}}, status=403)
    assert (await failure(rest.ask(GET))).details["required_scope"] == "memories:read"


@pytest.mark.asyncio
async def test_a_page_of_html_is_no_message(server: RestServer, rest: RestClient) -> None:
    server.says(b"<html>Bad gateway</html>" * 99, status=502, headers={"Content-Type": "text/html"}, times=4)
    error = await failure(rest.ask(GET))
    assert "html" not in error.message
    assert len(str(error.details["body"])) == 500


@pytest.mark.asyncio
async def test_a_server_may_ask_for_patience_up_to_the_cap(server: RestServer, rest_for: RestMaker) -> None:
    loop = asyncio.get_running_loop()
    retry = Retry(Backoff(base_s=0, cap_s=0.2, attempts=3))
    server.says(status=503, headers={"Retry-After": "3600"}).says({})
    began = loop.time()
    await rest_for(server.url, retry=retry).ask(GET)
    assert loop.time() - began >= 0.2


@pytest.mark.asyncio
async def test_there_is_no_wait_beyond_the_time_there_is(server: RestServer, rest_for: RestMaker) -> None:
    retry = Retry(Backoff(base_s=0, cap_s=3600, attempts=3))
    server.says(status=503, headers={"Retry-After": "3600"})
    error = await asyncio.wait_for(failure(rest_for(server.url, retry=retry).ask(GET)), PATIENCE_S)
    assert error.details["retry_after"] == "3600"


@pytest.mark.asyncio
async def test_a_mute_server_is_waited_for_only_so_long(server: RestServer, rest_for: RestMaker) -> None:
    server.hangs()
    error = await failure(rest_for(server.url, timeout_s=0.1).ask(GET))
    assert error.code is ErrorCode.REST_ERROR
    assert "there was no answer within 0.1 s. Check server_url" in error.message
    await asyncio.wait_for(server.hang_ended.wait(), PATIENCE_S)
    assert len(server.asked) == 1


@pytest.mark.asyncio
async def test_a_cancelled_call_leaves_no_connection(server: RestServer, rest: RestClient) -> None:
    server.hangs()
    call = asyncio.create_task(rest.ask(GET))
    await asyncio.wait_for(server.is_hanging.wait(), PATIENCE_S)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await asyncio.wait_for(server.hang_ended.wait(), PATIENCE_S)
    await rest.ask(GET)


@pytest.mark.asyncio
async def test_closing_ends_what_runs_and_is_not_the_end(server: RestServer, rest: RestClient) -> None:
    server.hangs()
    call = asyncio.create_task(rest.ask(GET))
    await asyncio.wait_for(server.is_hanging.wait(), PATIENCE_S)
    await rest.close()
    error = await failure(call)
    assert error.message == "GET /api/v1/characters/c failed: the client was closed meanwhile."
    await asyncio.wait_for(server.hang_ended.wait(), PATIENCE_S)
    assert len(server.asked) == 1
    await rest.ask(GET)
    assert len(server.asked) == 2
    await rest.close()
    await rest.close()


@pytest.mark.asyncio
async def test_closing_ends_a_wait_for_the_next_attempt(
    server: RestServer, rest_for: RestMaker, caplog: pytest.LogCaptureFixture
) -> None:
    rest = rest_for(server.url, retry=Retry(Backoff(base_s=0, cap_s=50, attempts=3)))
    server.says(status=503, headers={"Retry-After": "50"})
    waits = asyncio.Event()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            waits.set()

    ear = Ear()
    log = logging.getLogger("app.estuary.rest.rest_client")
    log.addHandler(ear)
    try:
        with caplog.at_level(logging.INFO, log.name):
            call = asyncio.create_task(rest.ask(GET))
            await asyncio.wait_for(waits.wait(), PATIENCE_S)
    finally:
        log.removeHandler(ear)
    await rest.close()
    assert "the client was closed meanwhile" in (await asyncio.wait_for(failure(call), PATIENCE_S)).message
    assert caplog.messages == ["GET /api/v1/characters/c: HTTP 503; again in 50.0 s"]


@pytest.mark.asyncio
async def test_it_can_be_closed_while_the_time_of_a_call_runs_out(
    server: RestServer, rest_for: RestMaker
) -> None:
    async def linger() -> Mapping[str, str]:
        try:
            await asyncio.Event().wait()
        finally:
            await rest.close()
        raise AssertionError

    rest = rest_for(server.url, authorization=linger, timeout_s=0.01)
    assert "the client was closed meanwhile" in (await failure(rest.ask(GET))).message


@pytest.mark.asyncio
async def test_one_that_never_asked_can_be_closed(rest: RestClient) -> None:
    await rest.close()
    assert repr(rest).startswith("<app.estuary.rest.rest_client.RestClient object")


@pytest.mark.asyncio
async def test_calls_may_run_at_the_same_time(server: RestServer, rest: RestClient) -> None:
    requests = [Request("GET", f"/api/v1/characters/{number}") for number in range(50)]
    for _ in requests:
        server.says({"id": "c"})
    answers = await asyncio.gather(*(rest.fetch(request, Character) for request in requests))
    assert len(answers) == 50
    assert sorted(asked.path for asked in server.asked) == sorted(request.path for request in requests)


@pytest.mark.asyncio
async def test_a_redirect_is_an_error_and_the_key_stays_home(server: RestServer, rest: RestClient) -> None:
    async with RestServer() as other:
        server.says(status=307, headers={"Location": f"{other.url}/x?key={KEY}"})
        error = await failure(rest.ask(POST))
        assert other.asked == []
    assert f"sends us on to {other.url} (HTTP 307)" in error.message
    assert error.code is ErrorCode.REST_ERROR


def talkative(server: RestServer, secret: str) -> dict[str, Callable[[], RestServer]]:
    echo = {"detail": f"{secret} is wrong", "again": secret.replace("/", "\\/")}
    return {
        "refused": lambda: server.says(echo, status=401),
        "forbidden": lambda: server.says(
            {"detail": {"error": "insufficient_scope", "requiredScope": secret}}, status=403
        ),
        "in trouble": lambda: server.says((secret * 99).encode(), status=500, times=4),
        "escaped": lambda: server.says(
            b'{"detail": "' + secret.replace("/", "\\/").encode() + b'"}', status=400
        ),
        "redirect": lambda: server.says(
            status=302, headers={"Location": f"http://{secret[:3]}.test/{secret}"}
        ),
        "no JSON": lambda: server.says(secret.encode()),
        "wrong type": lambda: server.says({"id": [secret]}),
        "hung up": lambda: server.hangs_up(times=9),
        "no HTTP": lambda: server.hangs_up(f"{secret}\r\n\r\n".encode()),
    }


@pytest.mark.parametrize("kind", list(talkative(RestServer.__new__(RestServer), "")))
@pytest.mark.parametrize("secret", [KEY, TOKEN])
@pytest.mark.asyncio
async def test_no_secret_is_told(
    server: RestServer, rest_for: RestMaker, caplog: pytest.LogCaptureFixture, kind: str, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    rest = rest_for(server.url, authorization=by_key if secret == KEY else by_token)
    talkative(server, secret)[kind]()
    error = await failure(rest.fetch(GET, Character))
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    told = [
        str(error),
        repr(error),
        str(dict(error.details)),
        str(error.__dict__),
        caplog.text,
        repr(rest),
        "".join(line for line in traceback.format_exception(error)),
        "".join(str(frame.locals) for frame in found.stack if "/app/" in frame.filename),
    ]
    assert (error.__cause__, error.__context__) == (None, None)
    assert server.asked
    for text in told:
        assert secret not in text
        assert secret.replace("/", "\\/") not in text


@pytest.mark.asyncio
async def test_the_password_of_a_proxy_is_not_told(
    server: RestServer, rest_for: RestMaker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with RecordingProxy(server.port) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:hunter2@{proxy.address}")
        proxy.refusal = b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n"
        rest = rest_for("http://estuary.test", {"allow_insecure": True})
        error = await failure(rest.ask(GET))
    assert "The proxy wants a name and a password" in error.message
    assert "hunter2" not in "".join(traceback.format_exception(error)) + caplog.text


@pytest.mark.asyncio
async def test_a_certificate_that_nobody_vouches_for_is_not_asked_twice(
    server: RestServer, rest_for: RestMaker
) -> None:
    error = await failure(rest_for(server.url.replace("http", "https")).ask(GET))
    assert "the certificate or TLS of the server was not accepted" in error.message


def test_it_works_on_the_loop_of_the_window() -> None:
    # In a process of its own: Qt outlives a test that has begun it.
    command = [sys.executable, "-m", "tests.estuary.rest.on_the_windows_loop"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    character, closed, proxied = ran.stdout.splitlines()
    assert character == "c"
    assert "closed" in closed
    assert proxied == "1"
