"""The door: who is let in, as whom and for how long. Without I/O."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.errors import UserError
from app.protocol.client_messages import Authenticate, SessionCapabilities
from app.server import client_token
from app.server.characters.character import DEFAULT_ID
from app.server.identity import Identity

_LOWEST_RATE: Final = 8_000
_HIGHEST_RATE: Final = 48_000


class Refused(UserError):  # noqa: N818 - names what happened
    """The client is not let in; the message is a sentence for it."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody who is let in.

    Attributes:
        identity: As whom.
        expires_at: Unix time in seconds at which the credentials end; None when they do not.
    """

    identity: Identity
    expires_at: float | None = None


class Door:
    """Lets in who presents the API key, or a client token made with it.

    Args:
        api_key: The key.
        has_character: Tells whether there is a character of an id; by default there is one alone.
    """

    def __init__(self, api_key: str, has_character: Callable[[str], bool] | None = None) -> None:
        self._api_key = api_key
        self._has_character = has_character or (lambda character_id: character_id == DEFAULT_ID)

    def admit(self, request: Authenticate, now: float) -> Admission:
        """Return as whom a client comes in at ``now`` (Unix time in seconds).

        Raises:
            Refused: It does not.
        """
        player_id, expires_at = request.player_id, None
        if request.client_token:
            token = self._verified(request.client_token, now)
            player_id, expires_at = token.player_id, token.expires_at
        elif not self._is_key(request.api_key or ""):
            raise Refused("The API key is not valid for this server.")
        character = request.character_id or DEFAULT_ID
        if not self._has_character(character):
            raise Refused(f"There is no character “{character[:80]}” here; use “{DEFAULT_ID}”.")
        rate = request.audio_sample_rate
        if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
            raise Refused(f"The sample rate must lie between {_LOWEST_RATE} and {_HIGHEST_RATE} Hz.")
        capabilities = request.capabilities or SessionCapabilities()
        identity = Identity(uuid.uuid4().hex, character, player_id, rate, capabilities)
        return Admission(identity, expires_at)

    def visitor(self, presented: str, now: float) -> str | None:
        """Return whose eyes a REST call at ``now`` (Unix time in seconds) is made with.

        Args:
            presented: The key, or a client token.
            now: When.

        Returns:
            The one player that a client token speaks for; None for whoever holds the key.

        Raises:
            Refused: It is neither.
        """
        if presented.startswith(client_token.PREFIX):
            return self._verified(presented, now).player_id
        if not self._is_key(presented):
            raise Refused("The API key is not valid for this server.")
        return None

    def renew(self, admission: Admission, token: str, now: float) -> Admission:
        """Return the admission that a fresh token stands for.

        Raises:
            Refused: The token is not valid, names another player, or nothing here would expire.
        """
        if admission.expires_at is None:
            raise Refused("This session was opened with an API key, so there is no token to renew.")
        fresh = self._verified(token, now)
        if fresh.player_id != admission.identity.player_id:
            raise Refused("The client token names another player.")
        return Admission(admission.identity, fresh.expires_at)

    def _verified(self, token: str, now: float) -> client_token.ClientToken:
        try:
            return client_token.verify(self._api_key, token, now)
        except client_token.BadToken as error:
            raise Refused(str(error)) from error

    def _is_key(self, presented: str) -> bool:
        return hmac.compare_digest(presented.encode(errors="surrogatepass"), self._api_key.encode())
