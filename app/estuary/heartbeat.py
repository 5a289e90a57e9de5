"""The clock around a link: pings, the search for a dead connection, and pongs while reading rests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from app.estuary.pulse import Pulse
from app.protocol.connection import ClientConnection

if TYPE_CHECKING:
    from app.estuary.wire import Wire

_LATE_LOOP_S: Final = 0.05
"""Patience before a connection is called dead after a stall of the event loop: frames may lie unread."""

_FIRST_PING_S: Final = 0.1
"""Seconds from the open session to the first ping: whoever waited for the session comes first."""

_PONG_MARGIN: Final = 0.25
"""Part of the server's patience that is waited after its ping is due, when the ping itself cannot be read."""

_SILENT: Final = "the server fell silent"


class Heartbeat:
    """Looks after one wire from `start` to `stop`.

    Args:
        protocol: Knows the server's rhythm.
        on_dead: Gets the reason, once, when the connection has to be given up.
        on_answer: Called when the server has answered a ping of ours.
    """

    def __init__(
        self, protocol: ClientConnection, *, on_dead: Callable[[str], None], on_answer: Callable[[], None]
    ) -> None:
        self._protocol = protocol
        self._on_dead = on_dead
        self._on_answer = on_answer
        self._pulse = Pulse()
        self._wire: Wire | None = None
        self._is_resting = False
        self._heard_at = 0.0
        self._ponged_at = 0.0
        self._pongs = -1
        self._look: asyncio.TimerHandle | None = None
        self._pong: asyncio.TimerHandle | None = None

    def start(self, wire: Wire) -> None:
        """Begin: the session is open."""
        self._wire = wire
        self.heard()
        self._look = asyncio.get_running_loop().call_later(_FIRST_PING_S, self._examine)

    def stop(self) -> None:
        """End every timer. May be called when nothing was started."""
        self._wire = None
        self._is_resting = False
        self._cancel_timers()

    def heard(self) -> None:
        """Take note of a frame, after its answer was sent."""
        self._heard_at = _now()
        self._pulse.heard(self._heard_at)
        if self._pongs != self._protocol.pongs:  # at the greeting too: the first ping is counted from there
            self._note_pong()

    def answered(self, token: bytes) -> None:
        """Take note of a pong."""
        now = _now()
        self._pulse.heard(now)
        self._pulse.answered(token, now)
        self._on_answer()

    def beat(self) -> None:
        """Ping, if it is time to while audio is sent."""
        self._ping_if_due(_now(), is_busy=True)

    def is_stalled(self) -> bool:
        """Whether what is sent now would only wait on its way."""
        return self._pulse.is_stalled(_now())

    @property
    def round_trip_s(self) -> float:
        """Seconds to the server and back, smoothed; 0.0 before that is known."""
        return self._pulse.round_trip_s

    def rest(self) -> None:
        """Answer the server's pings unread, when they must have come, until `wake`."""
        if self._wire is None or self._is_resting:
            return
        self._is_resting = True
        self._pulse.rest()
        if self._protocol.ping_interval_s is not None:
            self._pong_later(self._wire)

    def wake(self) -> None:
        """Go by what is read again."""
        if not self._is_resting:
            return
        self._is_resting = False
        self._pulse.wake()
        self.heard()
        self._cancel_timers()
        self._examine()

    def _cancel_timers(self) -> None:
        for timer in (self._look, self._pong):
            if timer is not None:
                timer.cancel()
        self._look = self._pong = None

    def _note_pong(self) -> None:
        self._pongs = self._protocol.pongs
        self._ponged_at = _now()

    def _pong_later(self, wire: Wire) -> None:
        """Answer the ping that comes an interval after the last one was answered."""
        interval = self._protocol.ping_interval_s or 0.0
        patience = (self._protocol.liveness_s or 0.0) - interval
        due = self._ponged_at + interval + patience * _PONG_MARGIN
        self._pong = asyncio.get_running_loop().call_at(due, self._pong_ahead, wire, self._pongs)

    def _pong_ahead(self, wire: Wire, pongs: int) -> None:
        if self._pongs == pongs:  # otherwise a ping was read and answered after all
            wire.put(self._protocol.pong_ahead())
            self._note_pong()
        self._pong_later(wire)

    def _ping_if_due(self, now: float, *, is_busy: bool) -> None:
        if self._wire is not None and self._pulse.is_due(now, is_busy=is_busy):
            self._wire.ping(self._pulse.ping(now))

    def _examine(self, *, is_sure: bool = False) -> None:
        now = _now()
        if not self._is_dead(now):
            self._ping_if_due(now, is_busy=False)
            if self._is_resting and self._wire is not None:
                self._wire.ping(b"")  # no answer is read, but writing finds out that the server is gone
            self._look = asyncio.get_running_loop().call_at(self._next_look(now), self._examine)
        elif not is_sure:
            look = partial(self._examine, is_sure=True)
            self._look = asyncio.get_running_loop().call_later(_LATE_LOOP_S, look)
        else:
            self._on_dead(_SILENT)

    def _is_dead(self, now: float) -> bool:
        if self._is_resting:  # it cannot be heard
            return False
        limit = self._protocol.liveness_s
        return self._pulse.is_dead(now) or (limit is not None and now >= self._heard_at + limit)

    def _next_look(self, now: float) -> float:
        looks = [self._pulse.next_look(now)]
        if self._protocol.liveness_s is not None and not self._is_resting:
            looks.append(self._heard_at + self._protocol.liveness_s)
        return max(min(looks), now + _LATE_LOOP_S)


def _now() -> float:
    return asyncio.get_running_loop().time()
