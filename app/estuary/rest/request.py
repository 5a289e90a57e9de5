"""What is asked of a server: one HTTP request, without who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

API_ROOT: Final = "/api/v1"
"""What every path begins with."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the REST interface.

    Attributes:
        method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
        path: The quoted path; `path_of` makes one.
        query: The parameters by name, as the server calls them. One that is None is left out.
        body: What goes out as JSON; None for no body.
        headers: Headers besides those that every request has.
    """

    method: str
    path: str
    query: Mapping[str, str | int | None] = field(default_factory=dict)
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The path with the parameters, quoted."""
        told = {name: _written(value) for name, value in self.query.items() if value is not None}
        return f"{self.path}?{urlencode(told, quote_via=quote)}" if told else self.path

    @property
    def is_idempotent(self) -> bool:
        """Whether to ask twice does no more than to ask once."""
        return self.method in {"GET", "PUT", "DELETE"}


def path_of(*segments: str) -> str:
    """Return the path that the segments make up, quoted so that none can become two or none.

    Raises:
        ValueError: A segment is empty, or would lead elsewhere.
    """
    for segment in segments:
        if segment.strip() in {"", ".", ".."}:
            raise ValueError(f"{segment!r} is no id: pass it as the server told it.")
    return "/".join((API_ROOT, *(quote(segment, safe="") for segment in segments)))


def _written(value: str | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
