from __future__ import annotations

import json
from typing import Any

import pytest

from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.rest.answer import Answer
from app.estuary.rest.refusal import EXCERPT, refusal
from app.estuary.rest.request import Request

REQUEST = Request("PUT", "/api/v1/characters/c", {"secretive": "yes"})


def refused(status: int, content: Any = None, **fields: Any) -> EstuaryError:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return refusal(REQUEST, Answer(status, body, **fields))


@pytest.mark.parametrize(
    ("status", "content", "message"),
    [
        (400, {"detail": "No name."}, "HTTP 400, No name. Check what the call was given."),
        (402, {"message": "pay"}, "HTTP 402, pay. Check what the call was given."),
        (403, {"detail": {"error": "forbidden"}}, "HTTP 403, forbidden. Use a key that may do this."),
        (
            404,
            {"detail": "Not found"},
            "HTTP 404, Not found. Check the ids; what they name may have been deleted.",
        ),
        (404, None, "HTTP 404. Check the ids; what they name may have been deleted."),
        (
            422,
            {"detail": [{"loc": ["body", "llm", "temperature"], "msg": "too hot"}, {"msg": "more"}]},
            "HTTP 422, body.llm.temperature: too hot. Check what the call was given.",
        ),
        (422, {"detail": [{"msg": "somewhere"}]}, "HTTP 422, somewhere. Check what the call was given."),
        (422, {"detail": ["odd"]}, "HTTP 422, odd. Check what the call was given."),
        (422, {"detail": [7]}, "HTTP 422. Check what the call was given."),
        (422, {"detail": []}, "HTTP 422. Check what the call was given."),
        (429, {"error": "slow\n down"}, "HTTP 429, slow down. Ask less often."),
        (500, ["odd"], "HTTP 500. The server is in trouble: try again later."),
        (503, b"<html><body>Oh no</body></html>", "HTTP 503. The server is in trouble: try again later."),
        (500, b"[" * 100_000, "HTTP 500. The server is in trouble: try again later."),
    ],
)
def test_a_refusal_says_what_happened_and_what_to_do(status: int, content: Any, message: str) -> None:
    error = refused(status, content)
    assert error.message == f"PUT /api/v1/characters/c failed: {message}"
    assert (error.code, error.is_terminal) == (ErrorCode.REST_ERROR, False)
    assert error.details["status"] == status


def test_refused_credentials_are_terminal() -> None:
    error = refused(401, {"detail": "Invalid API key"})
    assert (error.code, error.is_terminal) == (ErrorCode.AUTH_FAILED, True)
    assert "HTTP 401, Invalid API key. Check the API key" in error.message


def test_a_missing_scope_is_named() -> None:
    error = refused(403, {"detail": {"error": "insufficient_scope", "requiredScope": "characters:write"}})
    assert error.code is ErrorCode.REST_ERROR
    assert error.details["required_scope"] == "characters:write"
    assert "the key lacks the scope characters:write (HTTP 403). Give the key that scope" in error.message


def test_a_missing_scope_without_a_name_is_told_too() -> None:
    assert "lacks the scope it takes" in refused(403, {"detail": {"error": "insufficient_scope"}}).message


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://user:pass@other.test:8443/path?key=1#x", "https://other.test:8443"),
        ("//other.test/path", "http://other.test"),
        ("/login?key=1", "another path"),
        ("http://[", "nowhere"),
        (None, "nowhere"),
    ],
)
def test_a_redirect_is_an_error_that_shows_where_to_and_no_more(location: str | None, shown: str) -> None:
    error = refused(307, b"", location=location)
    assert f"the server sends us on to {shown} (HTTP 307). No key is sent" in error.message


def test_the_body_is_kept_in_part() -> None:
    body = "ü" * 10_000
    assert refused(500, body.encode()).details["body"] == "ü" * EXCERPT
    assert refused(500, b"\xff").details["body"] == "\ufffd"


def test_long_words_of_the_server_are_cut() -> None:
    assert len(refused(400, {"detail": "x" * 10_000}).message) < 400


def test_when_to_ask_again_is_kept() -> None:
    assert refused(429, {}, retry_after="7").details["retry_after"] == "7"
    assert "retry_after" not in refused(429, {}).details
