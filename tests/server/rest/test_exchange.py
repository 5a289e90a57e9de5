from __future__ import annotations

from http import HTTPStatus

import pytest

from app.server.rest.exchange import Call, Refusal, Reply, invalid


def call(query: dict[str, str] | None = None, body: bytes = b"", visitor: str | None = None) -> Call:
    return Call("GET", ("characters",), query or {}, body, visitor)


@pytest.mark.parametrize(("text", "value"), [(None, 20), ("1", 1), ("100", 100)])
def test_a_number_is_read_or_left_out(text: str | None, value: int) -> None:
    assert call({} if text is None else {"limit": text}).whole("limit", 20, 1, 100) == value


@pytest.mark.parametrize("text", ["0", "101", "-1", "", "x", "1.5", "²", "9" * 5_000])
def test_another_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        call({"limit": text}).whole("limit", 20, 1, 100)
    assert caught.value.reply.status == HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "This must be a whole number from 1 to 100."
    assert caught.value.reply.content == {
        "detail": [{"loc": ["query", "limit"], "msg": sentence, "type": "value_error"}]
    }


def test_a_body_is_read() -> None:
    assert call(body=b'{"persona": {"name": "Ada"}}').json() == {"persona": {"name": "Ada"}}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'"\\ud800"', b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        call(body=body).json()
    assert caught.value.reply == invalid(("body",), "The body must be JSON.").reply


def test_who_holds_the_key_may_do_everything() -> None:
    call().needs_key("characters:write")
    call().needs_player("ada", "players:write")


def test_a_player_may_do_what_is_theirs() -> None:
    call(visitor="ada").needs_player("ada", "players:write")
    with pytest.raises(Refusal) as caught:
        call(visitor="ada").needs_key("characters:write")
    assert caught.value.reply == lacking("characters:write")
    with pytest.raises(Refusal) as caught:
        call(visitor="bert").needs_player("ada", "players:write")
    assert caught.value.reply == lacking("players:write")


def lacking(scope: str) -> Reply:
    return Reply(HTTPStatus.FORBIDDEN, {"detail": {"error": "insufficient_scope", "requiredScope": scope}})
