"""Waits for what no event tells of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.estuary.peer_server import PATIENCE_S


async def until(is_so: Callable[[], object]) -> None:
    """Return once it is so; fails after `PATIENCE_S`."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.002)
