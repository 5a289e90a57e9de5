"""The messages that were interrupted: what still comes of them is not played."""

from __future__ import annotations

from collections import deque
from typing import Final

MEMORY: Final = 64
"""Messages that are remembered."""


class Tombstones:
    """Remembers the latest messages that were interrupted."""

    def __init__(self) -> None:
        self._message_ids: deque[str] = deque(maxlen=MEMORY)

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._message_ids

    def add(self, message_id: str) -> None:
        """Note an interrupted message; the oldest of too many is forgotten."""
        self._message_ids.append(message_id)
