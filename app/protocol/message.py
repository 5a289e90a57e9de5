"""The base of every typed message, and how a payload becomes one.

Audio fields are ``bytes`` here and base64 text on the wire; msgspec converts in the same step in which it
checks types.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

import msgspec

UNREADABLE: Final = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What msgspec raises for JSON that is broken, of the wrong type, or nested beyond any use."""


class MalformedPayload(ValueError):  # noqa: N818 - names what was met
    """A payload that does not have the shape its event promises.

    Attributes:
        event: Name of the event.
        problem: What is wrong and in which field, without the field's content.
    """

    def __init__(self, event: str, problem: str) -> None:
        super().__init__(f"malformed {event}: {problem}")
        self.event = event
        self.problem = problem


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One Socket.IO event with its payload. Unknown fields are ignored, missing ones take their default."""

    event: ClassVar[str]
    """Name of the event on the wire."""

    bare_field: ClassVar[str | None] = None
    """Field that a payload which is a plain string stands for, where the protocol allows one."""

    has_payload: ClassVar[bool] = True
    """Whether the event carries a payload element at all when there is nothing to say."""

    @classmethod
    def from_json(cls, payload: bytes | None) -> Message:
        """Return the message in ``payload`` (JSON text; None and ``null`` stand for an empty object).

        Raises:
            MalformedPayload: A field is missing or of the wrong type, or the JSON is broken.
        """
        try:
            if payload is None or payload == b"null":
                return msgspec.convert({}, cls)
            if cls.bare_field is not None and payload[:1] == b'"':
                return msgspec.convert({cls.bare_field: msgspec.json.decode(payload)}, cls)
            return msgspec.json.decode(payload, type=cls)
        except UNREADABLE as error:
            raise MalformedPayload(cls.event, str(error)) from error

    def to_json(self) -> bytes:
        """Return the payload as JSON text; ``{}`` where there is nothing to say."""
        return msgspec.json.encode(self)

    def to_payload(self) -> dict[str, Any]:
        """Return the payload as plain JSON types, for a framing layer that encodes JSON itself."""
        payload: dict[str, Any] = msgspec.to_builtins(self)
        return payload
