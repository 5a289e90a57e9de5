"""The turns that were taken, so that one which a client repeats after a lost connection is not taken twice.

In memory only, bounded, and without I/O: a client repeats itself within seconds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.protocol.message import Message
from app.server.mark import Mark
from app.server.wording import Wording

MOST_TURNS: Final = 64
"""Turn ids that are remembered per player."""

MOST_PLAYERS: Final = 256
"""Players whose turns are remembered."""

_MOST_OF_ONE: Final = 8
"""Turns that are remembered of one utterance."""


@dataclass(slots=True, eq=False)
class Turn:
    """What the person said, and what is answered.

    Attributes:
        heard: The words that were recognised; empty for a typed turn, whose words the client knows.
        wording: The answer.
        session_id: The session that was told last: it took the turn, or it was told about it again.
        errand: What the client is asked for besides; None for nothing.
    """

    heard: str
    wording: Wording
    session_id: str
    errand: Message | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken under one id.

    Attributes:
        turns: The turns, in order: an utterance with a pause in it may have become more than one.
        mark: The id, and how many turns have ended under it, with words or without.
    """

    turns: tuple[Turn, ...]
    mark: Mark


class TurnLog:
    """The turns of one player with one character, the last `MOST_TURNS` of them."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, Taken] = OrderedDict()

    def taken(self, turn_id: str) -> Taken | None:
        """Return what was taken under this id; None when nothing was, or long ago."""
        return self._taken.get(turn_id)

    def take(self, turn: Turn, marks: Iterable[Mark]) -> None:
        """Remember a turn under the ids its client gave it."""
        for mark in marks:
            before = self._taken.pop(mark.turn_id, None)
            turns = (turn,) if before is None else (*before.turns[1 - _MOST_OF_ONE :], turn)
            self._taken[mark.turn_id] = Taken(turns, mark)
        while len(self._taken) > MOST_TURNS:
            self._taken.popitem(last=False)

    def clear(self) -> None:
        """Forget every turn."""
        self._taken.clear()


class TurnBook:
    """The logs of the last `MOST_PLAYERS` players; they outlive every session."""

    def __init__(self) -> None:
        self._logs: OrderedDict[tuple[str, str], TurnLog] = OrderedDict()

    def log(self, player: tuple[str, str]) -> TurnLog:
        """Return the log of a player: character id and player id."""
        log = self._logs.setdefault(player, TurnLog())
        self._logs.move_to_end(player)
        if len(self._logs) > MOST_PLAYERS:
            self._logs.popitem(last=False)
        return log

    def forget(self, character_id: str, player_id: str | None = None) -> None:
        """Forget what was said to a character, by one player or by everybody."""
        for key in list(self._logs):
            if key[0] == character_id and player_id in {None, key[1]}:
                self._logs.pop(key).clear()
