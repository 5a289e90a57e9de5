"""What it takes to talk to a server that is not ours to start."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from app.core.errors import BadInput
from app.core.translation import translate

DEFAULT_CHARACTER: Final = "default"
"""Id of the local server's own character."""


@dataclass(frozen=True, slots=True)
class Account:
    """A server, the key to it, and which of its characters to talk to.

    Attributes:
        server_url: Its address, ``https://...``.
        api_key: What it wants to see; never in a repr.
        character_id: Whom to talk to.
        allow_insecure: Take plain http to another machine.
        player_id: As whom to talk; empty for this installation's own id.
        proxy: The HTTP proxy to go through; empty for the one of the environment.
        ca_file: A PEM file of certificate authorities to trust besides the system's; empty for none.
    """

    server_url: str
    api_key: str = field(repr=False)
    character_id: str = DEFAULT_CHARACTER
    allow_insecure: bool = False
    player_id: str = ""
    proxy: str = ""
    ca_file: str = ""


def check_url(url: str, *, allow_insecure: bool) -> None:
    """Check the address that a person gave for a server.

    Raises:
        BadInput: It is none, or would send the key in the clear.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        text = translate(
            "Account", "{url} is no server address ({why}). Write it as https://HOST or http://HOST:PORT."
        )
        raise BadInput(text.format(url=url, why=error)) from error
    if parts.scheme not in {"http", "https"} or not host:
        text = translate(
            "Account",
            "{url} is no server address. Write it as https://HOST, or http://HOST:PORT on this machine.",
        )
        raise BadInput(text.format(url=url))
    if parts.scheme == "http" and not allow_insecure and not _is_this_machine(host):
        text = translate(
            "Account",
            "{url} is plain http to another machine: anyone between could read the API key. "
            "Use https, or --allow-insecure on a network you trust.",
        )
        raise BadInput(text.format(url=url))


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
