"""Whether the other end still answers, and how far behind it is. No I/O: the caller brings the time."""

from __future__ import annotations

from collections import deque
from itertools import count
from typing import Final

IDLE_S: Final = 4.0
"""Seconds between pings on a quiet connection."""

BUSY_S: Final = 0.25
"""Seconds between pings while audio is sent: how finely the age of what is on its way is known."""

DEAD_S: Final = 5.0
"""Seconds without an answer after which the connection is dead. With `IDLE_S` it is found within 9 s."""

STALL_S: Final = 0.5
"""Seconds without an answer after which nothing more is sent; twice the round trip where that is longer."""


class Pulse:
    """Counts pings and their answers.

    A server that has never answered one is not judged by them.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[bytes, float]] = deque()
        self._numbers = count()
        self._last_at = float("-inf")
        self._round_trip_s = 0.0
        self._is_answering = False
        self._rests = False
        self._heard_at = float("-inf")

    @property
    def is_trusted(self) -> bool:
        """Whether the server has answered a ping, so that silence means something."""
        return self._is_answering

    @property
    def round_trip_s(self) -> float:
        """Seconds between a ping and its answer, smoothed; 0 before the first."""
        return self._round_trip_s

    def is_due(self, now: float, *, is_busy: bool) -> bool:
        """Whether to send a ping."""
        return not self._rests and now - self._last_at >= (BUSY_S if is_busy else IDLE_S)

    def ping(self, now: float) -> bytes:
        """Return the token of the ping that is sent now."""
        token = str(next(self._numbers)).encode()
        self._waiting.append((token, now))
        self._last_at = now
        return token

    def heard(self, now: float) -> None:
        """Take note that something came from the other end, so that it lives."""
        self._heard_at = now

    def answered(self, token: bytes, now: float) -> None:
        """Take note of a pong; it answers every ping before its own too."""
        at = dict(self._waiting).get(token)
        if at is None:
            return
        while self._waiting.popleft()[0] != token:
            pass
        is_first = not self._is_answering
        self._round_trip_s += (now - at - self._round_trip_s) * (1.0 if is_first else 0.25)
        self._is_answering = True

    def rest(self) -> None:
        """Expect no answers: the caller reads none until `wake`."""
        self._rests = True
        self._waiting.clear()

    def wake(self) -> None:
        """Expect answers again."""
        self._rests = False

    def is_stalled(self, now: float) -> bool:
        """Whether what is sent now would only wait on its way."""
        return self._behind(now) > self._limit(STALL_S)

    def is_dead(self, now: float) -> bool:
        """Whether the connection has to be given up."""
        return self._behind(now) > self._limit(DEAD_S)

    def next_look(self, now: float) -> float:
        """Return the time at which a quiet connection wants `is_due` and `is_dead` asked again."""
        looks = [now + IDLE_S if self._rests else max(self._last_at + IDLE_S, now)]
        if self._is_answering and self._waiting:
            looks.append(self._since() + self._limit(DEAD_S))
        return min(looks)

    def _limit(self, seconds: float) -> float:
        return max(seconds, 2 * self._round_trip_s)

    def _since(self) -> float:
        return max(self._waiting[0][1], self._heard_at)

    def _behind(self, now: float) -> float:
        return now - self._since() if self._is_answering and self._waiting else 0.0
