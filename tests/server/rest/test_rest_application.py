from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import pytest

from app.core.errors import UserError
from app.server.characters.character_store import NotPossible, NotThere
from app.server.client_token import issue
from app.server.door import Door
from app.server.rest import rest_application
from app.server.rest.exchange import Call, Refusal, Reply
from app.server.rest.rest_application import LARGEST_BODY, RestApplication

pytestmark = pytest.mark.asyncio

KEY = "est_key"
WITH_KEY = ((b"X-API-Key", KEY.encode()),)

Answering = Callable[[Call], Awaitable[Reply]]


class Asked:
    """Answers with what it is told to, and keeps what it was asked."""

    def __init__(self, outcome: Reply | Exception | None = None) -> None:
        self.outcome = outcome or Reply(content={"ok": True})
        self.calls: list[Call] = []

    async def answer(self, call: Call) -> Reply:
        self.calls.append(call)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


async def exchange(
    asked: Asked,
    *,
    method: str = "GET",
    path: str = "/api/v1/characters",
    query: str = "",
    headers: tuple[tuple[bytes, bytes], ...] = WITH_KEY,
    body: tuple[bytes, ...] = (b"",),
    is_stuck: bool = False,
) -> tuple[int, dict[str, str], Any]:
    """Make one request as uvicorn does; return status, headers and content of the answer."""
    sent: list[dict[str, Any]] = []
    pieces = [
        {"type": "http.request", "body": piece, "more_body": is_stuck or at < len(body)}
        for at, piece in enumerate(body, 1)
    ]

    async def receive() -> dict[str, Any]:
        if not pieces and is_stuck:
            await asyncio.Event().wait()
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower(), value) for name, value in headers],
    }
    await RestApplication(Door(KEY), asked.answer)(scope, receive, send)
    start, end = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, json.loads(end["body"]) if end["body"] else None


async def test_what_is_asked_is_passed_on_and_the_answer_is_json() -> None:
    asked = Asked()
    status, headers, content = await exchange(
        asked,
        method="PUT",
        path="/api/v1/characters/a%2Fb%20c/",
        query="limit=5&limit=6&x=",
        body=(b"{", b"}"),
    )
    assert (status, content) == (200, {"ok": True})
    assert headers == {
        "cache-control": "no-store",
        "content-type": "application/json",
        "content-length": "11",
    }
    assert asked.calls == [Call("PUT", ("characters", "a/b c"), {"limit": "6", "x": ""}, b"{}", None)]


async def test_no_content_has_no_body_and_no_length() -> None:
    status, headers, content = await exchange(Asked(Reply(HTTPStatus.NO_CONTENT)))
    assert (status, headers, content) == (204, {"cache-control": "no-store"}, None)


async def test_a_head_has_the_length_of_what_it_does_not_send() -> None:
    status, headers, content = await exchange(Asked(), method="HEAD")
    assert (status, headers["content-length"], content) == (200, "11", None)


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ((), "Send the API key of this server as X-API-Key."),
        (((b"X-API-Key", b""),), "Send the API key of this server as X-API-Key."),
        (((b"Authorization", b"Basic " + KEY.encode()),), "Send the API key of this server as X-API-Key."),
        (((b"X-API-Key", b"wrong"),), "The API key is not valid for this server."),
        (((b"X-API-Key", b"\xff\xfe"),), "The API key is not valid for this server."),
        (((b"Authorization", b"Bearer wrong"),), "The API key is not valid for this server."),
        (((b"Authorization", b"Bearer ect_forged.x"),), "The client token is not valid for this server."),
    ],
)
async def test_who_has_no_key_is_told_so_and_nothing_else(
    headers: tuple[tuple[bytes, bytes], ...], sentence: str
) -> None:
    asked = Asked()
    status, _, content = await exchange(asked, headers=headers, path="/anywhere")
    assert (status, content, asked.calls) == (401, {"detail": sentence}, [])


async def test_a_bearer_is_a_key_or_the_token_of_a_player() -> None:
    asked = Asked()
    token = issue(KEY, "ada", time.time() + 60)
    for bearer in (KEY, token):
        status, *_ = await exchange(asked, headers=((b"Authorization", f"bearer {bearer}".encode()),))
        assert status == 200
    assert [call.visitor for call in asked.calls] == [None, "ada"]


@pytest.mark.parametrize("path", ["/", "/api", "/api/v2/characters", "/characters", "/api/v1x"])
async def test_other_addresses_lead_nowhere(path: str) -> None:
    asked = Asked()
    status, _, content = await exchange(asked, path=path)
    assert (status, content, asked.calls) == (404, {"detail": "There is nothing at this address."}, [])


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "No.", {"Allow": "GET"}), 405, "No."),
        (NotThere("Not there."), 404, "Not there."),
        (NotPossible("Not possible."), 409, "Not possible."),
        (UserError("The disk is full."), 503, "The disk is full."),
    ],
)
async def test_a_failure_is_a_status_and_a_sentence(error: Exception, status: int, sentence: str) -> None:
    told = await exchange(Asked(error))
    assert (told[0], told[2]) == (status, {"detail": sentence})
    assert told[1].get("allow") == ("GET" if status == 405 else None)


async def test_what_nobody_expected_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    status, _, content = await exchange(Asked(ValueError("a secret")))
    assert (status, content) == (500, {"detail": "Something went wrong here. Please try again."})
    assert "a secret" in caplog.text


@pytest.mark.parametrize("headers", [(), ((b"Content-Length", str(LARGEST_BODY + 1).encode()),)])
async def test_a_body_that_is_too_large_is_refused(headers: tuple[tuple[bytes, bytes], ...]) -> None:
    asked = Asked()
    half = b"x" * (LARGEST_BODY // 2 + 1)
    status, told, content = await exchange(asked, headers=WITH_KEY + headers, body=(half, half))
    assert (status, content, asked.calls) == (413, {"detail": "The body is too large: at most 1 MiB."}, [])
    assert told["connection"] == "close"


async def test_a_body_that_does_not_come_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest_application, "_BODY_S", 0.05)
    status, _, content = await exchange(Asked(), body=(b"x",), is_stuck=True)
    assert (status, content) == (408, {"detail": "The body did not arrive in time."})


async def test_a_client_that_goes_in_the_middle_gets_no_answer() -> None:
    asked = Asked()
    with pytest.raises(ValueError, match="not enough values"):
        await exchange(asked, body=())
    assert asked.calls == []


async def test_a_websocket_that_leads_here_is_refused() -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await RestApplication(Door(KEY), Asked().answer)({"type": "websocket"}, receive, send)
    assert [message["type"] for message in sent] == ["websocket.close"]
