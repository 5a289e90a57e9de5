"""Client tokens: credentials for one player and a limited time, made by whoever holds the API key.

An app that must not contain the key gets such a token from its own service. On the wire it is
``ect_<payload>.<signature>``: JSON in unpadded URL-safe base64, and its HMAC-SHA256 under the key in hex.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

import msgspec

from app.core.errors import UserError

PREFIX: Final = "ect_"
"""How every client token begins."""

LONGEST: Final = 4096
"""Characters of a token that are looked at; a longer one is no token."""


class BadToken(UserError):  # noqa: N818 - names what was met
    """The token was not made with this key, or its time is over; the message is a sentence for the client."""


class ClientToken(msgspec.Struct, frozen=True, kw_only=True):
    """What a token says.

    Attributes:
        player_id: The one player it lets in.
        expires_at: Unix time in seconds from which on it is worthless.
    """

    player_id: str
    expires_at: float


def issue(api_key: str, player_id: str, expires_at: float) -> str:
    """Return a token that lets ``player_id`` in until ``expires_at`` (Unix time in seconds).

    Raises:
        ValueError: There is no player id, or the time is not finite.
    """
    if not player_id or not math.isfinite(expires_at):
        raise ValueError("a token needs a player and an end")
    content = msgspec.json.encode(ClientToken(player_id=player_id, expires_at=expires_at))
    signed = PREFIX + urlsafe_b64encode(content).decode().rstrip("=")
    return f"{signed}.{_signature(api_key, signed)}"


def verify(api_key: str, token: str, now: float) -> ClientToken:
    """Return what ``token`` says, once it is known to be genuine and valid at ``now`` (Unix time in seconds).

    Raises:
        BadToken: It is not.
    """
    signed, _, signature = token[: LONGEST + 1].rpartition(".")
    is_genuine = hmac.compare_digest(signature.encode(errors="replace"), _signature(api_key, signed).encode())
    if not is_genuine or not signed.startswith(PREFIX) or len(token) > LONGEST:
        raise BadToken("The client token is not valid for this server.")
    content = signed.removeprefix(PREFIX)
    said = msgspec.json.decode(urlsafe_b64decode(content + "=" * (-len(content) % 4)), type=ClientToken)
    if said.expires_at <= now:
        raise BadToken("The client token has expired.")
    return said


def _signature(api_key: str, signed: str) -> str:
    return hmac.new(api_key.encode(), signed.encode(errors="replace"), hashlib.sha256).hexdigest()
