"""The tail of a push-to-talk turn: what is said just after the release still belongs to it."""

from __future__ import annotations

import asyncio
from typing import Final

TAIL_S: Final = 0.2
"""Seconds still recorded after a release: people let go before they have finished the last word."""


class Tail:
    """Waits out a tail, unless the button is pressed again meanwhile."""

    def __init__(self) -> None:
        self._again: asyncio.Future[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether a tail is being waited out."""
        return self._again is not None

    async def wait(self, seconds: float) -> bool:
        """Wait; return False when the turn goes on because of `cancel`, True when it has ended."""
        again = self._again = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([again], timeout=seconds)
            return not again.done()
        finally:
            self._again = None

    def cancel(self) -> bool:
        """Let the turn go on. Return whether a tail was running."""
        if self._again is None or self._again.done():
            return False
        self._again.set_result(None)
        return True
