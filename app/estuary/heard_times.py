"""When each of the latest messages was heard."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

MEMORY: Final = 64
"""Messages that are remembered."""


@dataclass(slots=True)
class _Times:
    started_at: float | None = None
    completed_at: float | None = None


class HeardTimes:
    """Remembers the ``time.monotonic()`` at which a message's first and last sample left the speaker."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, _Times] = OrderedDict()

    def start(self, message_id: str, at: float) -> None:
        """Note the first sample of a message."""
        self._of(message_id).started_at = at

    def complete(self, message_id: str, at: float) -> None:
        """Note the last sample of a message."""
        self._of(message_id).completed_at = at

    def started_at(self, message_id: str) -> float | None:
        """Return when the first sample was heard; None when none was, or long ago."""
        times = self._times.get(message_id)
        return None if times is None else times.started_at

    def completed_at(self, message_id: str) -> float | None:
        """Return when the last sample was heard; None when it was not, or long ago."""
        times = self._times.get(message_id)
        return None if times is None else times.completed_at

    def _of(self, message_id: str) -> _Times:
        times = self._times.setdefault(message_id, _Times())
        if len(self._times) > MEMORY:
            self._times.popitem(last=False)
        return times
