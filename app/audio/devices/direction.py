"""Which way sound goes through a device."""

from __future__ import annotations

from enum import Enum


class Direction(Enum):
    """What a device does; the value is what a person calls it."""

    INPUT = "microphone"
    OUTPUT = "speaker"

    @property
    def side(self) -> str:
        """What the system's sound settings call it."""
        return "input" if self is Direction.INPUT else "output"
