from __future__ import annotations

from app.estuary.errors import ErrorCode
from app.estuary.rest.request import Request
from app.estuary.rest.rest_error import rest_error

REQUEST = Request("POST", "/api/v1/x", {"q": "hidden"}, body={"a": "hidden"})


def test_it_tells_what_was_asked_without_parameters_and_body() -> None:
    error = rest_error(REQUEST, "it rains", {"status": 500}, "Take a coat.")
    assert str(error) == "POST /api/v1/x failed: it rains. Take a coat."
    assert (error.code, error.details, error.is_terminal) == (ErrorCode.REST_ERROR, {"status": 500}, False)


def test_it_needs_no_hint_and_sets_one_full_stop() -> None:
    assert rest_error(REQUEST, "It rained.").message == "POST /api/v1/x failed: It rained."


def test_refused_credentials_are_terminal() -> None:
    assert rest_error(REQUEST, "no", code=ErrorCode.AUTH_FAILED).is_terminal
