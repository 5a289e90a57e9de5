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
"""Least seconds between two looks: by so much a fault may be mended late."""


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
        self._timer: asyncio.TimerHandle | None = None
        self._mending: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Watch from now on."""
        self._look()

    async def stop(self) -> None:
        """Watch no more."""
        mending, self._mending = self._mending, None
        if mending is not None:
            mending.cancel()
            await asyncio.gather(mending, return_exceptions=True)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        age_s = self._age_s()
        if age_s >= PATIENCE_S:
            self._mending = asyncio.create_task(self._mended(age_s), name=f"watchdog: {self._what}")
        else:  # what begins now is not due before its time is up: a session at rest is left asleep
            self._look_in(max(PATIENCE_S - age_s, _TICK_S))

    def _look_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    async def _mended(self, age_s: float) -> None:
        _LOG.warning("%s for %.1f s: mending it", self._what, age_s)
        try:
            await self._mend()
        except Exception:
            _LOG.exception("%s could not be mended", self._what)
        self._look_in(_TICK_S)
