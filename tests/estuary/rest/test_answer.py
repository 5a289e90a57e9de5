from __future__ import annotations

import traceback

import pytest

from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.rest import CharacterListResponse, MemoryListResponse, MemoryStats
from app.estuary.rest.answer import Answer
from app.estuary.rest.request import Request

REQUEST = Request("GET", "/api/v1/things")


def failure(body: bytes, kind: type = MemoryListResponse, content_type: str = "") -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        Answer(200, body, content_type).decoded(REQUEST, kind)
    assert caught.value.code is ErrorCode.REST_ERROR
    return caught.value


def test_what_is_unknown_is_ignored_and_what_is_missing_has_its_default() -> None:
    page = Answer(200, b'{"new": [1], "characters": [{"id": "c", "shoe_size": 7}]}').decoded(
        REQUEST, CharacterListResponse
    )
    assert (page.characters[0].id, page.characters[0].name, page.total) == ("c", "", 0)


def test_null_counts_as_left_out() -> None:
    body = b'{"memories": [{"id": "m", "content": null, "accessCount": null}], "total": null}'
    page = Answer(200, body).decoded(REQUEST, MemoryListResponse)
    assert (page.memories[0].id, page.memories[0].content, page.memories[0].access_count) == ("m", "", 0)
    assert page.total == 0


def test_a_list_that_is_null_is_empty() -> None:
    assert Answer(200, b'{"memories": null}').decoded(REQUEST, MemoryListResponse).memories == ()


@pytest.mark.parametrize(
    ("body", "field", "problem"),
    [
        (b'{"memories": [{"id": 7}]}', "memories[0].id", "Expected `str | null`, got `int`"),
        (b'{"memories": [{"confidence": "high"}]}', "memories[0].confidence", "got `str`"),
        (b'{"total": "many"}', "total", "Expected `int`, got `str`"),
        (b'{"total": null, "limit": true}', "limit", "Expected `int`, got `bool`"),
        (b'{"memories": {}}', "memories", "Expected `array`, got `object`"),
        (b"[]", "the whole", "Expected `object`, got `array`"),
        (b"null", "the whole", "Expected `object`, got `null`"),
    ],
)
def test_a_wrong_type_is_an_error_that_names_the_field(body: bytes, field: str, problem: str) -> None:
    error = failure(body)
    assert error.details == {"status": 200, "field": field}
    assert f"{field}: " in error.message
    assert problem.replace("str | null", "str") in error.message
    assert error.message.startswith("GET /api/v1/things failed: ")


def test_a_wrong_value_among_others_is_found() -> None:
    error = failure(b'{"byType": {"fact": "some"}}', MemoryStats)
    assert error.details["field"] == "byType[...]"


@pytest.mark.parametrize("body", [b"<html>hi</html>", b'{"memories": [', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_an_error_that_says_what_came(body: bytes) -> None:
    error = failure(body, content_type="text/html")
    assert "no JSON" in error.message
    assert "text/html" in error.message
    assert error.details == {"status": 200}


def test_an_empty_answer_is_an_error() -> None:
    assert "the answer is empty" in failure(b"").message


def test_the_content_is_in_no_traceback() -> None:
    error = failure(b'{"total": "very private"}')
    assert "private" not in "".join(traceback.format_exception(error))
    assert (error.__cause__, error.__context__) == (None, None)


def test_an_answer_forgets_secrets_and_shows_no_content() -> None:
    answer = Answer(400, b"you are est_1, est_1!", location="https://x.test/?key=est_1")
    clean = answer.without(["", "est_1"])
    assert (clean.body, clean.location) == (b"you are ***, ***!", "https://x.test/?key=***")
    assert clean.status == 400
    assert "est_1" not in repr(answer)
    assert Answer(400).without(["est_1"]).location is None


@pytest.mark.parametrize(
    ("status", "is_success"), [(200, True), (204, True), (199, False), (302, False), (404, False)]
)
def test_success_is_two_hundred_and_something(status: int, is_success: bool) -> None:
    assert Answer(status).is_success is is_success
