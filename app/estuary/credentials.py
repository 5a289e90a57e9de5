"""Who the client is to the server: the holder of a key, or of a token that somebody hands out."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.estuary.errors import ErrorCode, EstuaryError
from app.protocol.client_messages import Authenticate

if TYPE_CHECKING:
    from app.estuary.config import EstuaryConfig

RENEW_BEFORE_S: Final = 30.0
"""Seconds before a token expires in which it counts as used up."""

SHORTEST_S: Final = 1.0
"""Seconds between two renewals at least, so that short-lived tokens make no storm."""

PROVIDER_TIMEOUT_S: Final = 15.0
"""Longest wait for a token."""

_SHORTEST_FOUND: Final = 8
"""Characters of a secret below which it may stand in any text by chance."""

_TOKEN_BEGINS: Final = "ect_"  # noqa: S105 - not the secret


@dataclass(frozen=True, slots=True)
class ClientCredential:
    """A token that stands for one player for a while, so that no key lies on that player's machine.

    Attributes:
        token: The secret; begins with ``ect_``.
        player_id: Whom it stands for.
        expires_at: Until when, in seconds since the epoch.
    """

    token: str = field(repr=False)
    player_id: str
    expires_at: float


TokenProvider = Callable[[], Awaitable[ClientCredential]]
"""Fetches a token, such as from the program's own server. It must stay with one player."""


class Credentials:
    """The key or the token of one client.

    Args:
        config: Holds the key or the provider.
    """

    def __init__(self, config: EstuaryConfig) -> None:
        self._key = config.api_key
        self._provider = config.token_provider
        self._player_id = config.player_id
        self._token: ClientCredential | None = None
        self._fetching = asyncio.Lock()
        self._secrets = _findable(self._key)

    @property
    def expire(self) -> bool:
        """Whether they have to be renewed."""
        return self._provider is not None

    @property
    def renewal_in_s(self) -> float:
        """Seconds until the token should be renewed."""
        expires_at = math.inf if self._token is None else self._token.expires_at
        return max(SHORTEST_S, expires_at - time.time() - RENEW_BEFORE_S)

    async def login(self) -> Authenticate:
        """Return a connect message that says who connects, and nothing else. Its repr shows no secret.

        Raises:
            EstuaryError: AUTH_FAILED; the provider did not hand out a token that can be used.
        """
        if self._provider is None:
            return Authenticate(api_key=self._key, player_id=self._player_id)
        token = await self.token()
        return Authenticate(client_token=token.token, player_id=token.player_id)

    async def headers(self) -> Mapping[str, str]:
        """Return the headers of an HTTP request that say who asks.

        Raises:
            EstuaryError: As `login`.
        """
        if self._provider is None:
            return {"X-API-Key": self._key}
        token = await self.token()
        return {"Authorization": f"Bearer {token.token}", "X-Player-Id": token.player_id}

    async def token(self, *, is_new: bool = False) -> ClientCredential:
        """Return a token that is good for a while; with ``is_new`` one that was just fetched.

        Raises:
            EstuaryError: As `login`. It is terminal when the token stands for another player than before.
        """
        async with self._fetching:
            known = self._token
            if is_new or known is None or known.expires_at <= time.time() + RENEW_BEFORE_S:
                self._token = self._checked(await self._fetch(), known)
                self._secrets = _findable(self._token.token)
            assert self._token is not None
            return self._token

    def redact(self, text: str) -> str:
        """Return ``text`` without the secrets, should a server have repeated them."""
        secrets = [self._key, self._token.token if self._token is not None else ""]
        for secret in filter(None, secrets):
            text = text.replace(secret, "***")
        return text

    def redact_frame(self, text: bytes | bytearray) -> bytes | bytearray:
        """Return a frame of the server without the secrets, should it have repeated them.

        Secrets that are too short to be told from other text are left to `redact`.
        """
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, b"***")
        return text

    async def _fetch(self) -> object:
        assert self._provider is not None
        mine = asyncio.current_task()
        try:
            async with asyncio.timeout(PROVIDER_TIMEOUT_S):
                return await self._provider()
        except (Exception, asyncio.CancelledError) as error:
            if mine is not None and mine.cancelling():
                raise
            # Not chained: what a provider raises may hold what it was given.
            raise _unusable(f"the token provider failed with {type(error).__name__}") from None

    def _checked(self, token: object, before: ClientCredential | None) -> ClientCredential:
        if not isinstance(token, ClientCredential) or not _is_well_formed(token):
            raise _unusable("the token provider returned no ClientCredential")
        if not token.token.startswith(_TOKEN_BEGINS) or not token.token.isprintable():
            raise _unusable(f"a token begins with {_TOKEN_BEGINS} and has no line break")
        if not token.player_id:
            raise _unusable("the token names no player")
        if not math.isfinite(token.expires_at) or token.expires_at <= time.time():
            raise _unusable("the token has expired already")
        if before is not None and token.player_id != before.player_id:
            why = "The token stands for another player: make a new client for that one."
            raise EstuaryError(why, ErrorCode.AUTH_FAILED, is_terminal=True)
        return token


def _findable(secret: str) -> tuple[bytes, ...]:
    return (secret.encode(),) if len(secret) >= _SHORTEST_FOUND else ()


def _is_well_formed(token: ClientCredential) -> bool:
    texts: tuple[object, ...] = (token.token, token.player_id)
    until: object = token.expires_at
    return all(isinstance(text, str) for text in texts) and isinstance(until, int | float)


def _unusable(why: str) -> EstuaryError:
    return EstuaryError(f"No credentials: {why}.", ErrorCode.AUTH_FAILED)
