"""Noticing that this machine's network has come back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Final

LOOK_EVERY_S: Final = 0.5
"""Seconds between looks, while a connection is being restored."""

_FAR_AWAY: Final = (
    # Addresses of documentation (RFC 5737, RFC 3849): no packet is sent to them, only a route is looked up.
    (socket.AF_INET, ("192.0.2.1", 9)),
    (socket.AF_INET6, ("2001:db8::1", 9)),
)

Way = tuple[str | None, ...]
"""The address this machine would call from, per address family; None where there is no way out."""


def way_out() -> Way:
    """Return the way out of this machine."""
    return tuple(_source(family, place) for family, place in _FAR_AWAY)


class NetworkWatch:
    """Tells when there is a way out that was not there before.

    Args:
        look: Finds the way out.
        every_s: Seconds between looks.
    """

    def __init__(self, look: Callable[[], Way] = way_out, every_s: float = LOOK_EVERY_S) -> None:
        self._look = look
        self._every_s = every_s

    async def until_back(self) -> None:
        """Return when a way out has appeared or changed."""
        before = self._look()
        while True:
            await asyncio.sleep(self._every_s)
            now = self._look()
            if any(new is not None and new != old for new, old in zip(now, before, strict=True)):
                return
            before = now


def _source(family: socket.AddressFamily, place: tuple[str, int]) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(place)
            return str(probe.getsockname()[0])
    except OSError:
        return None
