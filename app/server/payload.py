"""What clients put into a payload, read with patience: they are not all careful, and mean well."""

from __future__ import annotations

import binascii
import logging
from base64 import b64decode
from typing import Any, Final, TypeVar

import msgspec

from app.protocol.message import Message

_log = logging.getLogger(__name__)

_M = TypeVar("_M", bound=Message)

_URL_SAFE: Final = str.maketrans("-_", "+/")


def read(kind: type[_M], payload: Any) -> _M:
    """Return what a client said, field by field.

    A field that is null or cannot be read counts as not said, as with other Estuary servers, and so does an
    empty id; numbers as strings, and ids as numbers, are taken for what they mean.
    """
    said: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        value = payload.get(field.encode_name) if isinstance(payload, dict) else None
        is_id = field.name.endswith("_id")
        if value is None or (is_id and value == ""):
            continue
        if is_id and isinstance(value, int):
            value = str(value)
        try:
            said[field.name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            _log.warning("malformed %s.%s: %s", kind.event, field.name, error)
    return kind(**said)


def read_audio(text: Any) -> bytes:
    """Decode base64 as clients really send it: unpadded and URL-safe too. Broken text is no audio."""
    if not isinstance(text, str):
        return b""
    text = text.strip().translate(_URL_SAFE)
    try:
        return b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
