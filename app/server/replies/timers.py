"""The timers that are running, and their ring."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from app.core.errors import UserError
from app.server.replies.durations import said
from app.server.replies.interjection import Announce, Interjection

LONGEST_SECONDS = 24 * 3600
"""The longest timer that can be set."""

MOST_AT_ONCE = 20
"""How many timers one player may have running with one character."""


class TimerError(UserError):
    """A timer cannot be set; the message is a sentence to say."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that runs.

    Attributes:
        number: Names it within its book.
        seconds: How long it was set for.
        due: When it rings, in the time of the event loop.
    """

    number: int
    seconds: float
    due: float

    @property
    def name(self) -> str:
        """What it is called when spoken of: ``ten minute``."""
        return said(round(self.seconds), counted=True)


class TimerBook:
    """Keeps timers per character and player and announces each when it is due.

    A timer belongs to the player, not to a session: it rings on whatever session the player has by then.
    Timers live in this process only; they are not written down and end with the server. They count the
    time of the event loop, which stands still while the computer sleeps on some systems.

    `start`, `remaining` and `cancel` are called on the event loop. The owner calls `close` at the end.

    Args:
        announce: Takes the interjection of each timer that is due.
    """

    def __init__(self, announce: Announce) -> None:
        self._announce = announce
        self._numbers = 0
        self._running: dict[tuple[str, str], dict[int, tuple[Timer, asyncio.TimerHandle]]] = {}

    def start(self, character_id: str, player_id: str, seconds: float) -> Timer:
        """Start a timer that rings in ``seconds``.

        Raises:
            TimerError: It is longer than `LONGEST_SECONDS`, not above zero, or one too many.
        """
        if not seconds > 0:
            raise TimerError("A timer needs some time to run. Say for example: timer for ten minutes.")
        if seconds > LONGEST_SECONDS:
            raise TimerError("That is too long for me. My timers run for at most 24 hours.")
        running = self._running.setdefault((character_id, player_id), {})
        if len(running) >= MOST_AT_ONCE:
            raise TimerError(f"You already have {MOST_AT_ONCE} timers running. Cancel one first.")
        loop = asyncio.get_running_loop()
        self._numbers += 1
        timer = Timer(self._numbers, seconds, loop.time() + seconds)
        handle = loop.call_at(timer.due, self._ring, character_id, player_id, timer)
        running[timer.number] = (timer, handle)
        return timer

    def remaining(self, character_id: str, player_id: str) -> list[tuple[Timer, float]]:
        """Return the running timers with the seconds each has left, the next to ring first."""
        now = asyncio.get_running_loop().time()
        running = self._running.get((character_id, player_id), {})
        timers = sorted((timer for timer, _ in running.values()), key=lambda timer: timer.due)
        return [(timer, max(0.0, timer.due - now)) for timer in timers]

    def cancel(self, character_id: str, player_id: str, *timers: Timer) -> None:
        """Stop ``timers``; one that has rung or was cancelled already is passed over."""
        for timer in timers:
            if (handle := self._forget(character_id, player_id, timer)) is not None:
                handle.cancel()

    def drop(self, character_id: str) -> None:
        """Stop every timer that runs with a character."""
        for character, player_id in [key for key in self._running if key[0] == character_id]:
            self.cancel(character, player_id, *(timer for timer, _ in self.remaining(character, player_id)))

    def close(self) -> None:
        """Stop every timer; nothing is announced any more."""
        for running in self._running.values():
            for _, handle in running.values():
                handle.cancel()
        self._running.clear()

    def _ring(self, character_id: str, player_id: str, timer: Timer) -> None:
        self._forget(character_id, player_id, timer)
        text = f"Your {timer.name} timer is done."
        self._announce(Interjection(character_id, player_id, text, rings=True))

    def _forget(self, character_id: str, player_id: str, timer: Timer) -> asyncio.TimerHandle | None:
        running = self._running.get((character_id, player_id), {})
        _, handle = running.pop(timer.number, (None, None))
        if not running:
            self._running.pop((character_id, player_id), None)
        return handle
