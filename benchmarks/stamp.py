"""The time of a call, carried to the server in the audio itself."""

from __future__ import annotations

import time
from typing import Final

_BYTES: Final = 8
NO_STAMP: Final = bytes(_BYTES)
"""In place of a stamp: the frame is not to be timed."""


def stamp() -> bytes:
    """Return the time now. The clock is the machine's: it reads the same in every process."""
    return time.monotonic_ns().to_bytes(_BYTES, "little")


def latency_ms(pcm: bytes, received_ns: int) -> float | None:
    """Return the milliseconds from the stamp at the head of ``pcm``; None if it carries none."""
    head = pcm[:_BYTES]
    return None if head == NO_STAMP else (received_ns - int.from_bytes(head, "little")) / 1e6
