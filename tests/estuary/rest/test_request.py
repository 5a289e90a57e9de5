from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary.rest.request import Request, path_of


@given(st.text(min_size=1).filter(lambda text: text.strip() not in {"", ".", ".."}))
def test_an_id_stays_one_segment_whatever_it_holds(identifier: str) -> None:
    path = path_of("characters", identifier, "players")
    assert path.isascii()
    assert [unquote(segment) for segment in path.split("/")] == [
        "",
        "api",
        "v1",
        "characters",
        identifier,
        "players",
    ]


@pytest.mark.parametrize("identifier", ["", " ", ".", "..", " .. "])
def test_an_id_that_leads_elsewhere_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="is no id"):
        path_of("characters", identifier)


def test_parameters_are_written_as_the_server_reads_them() -> None:
    query = {"limit": 5, "confirm": True, "isPublic": False, "left": None, "search": "a b&c=ü"}
    target = Request("GET", "/api/v1/characters", query).target
    assert target == "/api/v1/characters?limit=5&confirm=true&isPublic=false&search=a%20b%26c%3D%C3%BC"


def test_without_parameters_there_is_no_question_mark() -> None:
    assert Request("GET", "/x", {"left": None}).target == "/x"


@pytest.mark.parametrize(
    ("method", "is_idempotent"), [("GET", True), ("PUT", True), ("DELETE", True), ("POST", False)]
)
def test_only_what_does_no_harm_twice_is_idempotent(method: str, is_idempotent: bool) -> None:
    assert Request(method, "/x").is_idempotent is is_idempotent
