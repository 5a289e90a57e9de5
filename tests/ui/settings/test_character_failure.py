from __future__ import annotations

import json
from typing import Any

import pytest

from app.estuary import EstuaryError
from app.estuary.errors import ErrorCode
from app.ui.settings.character_failure import field_of, sentence_of


def failed(status: int | None, detail: Any = None, code: ErrorCode = ErrorCode.REST_ERROR) -> EstuaryError:
    details = {} if status is None else {"status": status, "body": json.dumps({"detail": detail})}
    return EstuaryError("PUT /api/v1/characters/x failed", code, details)


def fault(*place: str) -> list[dict[str, Any]]:
    return [{"loc": list(place), "msg": "This must not be empty.", "type": "value_error"}]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            failed(401, "no", ErrorCode.AUTH_FAILED),
            "The server refuses the API key. Check it under Connection.",
        ),
        (failed(404, "no"), "This character is no longer there. Load the list again."),
        (failed(None), "The server cannot be reached. Check the connection and try again."),
        (failed(502, "no"), "The server is in trouble. Try again in a moment."),
        (failed(409, "It cannot be deleted."), "It cannot be deleted."),
        (failed(422, fault("body", "persona", "name")), "This must not be empty."),
        (failed(422, {"what": 1}), "The server refuses this (HTTP 422)."),
        (failed(422, []), "The server refuses this (HTTP 422)."),
        (
            EstuaryError("x", ErrorCode.REST_ERROR, {"status": 400, "body": "<html>"}),
            "The server refuses this (HTTP 400).",
        ),
        (
            EstuaryError("x", ErrorCode.REST_ERROR, {"status": 403, "required_scope": "characters:write"}),
            "This API key may not change characters. Use a key that may.",
        ),
    ],
)
def test_a_failure_is_told_in_a_sentence(error: EstuaryError, sentence: str) -> None:
    assert sentence_of(error) == sentence


@pytest.mark.parametrize(
    ("detail", "field"),
    [
        (fault("body", "persona", "name"), "name"),
        (fault("body", "tts", "voice"), "tts_voice"),
        (fault("body", "avatar"), "avatar"),
        (fault("body"), ""),
        ("words", ""),
        ([{"msg": "x"}], ""),
    ],
)
def test_a_refusal_names_its_field(detail: Any, field: str) -> None:
    assert field_of(failed(422, detail)) == field
