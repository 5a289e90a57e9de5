"""Comparison of clients that took turns: what was measured in each round, and the ratios."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence

from app.core.errors import UserError


def turns(names: Sequence[str], round_number: int) -> list[str]:
    """Return who comes when in a round: each round another begins, and every second one runs backwards."""
    shift = round_number % len(names)
    order = [*names[shift:], *names[:shift]]
    return order[::-1] if round_number % 2 else order


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that ``percent`` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


class Comparison:
    """The figures of every contender, round by round."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, name: str, figures: dict[str, float]) -> None:
        """Take what was measured in the contender's turn of this round, figure by figure."""
        for figure, value in figures.items():
            self._figures[figure, name].append(value)

    def median(self, figure: str, name: str) -> float:
        """Return the median of a contender's figure over the rounds."""
        return statistics.median(self._figures[figure, name])

    def ratio(self, figure: str, name: str, other: str) -> float:
        """Return the median over the rounds of ``name``'s figure by ``other``'s of the same round.

        Neighbours in time are compared, so that a machine that is busy for a while slows both.

        Raises:
            UserError: A figure of ``other`` is nothing, so that nothing can be measured against it.
        """
        pairs = list(zip(self._figures[figure, name], self._figures[figure, other], strict=True))
        if any(theirs <= 0 for _, theirs in pairs):
            raise UserError(
                f"{figure} of {other} is lost in the noise. Run it again when the machine is idle."
            )
        return statistics.median(ours / theirs for ours, theirs in pairs)
