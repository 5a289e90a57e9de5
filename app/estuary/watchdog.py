"""Watches for what must not last: a voice that says nothing, a microphone that hears nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

_LOG: Final = logging.getLogger(__name__)

PATIENCE_S: Final = 1.5
"""Seconds that such a state may last before it is mended."""

_TICK_S: Final = 0.25


class Watchdog:
    """Mends each fault that has lasted for `PATIENCE_S`, and logs why.

    Args:
        what: What is watched, for the log: ``speaking but silent``.
        age_s: Returns the seconds for which the fault has lasted; 0.0 while there is none.
        mend: Ends it.
    """

    def __init__(self, what: str, age_s: Callable[[], float], mend: Callable[[], Awaitable[None]]) -> None:
        self._what = what
        self._age_s = age_s
        self._mend = mend
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Watch from now on."""
        self._task = asyncio.create_task(self._watch(), name=f"watchdog: {self._what}")

    async def stop(self) -> None:
        """Watch no more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            age_s = self._age_s()
            if age_s < PATIENCE_S:
                continue
            _LOG.warning("%s for %.1f s: mending it", self._what, age_s)
            try:
                await self._mend()
            except Exception:
                _LOG.exception("%s could not be mended", self._what)
