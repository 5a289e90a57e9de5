"""What waits to be sent while the network takes nothing. No I/O: the caller brings the time."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """A frame that waits.

    Attributes:
        frame: What is to be sent.
        since: When it was put here, in the caller's seconds.
        audio_s: Length in seconds of the audio in it that may grow too old; 0 for what is always sent.
    """

    frame: str
    since: float
    audio_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AudioDropped:
    """Microphone audio that was too old to be sent.

    Attributes:
        frames: How many frames.
        seconds: How much audio.
    """

    frames: int
    seconds: float


class Outbox:
    """Keeps frames in order; perishable audio goes when it is older than the limit, the oldest first.

    Args:
        age_limit_s: Longest wait in seconds of perishable audio.
    """

    def __init__(self, age_limit_s: float) -> None:
        self._age_limit_s = age_limit_s
        self._waiting: deque[Waiting] = deque()
        self._frames = 0
        self._seconds = 0.0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, frame: str, now: float, audio_s: float = 0.0) -> None:
        """Keep a frame; with ``audio_s`` it is perishable audio of that many seconds."""
        self._waiting.append(Waiting(frame, now, audio_s))
        self._expire(now)

    def take(self, now: float) -> list[str]:
        """Return everything that is still wanted, in order, and keep nothing."""
        self._expire(now)
        taken = [waiting.frame for waiting in self._waiting]
        self._waiting.clear()
        return taken

    def dropped(self) -> AudioDropped | None:
        """Return what was dropped since this was last asked; None for nothing."""
        if not self._frames:
            return None
        dropped = AudioDropped(self._frames, round(self._seconds, 3))
        self._frames, self._seconds = 0, 0.0
        return dropped

    def _expire(self, now: float) -> None:
        def is_old(waiting: Waiting) -> bool:
            return waiting.audio_s > 0 and now - waiting.since > self._age_limit_s

        first = next((waiting for waiting in self._waiting if waiting.audio_s > 0), None)
        if first is None or not is_old(first):
            return
        self._frames += sum(map(is_old, self._waiting))
        self._seconds += sum(waiting.audio_s for waiting in self._waiting if is_old(waiting))
        self._waiting = deque(waiting for waiting in self._waiting if not is_old(waiting))
