"""Whom a client talks to, as whom, and how it behaves when the connection is lost."""

from __future__ import annotations

import ipaddress
import math
import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from app.core.audio_format import DEFAULT_RATE
from app.estuary.credentials import TokenProvider
from app.estuary.errors import ConfigError
from app.protocol.client_messages import SessionCapabilities

LOWEST_RATE: Final = 8_000
"""Lowest sample rate in Hz a session can have."""

HIGHEST_RATE: Final = 48_000
"""Highest sample rate in Hz a session can have."""

_SOCKET_SCHEMES: Final = {"http": "ws", "ws": "ws", "https": "wss", "wss": "wss"}
_TRANSPORTS: Final = ("websocket", "auto", "livekit")


@dataclass(frozen=True, slots=True, kw_only=True)
class EstuaryConfig:
    """Everything a client needs to know before it connects.

    Attributes:
        server_url: Address of the server, such as ``https://api.estuary-ai.com``. Plain ``http`` is taken for
            this machine only, since it would send the key in the clear.
        api_key: The account's key; not used, and best left out, with a ``token_provider``. It is never shown
            in a repr, a message or a log.
        character_id: Whom to talk to.
        player_id: Who talks; a conversation is kept per character and player.
        voice_transport: ``websocket``, or ``auto`` which takes it; ``livekit`` is refused when voice starts.
        audio_sample_rate: Rate in Hz of the audio in both directions.
        auto_reconnect: Restore a lost connection, and voice with it.
        max_reconnect_attempts: How often to try before giving up.
        reconnect_delay: Seconds that the longest wait starts from; it doubles with each attempt.
        debug: Log what goes over the wire, without its content, on the logger ``app.estuary``; the program
            says where logs go.
        realtime_memory: Ask the server to report what it remembers.
        allow_insecure: Take plain ``http`` to other machines too.
        ca_file: A PEM file of certificate authorities to trust besides the system's.
        proxy: The HTTP proxy to go through, ``http://HOST:PORT``, in the place of the environment's. Never
            used to reach this machine, and not shown in a repr.
        audio_age_limit: Seconds after which microphone audio that the network did not take is dropped, oldest
            first; never that of an utterance.
        capabilities: What the client's device can do; everything by default.
        token_provider: Fetches a token that stands for the player, in place of ``api_key``.

    Raises:
        ConfigError: A field cannot be used as written.
    """

    server_url: str
    api_key: str = field(default="", repr=False)
    character_id: str
    player_id: str
    voice_transport: str = "websocket"
    audio_sample_rate: int = DEFAULT_RATE
    auto_reconnect: bool = True
    max_reconnect_attempts: int = 5
    reconnect_delay: float = 1.0
    debug: bool = False
    realtime_memory: bool = False
    allow_insecure: bool = False
    ca_file: str | os.PathLike[str] | None = None
    proxy: str | None = field(default=None, repr=False)
    audio_age_limit: float = 1.0
    capabilities: SessionCapabilities | None = None
    token_provider: TokenProvider | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self._check_server_url()
        self._check_api_key()
        for name in ("character_id", "player_id"):
            value = getattr(self, name)
            if not isinstance(value, str) or not value.strip():
                raise ConfigError(f"{name} is empty: name the character and the player.")
        if self.voice_transport not in _TRANSPORTS:
            choices = ", ".join(_TRANSPORTS)
            raise ConfigError(f"voice_transport is {self.voice_transport!r}: choose one of {choices}.")
        rate = self.audio_sample_rate
        if type(rate) is not int or not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise ConfigError(f"audio_sample_rate is {rate!r}: choose {LOWEST_RATE} to {HIGHEST_RATE} Hz.")
        attempts = self.max_reconnect_attempts
        if type(attempts) is not int or attempts < 0:
            raise ConfigError(f"max_reconnect_attempts is {attempts!r}: give a whole number, 0 for none.")
        if not isinstance(self.capabilities, SessionCapabilities | None):
            raise ConfigError(f"capabilities is {self.capabilities!r}: give SessionCapabilities(...).")
        if not isinstance(self.ca_file, str | os.PathLike | None):
            raise ConfigError(f"ca_file is {self.ca_file!r}: give the path of a PEM file.")
        if self.proxy is not None:
            self._check_proxy(self.proxy)
        for name in ("reconnect_delay", "audio_age_limit"):
            seconds: object = getattr(self, name)
            if (
                type(seconds) is bool
                or not isinstance(seconds, int | float)
                or not math.isfinite(seconds)
                or seconds < 0
            ):
                raise ConfigError(f"{name} is {seconds!r}: give seconds, 0 or more.")

    @property
    def socket_url(self) -> str:
        """Address of the WebSocket. It holds no secret: the key goes in the first message."""
        return _socket_url(self.server_url)

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine, so that no proxy stands in between."""
        return _is_loopback(urlsplit(self.server_url).hostname or "")

    def _check_server_url(self) -> None:
        try:
            url = urlsplit(self.server_url)
            host, _ = url.hostname, url.port
        except (ValueError, AttributeError) as error:
            raise ConfigError("server_url is no address: write it as https://HOST.") from error
        if url.scheme not in _SOCKET_SCHEMES or not host:
            raise ConfigError(f"server_url is {_shown(url)!r}: write it as https://HOST.")
        if url.username is not None or url.password is not None:
            raise ConfigError("server_url holds a user name: put the key in api_key instead.")
        if url.query or url.fragment:
            raise ConfigError(f"server_url is {_shown(url)!r}: leave out everything after the path.")
        plain = _SOCKET_SCHEMES[url.scheme] == "ws"
        if plain and not self.allow_insecure and not _is_loopback(host):
            raise ConfigError(
                f"server_url is {_shown(url)!r}: plain http would show the key to everyone on the way. "
                "Use https, or set allow_insecure=True."
            )

    @staticmethod
    def _check_proxy(proxy: str) -> None:
        try:
            url = urlsplit(proxy)
            is_proxy = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
        except (ValueError, AttributeError, TypeError):  # of a value of another type
            is_proxy = False
        if not is_proxy:  # not quoted: it may hold a password
            raise ConfigError("proxy cannot be used: write it as http://HOST:PORT.")

    def _check_api_key(self) -> None:
        key: object = self.api_key
        if self.token_provider is not None and key == "":
            return
        if not isinstance(key, str) or not key:
            raise ConfigError("api_key is empty: give the key of your account or of your own server.")
        if not key.isprintable() or any(letter.isspace() for letter in key):
            raise ConfigError("api_key holds a space or a line break: copy it again.")


@lru_cache(maxsize=16)
def _socket_url(server_url: str) -> str:
    url = urlsplit(server_url)
    path = url.path.rstrip("/")
    return f"{_SOCKET_SCHEMES[url.scheme]}://{url.netloc}{path}/socket.io/?transport=websocket&EIO=4"


@lru_cache(maxsize=16)
def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(url: SplitResult) -> str:
    """Return the parts of an address that hold no secret."""
    host = url.hostname or ""
    return f"{url.scheme}://{host}" if url.scheme else (host or url.path)
