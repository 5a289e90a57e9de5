"""Conversions: how many miles ten kilometers are."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from app.server.replies.measures import Measure, find_measures, said
from app.server.replies.numbers import LARGEST, SOUND_ALIKES
from app.server.replies.replier import Prompt
from app.server.replies.units import Dimension, Unit, convert
from app.server.replies.words import Words, find, has

_HOW_MANY = ("how many", "how much")
_VERBS = ("convert", "converted", "change", "turn", "express", "translate")
_LINKS = frozenset(
    {"in", "to", "into", "as", "and", "is", "are", "equals", "=", "two", "too", "many", "much"}
)
_DIGITS = 4
_DIGITS_OF_TEMPERATURE = 3


class Conversions:
    """Converts between units of one dimension."""

    def answer(self, _prompt: Prompt, words: Words, /) -> str | None:
        """Answer what names an amount and another unit for it."""
        pair = _source_and_target(words)
        if pair is None:
            return None
        source, target = pair
        units = _matching(source, target)
        if units is not None:
            return _converted(source, *units) if units[0] is not units[1] else None
        if has(words, *_HOW_MANY, *_VERBS):
            what, into = source.units[0].dimension.value, target.units[0].dimension.value
            return f"I cannot turn {what} into {into}."
        return None


def _source_and_target(words: Words) -> tuple[Measure, Measure] | None:
    """Find which of two measures is given and which is wanted."""
    measures = find_measures(words)
    if len(measures) != 2:
        return None
    first, second = measures
    if any(find(words, ask) + 2 == first.start for ask in _HOW_MANY if find(words, ask) >= 0):
        return (_heard_amount(words, second), first) if first.amount is None else None
    if first.amount is None and second.amount is not None:
        return (second, first) if has(words, *_HOW_MANY, *_VERBS) else None
    linked = second.start == first.end or words[second.start - 1] in _LINKS
    if second.amount is None:
        return (first, second) if linked or has(words, *_VERBS) else None
    return (first, second) if _is_loose_target(words, first, second) else None


def _is_loose_target(words: Words, first: Measure, second: Measure) -> bool:
    """Tell whether ``second`` has its amount by mishearing: ``five feet two meters``, ``in a mile``."""
    if words[second.start] == "two" and second.end - second.start == 2:
        return second.start == first.end and has(words, "convert", "what", "how", "change", "turn")
    return words[second.start] in {"a", "an"} and words[second.start - 1] in {"in", "to", "into"}


def _heard_amount(words: Words, source: Measure) -> Measure:
    """Read ``into pounds`` behind ``how many`` as ``in two pounds``: the number was lost in a sound-alike."""
    before = words[source.start - 1]
    amount = 2 if before == "into" else SOUND_ALIKES.get(before)
    plural = words[source.end - 1] == source.units[0].many.split()[-1] != source.units[0].one.split()[-1]
    if source.amount is not None or amount is None or not plural:
        return source
    return Measure(source.units, Fraction(amount), source.start, source.end)


def _matching(source: Measure, target: Measure) -> tuple[Unit, Unit] | None:
    """Choose the units meant: of one dimension, and different if that is possible."""
    pairs = [pair for pair in product(source.units, target.units) if pair[0].dimension is pair[1].dimension]
    pairs.sort(key=lambda pair: pair[0] is pair[1])
    return pairs[0] if pairs else None


def _converted(measure: Measure, source: Unit, target: Unit) -> str:
    amount = Fraction(1) if measure.amount is None else measure.amount
    result = convert(amount, source, target)
    if max(abs(amount), abs(result)) >= LARGEST:
        return "That number is too large for me."
    digits = _DIGITS
    if source.dimension is Dimension.TEMPERATURE:
        digits = _DIGITS_OF_TEMPERATURE
        if amount * source.factor + source.offset < 0:
            return "Nothing can be that cold. Absolute zero is -273.15 degrees Celsius."
    given = measure.said or said(amount, source)
    return f"{given[0].upper()}{given[1:]} is {said(result, target, digits)}."
