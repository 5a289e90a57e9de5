"""What a server answers, and what can be read from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import msgspec

from app.core.translation import marked, translate
from app.estuary.errors import EstuaryError
from app.estuary.rest.request import Request
from app.estuary.rest.rest_error import rest_error
from app.protocol.message import UNREADABLE

T = TypeVar("T")

_FIELD: Final = re.compile(r" - at `\$\.?(?P<field>[^`]+)`$")
"""The end of what msgspec says of a wrong type, such as ``... - at `$.memories[0].id```."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said.

    Attributes:
        status: The HTTP status.
        body: The content, decompressed; of a refusal only the beginning.
        content_type: What the content is, such as ``application/json``.
        retry_after: When to ask again, as the server wrote it; None if it did not.
        location: Where to ask instead, as the server wrote it; None if it did not.
    """

    status: int
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    retry_after: str | None = None
    location: str | None = field(default=None, repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the server did what it was asked for."""
        return 200 <= self.status < 300

    def without(self, secrets: Iterable[str]) -> Answer:
        """Return the answer without the secrets that the server may have repeated in it."""
        body, location = self.body, self.location
        for secret in filter(None, secrets):
            body = body.replace(secret.encode(), b"***")
            location = location.replace(secret, "***") if location is not None else None
        return replace(self, body=body, location=location)

    def decoded(self, request: Request, kind: type[T]) -> T:
        """Return the content as a ``kind``. What is null counts as left out where a value is needed.

        Raises:
            EstuaryError: REST_ERROR; there is no content, it is no JSON, or a field is of the wrong type. The
                message and ``details`` name the field.
        """
        if not self.body:
            raise rest_error(request, translate("Rest", "the answer is empty"), {"status": self.status})
        try:
            return msgspec.json.decode(self.body, type=kind)
        except UNREADABLE:
            pass
        try:
            return msgspec.convert(_without_nulls(msgspec.json.decode(self.body)), kind)
        except UNREADABLE as error:
            # Built here and raised below: what broke is in no chain, so its content is in no traceback.
            problem = self._unreadable(request, error)
        raise problem

    def _unreadable(self, request: Request, error: Exception) -> EstuaryError:
        if not isinstance(error, msgspec.ValidationError):
            kind = self.content_type or translate("Rest", "of an unknown kind")
            why = translate("Rest", "the answer is no JSON that can be read ({kind})").format(kind=kind)
            return rest_error(request, why, {"status": self.status}, marked("Rest", "Check server_url."))
        text = str(error)
        found = _FIELD.search(text)
        name = found["field"] if found else "the whole"
        problem = text[: found.start()] if found else text
        text = translate("Rest", "the answer does not have the shape it should have: {field}: {problem}")
        why = text.format(field=name, problem=problem)
        return rest_error(request, why, {"status": self.status, "field": name})


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_nulls(each) for each in value]
    return value
