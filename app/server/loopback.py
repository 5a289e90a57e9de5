"""What counts as this machine: hosts, and the pages of a browser."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

_WEB: Final = {"http", "https"}


def is_loopback_host(host: str) -> bool:
    """Return whether only programs on this machine can reach ``host``, a name or an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_loopback_origin(origin: str) -> bool:
    """Return whether a browser's ``Origin`` names a page that this machine serves.

    A browser lets any page open a WebSocket to this machine, and names the page. That page and server seem to
    be the same host proves nothing: a foreign name can be made to lead here.
    """
    try:
        parts = urlsplit(origin)
        return parts.scheme in _WEB and is_loopback_host(parts.hostname or "")
    except ValueError:
        return False
