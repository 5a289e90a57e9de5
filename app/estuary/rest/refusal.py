"""What a server's refusal means, in words and with the next step."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from app.core.translation import marked, translate
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.rest.answer import Answer
from app.estuary.rest.request import Request
from app.estuary.rest.rest_error import rest_error
from app.protocol.message import UNREADABLE

EXCERPT: Final = 500
"""Most characters of a refusal's body that its error keeps."""

_LONGEST_REASON: Final = 200
"""Most characters of the server's own words in a message."""

_HINTS: Final = {
    401: marked("Rest", "Check the API key, or where the token comes from."),
    403: marked("Rest", "Use a key that may do this."),
    404: marked("Rest", "Check the ids; what they name may have been deleted."),
    407: marked(
        "Rest",
        "The proxy wants a name and a password: put them into http_proxy, or name the host in no_proxy.",
    ),
    413: marked("Rest", "Send less."),
    429: marked("Rest", "Ask less often."),
}


def refusal(request: Request, answer: Answer) -> EstuaryError:
    """Return the error that an answer other than success stands for.

    Its ``details`` hold ``status`` and ``body`` (at most `EXCERPT` characters), and ``required_scope`` and
    ``retry_after`` where the server told them.
    """
    text = answer.body.decode(errors="replace")
    details: dict[str, object] = {"status": answer.status, "body": text[:EXCERPT]}
    if answer.retry_after is not None:
        details["retry_after"] = answer.retry_after
    if 300 <= answer.status < 400:
        text = translate("Rest", "the server sends us on to {place} (HTTP {status})")
        why = text.format(place=_origin(answer.location), status=answer.status)
        hint = marked("Rest", "No key is sent to another address: put the right one into server_url.")
        return rest_error(request, why, details, hint)
    problem = _problem(answer.body)
    scope = _scope(problem)
    if scope is not None:
        details["required_scope"] = scope
        text = translate("Rest", "the key lacks the scope {scope} (HTTP {status})")
        why = text.format(scope=scope, status=answer.status)
        hint = marked("Rest", "Give the key that scope, or use another key.")
        return rest_error(request, why, details, hint)
    reason = _reason(problem)
    why = f"HTTP {answer.status}, {reason}" if reason else f"HTTP {answer.status}"
    is_unknown = answer.status == 401
    code = ErrorCode.AUTH_FAILED if is_unknown else ErrorCode.REST_ERROR
    return rest_error(request, why, details, _hint(answer.status), code=code)


def _hint(status: int) -> str:
    if status >= 500:
        return marked("Rest", "The server is in trouble: try again later.")
    return _HINTS.get(status, marked("Rest", "Check what the call was given."))


def _origin(location: str | None) -> str:
    """Return the part of an address that holds no secret."""
    try:
        url = urlsplit(location or "")
        port = "" if url.port is None else f":{url.port}"
    except ValueError:
        return translate("Rest", "nowhere")
    if url.hostname:
        return f"{url.scheme or 'http'}://{url.hostname}{port}"
    return translate("Rest", "another path") if location else translate("Rest", "nowhere")


def _problem(body: bytes) -> Any:
    """Return what a refusal says of itself: the value of ``detail``, or the whole; None if it is no JSON."""
    try:
        told = msgspec.json.decode(body)
    except UNREADABLE:
        return None
    return told.get("detail", told) if isinstance(told, dict) else None


def _scope(problem: Any) -> str | None:
    if isinstance(problem, dict) and problem.get("error") == "insufficient_scope":
        return str(problem.get("requiredScope") or "it takes")
    return None


def _reason(problem: Any) -> str:
    """Return the server's words on one line, wherever it put them; "" if there are none."""
    if isinstance(problem, list) and problem:  # validation errors, each with its place
        first = problem[0]
        place = first.get("loc") if isinstance(first, dict) else None
        words = _reason(first)
        return f"{'.'.join(map(str, place))}: {words}" if isinstance(place, list) and words else words
    if isinstance(problem, dict):
        told = (problem.get(name) for name in ("message", "msg", "error"))
        problem = next((each for each in told if isinstance(each, str)), "")
    return " ".join(problem.split())[:_LONGEST_REASON] if isinstance(problem, str) else ""
