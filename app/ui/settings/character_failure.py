"""What to tell a person about a call for a character that failed."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError


def sentence_of(error: EstuaryError) -> str:
    """Return a sentence or two: what happened, and the next step."""
    status = error.details.get("status")
    if error.code is ErrorCode.AUTH_FAILED:
        return translate("CharacterFailure", "The server refuses the API key. Check it under Connection.")
    if "required_scope" in error.details:
        return translate("CharacterFailure", "This API key may not change characters. Use a key that may.")
    if status == 404:
        return translate("CharacterFailure", "This character is no longer there. Load the list again.")
    if not isinstance(status, int):
        return translate(
            "CharacterFailure", "The server cannot be reached. Check the connection and try again."
        )
    if status >= 500:
        return translate("CharacterFailure", "The server is in trouble. Try again in a moment.")
    said = _said(error.details.get("body"))
    refused = translate("CharacterFailure", "The server refuses this (HTTP {status}).").format(status=status)
    return translate("Refusal", said) if said else refused  # what a local server says is known here


def field_of(error: EstuaryError) -> str:
    """Return the name of the field that a refusal is about; an empty text when it is about none."""
    place = _first_fault(error.details.get("body")).get("loc")
    parts = [str(part) for part in place[1:]] if isinstance(place, list) else []
    return "_".join(parts[1:] if parts[:1] == ["persona"] else parts)


def _said(body: object) -> str:
    """Return the server's own sentence; an empty text where it has none."""
    if isinstance(words := _first_fault(body).get("msg"), str):
        return words
    detail = _detail(body)
    return detail if isinstance(detail, str) else ""


def _first_fault(body: object) -> dict[str, Any]:
    """Return the first of the faults that a server has found in what it was sent."""
    detail = _detail(body)
    first = detail[0] if isinstance(detail, list) and detail else None
    return first if isinstance(first, dict) else {}


def _detail(body: object) -> Any:
    try:
        problem = msgspec.json.decode(str(body or ""))
    except msgspec.DecodeError:
        return None
    return problem.get("detail") if isinstance(problem, dict) else None
