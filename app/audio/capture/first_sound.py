"""When a microphone has really begun to hear, and whether it hears nothing at all."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

SILENT_S: Final = 5.0
"""Seconds of nothing but zeros after which a Bluetooth microphone is taken for deaf."""


class Heard(Enum):
    """What a block has shown."""

    NOTHING_NEW = auto()
    FIRST_SOUND = auto()
    ONLY_SILENCE = auto()


class FirstSound:
    """Looks at the blocks of one device, each of them once.

    A Bluetooth headset delivers zeros for up to some seconds before it hears; another microphone hears from
    its first block on, and may be silent, as one with a switch is.

    Args:
        is_bluetooth: Whether zeros mean that nothing is heard yet.
    """

    def __init__(self, *, is_bluetooth: bool) -> None:
        self._is_bluetooth = is_bluetooth
        self._zeros_s = 0.0
        self.is_ready = False
        """Whether what is said is heard."""

    def push(self, pcm: bytes, seconds: float) -> Heard:
        """Take a block; return what it has shown for the first time."""
        if not self._is_bluetooth:
            return self._ready()
        if pcm.strip(b"\0"):
            self._zeros_s = 0.0
            return self._ready()
        before = self._zeros_s
        self._zeros_s += seconds
        return Heard.ONLY_SILENCE if before < SILENT_S <= self._zeros_s else Heard.NOTHING_NEW

    def _ready(self) -> Heard:
        if self.is_ready:
            return Heard.NOTHING_NEW
        self.is_ready = True
        return Heard.FIRST_SOUND
