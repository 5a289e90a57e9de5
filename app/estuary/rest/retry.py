"""Whether a request that failed is made again, and when."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final

from app.estuary.reconnect import Backoff
from app.estuary.rest.answer import Answer
from app.estuary.rest.no_answer import NoAnswer
from app.estuary.rest.request import Request

PASSING: Final = frozenset({500, 502, 503, 504})
"""The statuses after which the same request may succeed."""

MOST: Final = 3
"""How often a request is made again."""

_BACKOFF: Final = Backoff(base_s=0.5, cap_s=8.0, attempts=MOST)


@dataclass(frozen=True, slots=True)
class Retry:
    """When to ask again: soon, at random, and only what does no harm when it is asked twice.

    Attributes:
        backoff: The longest waits and the number of further attempts.
    """

    backoff: Backoff = _BACKOFF

    def delay(
        self, request: Request, outcome: Answer | NoAnswer, attempt: int, fraction: float
    ) -> float | None:
        """Return the seconds to wait before asking again; None to leave it at ``outcome``.

        Args:
            request: What was asked.
            outcome: What came of it, other than success.
            attempt: How often it was asked so far.
            fraction: A random number from 0 to 1.
        """
        if not request.is_idempotent or attempt > self.backoff.attempts:
            return None
        if isinstance(outcome, NoAnswer):
            return self.backoff.delay(attempt, fraction) if outcome.is_passing else None
        if outcome.status not in PASSING:
            return None
        asked_for = min(seconds_of(outcome.retry_after), self.backoff.cap_s)
        return max(self.backoff.delay(attempt, fraction), asked_for)


def seconds_of(retry_after: str | None, now: float | None = None) -> float:
    """Return the seconds that a ``Retry-After`` header asks for: a number or a date; 0 if it is neither.

    Args:
        retry_after: The header; None without one.
        now: Seconds since the epoch; the present by default.
    """
    if retry_after is None:
        return 0.0
    seconds_or_date = retry_after.strip()
    if seconds_or_date.isdecimal():
        return float(seconds_or_date)
    from email.utils import parsedate_to_datetime

    try:
        then = parsedate_to_datetime(retry_after).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    seconds = then - (time.time() if now is None else now)
    return max(0.0, seconds) if math.isfinite(seconds) else 0.0
