"""Marks: the ids a client gives to what the person says, laid along the audio it sends. Without I/O."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The id of an utterance, and what has become of it.

    Attributes:
        turn_id: The id.
        turns: How many turns, one after the other, have ended in it; infinite when nothing of it is left.
    """

    turn_id: str
    turns: float = 0


class Marks:
    """Knows under which ids the turn that is being heard will be taken.

    A client and this server may disagree where an utterance ends. Then one turn has several ids, or several
    turns have the same.
    """

    def __init__(self) -> None:
        self._open: tuple[Mark, ...] = ()
        self._is_used = False

    def begin(self, mark: Mark, *, is_in_turn: bool) -> None:
        """An utterance begins; while a turn is open, it goes on in it."""
        belongs_to_turn = is_in_turn and not self._is_used
        self._open = (*self._open, mark) if belongs_to_turn else (mark,)
        self._is_used = False

    def end_turn(self, *, is_over: bool) -> tuple[Mark, ...]:
        """Return the marks of the turn that ends; ``is_over`` when nothing of its utterances is left."""
        self._is_used = True
        self._open = tuple(Mark(mark.turn_id, math.inf if is_over else mark.turns + 1) for mark in self._open)
        return self._open
