"""One HTTP exchange: what is asked, what is answered, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import msgspec

MOST_ON_A_PAGE: Final = 100
"""Items that one page can have."""


class Refusal(Exception):  # noqa: N818 - names what is answered
    """The call is not done.

    Args:
        status: The HTTP status.
        detail: Why not: a sentence, or what the status stands for in more than one.
        headers: Headers of the answer.
    """

    def __init__(self, status: HTTPStatus, detail: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(detail))
        self.reply = Reply(status, {"detail": detail}, headers or {})


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered.

    Attributes:
        status: The HTTP status.
        content: What goes out as JSON; None for no content.
        headers: Headers besides those that every answer has.
    """

    status: HTTPStatus = HTTPStatus.OK
    content: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked.

    Attributes:
        method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
        path: The segments behind ``/api/v1``, unquoted.
        query: The parameters by name; of one that is there twice, the last.
        body: The content.
        visitor: The one player the caller speaks for; None for whoever holds the key.
    """

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    body: bytes = field(repr=False)
    visitor: str | None

    def whole(self, name: str, usual: int, lowest: int, highest: int) -> int:
        """Return a parameter that is a whole number.

        Raises:
            Refusal: It is none, or out of bounds.
        """
        text = self.query.get(name)
        if text is None:
            return usual
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if not lowest <= value <= highest:
            raise invalid(("query", name), f"This must be a whole number from {lowest} to {highest}.")
        return value

    def json(self) -> Any:
        """Return the content.

        Raises:
            Refusal: It is no JSON.
        """
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise invalid(("body",), "The body must be JSON.") from error

    def needs_key(self, scope: str) -> None:
        """Refuse who has come with a client token.

        Raises:
            Refusal: The caller may not do this.
        """
        if self.visitor is not None:
            raise _lacking(scope)

    def needs_player(self, player_id: str, scope: str) -> None:
        """Refuse who has come with another player's token.

        Raises:
            Refusal: The caller may not do this.
        """
        if self.visitor not in {None, player_id}:
            raise _lacking(scope)


def invalid(place: tuple[str, ...], sentence: str) -> Refusal:
    """Return the refusal of something the caller has to write differently."""
    return unprocessable([(place, sentence)])


def unprocessable(faults: list[tuple[tuple[str, ...], str]]) -> Refusal:
    """Return the refusal of a call with faults in it, each with its place."""
    detail = [{"loc": list(place), "msg": sentence, "type": "value_error"} for place, sentence in faults]
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail)


def _lacking(scope: str) -> Refusal:
    return Refusal(HTTPStatus.FORBIDDEN, {"error": "insufficient_scope", "requiredScope": scope})
