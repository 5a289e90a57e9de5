"""Amounts of a unit named in words: ``ten kilometers``, ``five feet two inches``, ``celsius``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from app.server.replies.numbers import read_number, read_signed
from app.server.replies.numerals import figures
from app.server.replies.units import FOOT, INCH, Unit, unit_at
from app.server.replies.words import Words, vocabulary

_SHORTEST = vocabulary("in m g t l h d s c f k ms ml")
_TARGET_LINKS = vocabulary("in to into as and")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit named in words, with its amount where one is given.

    Attributes:
        units: The units that can be meant.
        amount: How many; None for the unit alone.
        start: Index of the first word.
        end: Index behind the last word.
        said: How an amount of two parts is said: ``5 feet 2 inches``; empty for any other.
    """

    units: tuple[Unit, ...]
    amount: Fraction | None
    start: int
    end: int
    said: str = ""


def find_measures(words: Words) -> list[Measure]:
    """Find every unit in ``words``, in order, parts of one measure joined if a further unit is there."""
    found: list[Measure] = []
    at = 0
    while at < len(words):
        measure = _measure_at(words, at)
        if measure is not None:
            found.append(measure)
        at = at + 1 if measure is None else measure.end
    return _joined(found)


def said(amount: Fraction, unit: Unit, digits: int = 6) -> str:
    """Say ``amount`` of ``unit``, with up to ``digits`` digits: ``about 6.214 miles``."""
    text = figures(amount, digits)
    return f"{text} {unit.one if text in {'1', 'about 1'} else unit.many}"


def _measure_at(words: Words, at: int) -> Measure | None:
    number = read_signed(words, at)
    if number is not None:
        unit_start = number.end
        while words[unit_start : unit_start + 1] in {("of",), ("a",), ("an",)}:
            unit_start += 1
        if (unit := unit_at(words, unit_start)) is None:
            return None
        return _with_inches(words, Measure(unit[0], number.value, at, unit[1]))
    if words[at] in {"a", "an"} and (unit := unit_at(words, at + 1)) is not None:
        return None if _is_loose(words, at + 1, unit[1]) else Measure(unit[0], Fraction(1), at, unit[1])
    unit = unit_at(words, at)
    if unit is None or _is_loose(words, at, unit[1]):
        return None
    return Measure(unit[0], None, at, unit[1])


def _is_loose(words: Words, at: int, end: int) -> bool:
    """Tell whether a one-letter name without an amount is no unit: it is one only last, behind ``to``."""
    if end - at > 1 or words[at] not in _SHORTEST:
        return False
    return end != len(words) or at == 0 or words[at - 1] not in _TARGET_LINKS or words[at] == "in"


def _with_inches(words: Words, feet: Measure) -> Measure:
    """Add the ``two`` of ``six foot two`` to ``feet``."""
    inches = read_number(words, feet.end)
    if feet.amount is None or feet.units[0] is not FOOT or inches is None or inches.value >= 12:
        return feet
    if unit_at(words, inches.end) is not None and words[inches.end] != "in":
        return feet
    return _sum(feet, Measure((INCH,), inches.value, feet.end, inches.end))


def _joined(measures: list[Measure]) -> list[Measure]:
    """Join the first two neighbours that make one amount, such as ``five feet`` and ``two inches``."""
    if len(measures) < 3:
        return measures
    for at, (large, small) in enumerate(pairwise(measures)):
        if large.amount is None or small.amount is None or small.start - large.end > 1:
            continue
        one, other = large.units[0], small.units[0]
        if one.dimension is other.dimension and other.factor < one.factor:
            return [*measures[:at], _sum(large, small), *measures[at + 2 :]]
    return measures


def _sum(large: Measure, small: Measure) -> Measure:
    """Return ``small`` added to ``large``, both with an amount."""
    one, other = large.units[0], small.units[0]
    first, second = large.amount or Fraction(0), small.amount or Fraction(0)
    both = first + second * other.factor / one.factor
    return Measure((one,), both, large.start, small.end, f"{said(first, one)} {said(second, other)}")
