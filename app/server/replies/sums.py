"""Sums: what plus, minus, times, percent and their kin come to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.server.replies.expression import Item, Malformed, Sign, SumError, evaluate
from app.server.replies.numbers import read_number
from app.server.replies.numerals import figures
from app.server.replies.replier import Prompt
from app.server.replies.sum_words import read_items
from app.server.replies.words import Words, find, listed, vocabulary

_WORKING = frozenset({Sign.PLUS, Sign.MINUS, Sign.TIMES, Sign.OVER, Sign.POWER, Sign.ROOT})
_CLAUSE = vocabulary("= is are was what how equals equal does makes make and so then")
_REPEATED_ITEMS = 15
_PLUS, _MINUS = Item(Sign.PLUS, "plus"), Item(Sign.MINUS, "minus")
_TIMES, _OVER = Item(Sign.TIMES, "times"), Item(Sign.OVER, "divided by")
_OPEN, _CLOSE = Item(Sign.OPEN, "("), Item(Sign.CLOSE, ")")


@dataclass(frozen=True, slots=True)
class _Form:
    """A way of asking that names the operation first: ``subtract five from ten``.

    Attributes:
        opening: The words before the first number.
        links: The words that may stand between the numbers.
        sign: The operation.
        swapped_by: The links behind which the second number comes first in the sum.
    """

    opening: str
    links: Words
    sign: Item
    swapped_by: Words = ()


_FORMS = (
    _Form("sum of", ("and", "plus"), _PLUS),
    _Form("add", ("to", "and", "with"), _PLUS, ("to",)),
    _Form("product of", ("and", "by"), _TIMES),
    _Form("multiply", ("by", "with", "and"), _TIMES),
    _Form("difference between", ("and",), _MINUS),
    _Form("difference of", ("and",), _MINUS),
    _Form("subtract", ("from",), _MINUS, ("from",)),
    _Form("take", ("from", "off"), _MINUS, ("from", "off")),
    _Form("quotient of", ("and",), _OVER),
    _Form("divide", ("by", "with"), _OVER),
)
_POWERS = {"square of": ("squared", 2), "cube of": ("cubed", 3)}


class Sums:
    """Does sums, spoken or typed, and repeats what it understood."""

    def answer(self, _prompt: Prompt, words: Words, /) -> str | None:
        """Answer a sum; one without a result gets a sentence that says why."""
        try:
            if (share := _share(words)) is not None:
                return share
            for items in (_named_first(words), _chain(words)):
                if items:
                    return _result(items)
        except SumError as refusal:
            return str(refusal)
        except Malformed:
            pass
        return None


def _result(items: list[Item]) -> str:
    value = figures(evaluate(items))
    if len(items) > _REPEATED_ITEMS:
        return f"That makes {value}."
    said = " ".join(item.said for item in items if item.said).replace("( ", "(").replace(" )", ")")
    return f"{said[0].upper()}{said[1:]} is {value}."


def _chain(words: Words) -> list[Item] | None:
    """Find a sum written in order: ``three plus four``, ``3*(4+5)``."""
    at = 0
    while at < len(words):
        items, end = read_items(words, at)
        if _works(items):
            return items if not _has_numbers(words, end) else None
        if read_number(words, at) is not None and end < len(words) and words[end] not in _CLAUSE:
            return None
        at = max(at + 1, end)
    return None


def _works(items: list[Item]) -> bool:
    """Tell whether ``items`` hold an operation, more than the sign of a number."""
    if not items or items[0].sign in {Sign.PLUS, Sign.TIMES, Sign.OVER}:
        return False
    rest = items[1:] if items[0].sign is Sign.MINUS else items
    return any(item.sign in _WORKING for item in rest)


def _has_numbers(words: Words, start: int) -> bool:
    """Tell whether a number follows that the sum leaves out; behind ``=`` it is a guess at the result."""
    if start < len(words) and words[start] in {"=", "equals", "equal", "is"}:
        return False
    return any(read_number(words, at) is not None for at in range(start, len(words)))


def _named_first(words: Words) -> list[Item] | None:
    for opening, (said, exponent) in _POWERS.items():
        if (at := find(words, opening)) >= 0:
            items, _ = read_items(words, at + 2)
            power = [Item(Sign.POWER, said), Item(Sign.NUMBER, "", Fraction(exponent))]
            return [*_grouped(items), *power] if items else None
    if (discount := _discount(words)) is not None:
        return discount
    for form in _FORMS:
        at = find(words, form.opening)
        if at >= 0 and (formed := _formed(form, words, at + len(listed(form.opening)))) is not None:
            return formed
    return None


def _discount(words: Words) -> list[Item] | None:
    """Read ``twenty percent off eighty``."""
    at = find(words, "off")
    share = next((items for start in range(max(0, at)) if (items := _all_of(words[start:at]))), None)
    if share is None or share[-1].sign is not Sign.PERCENT:
        return None
    whole, end = read_items(words, at + 1)
    return [*whole, _MINUS, *share] if len(whole) == 1 and not _has_numbers(words, end) else None


def _all_of(words: Words) -> list[Item] | None:
    items, end = read_items(words)
    return items if end == len(words) else None


def _formed(form: _Form, words: Words, at: int) -> list[Item] | None:
    """Read the numbers of ``form`` from ``at`` and put them in order."""
    items, at = read_items(words, at)
    if not items or not any(link in words[at : at + 1] for link in form.links):
        return None
    result = _grouped(items)
    while at < len(words) and words[at] in form.links:
        link = words[at]
        items, at = read_items(words, at + 1)
        if not items:
            return None
        more = _grouped(items)
        result = [*more, form.sign, *result] if link in form.swapped_by else [*result, form.sign, *more]
    return result if not _has_numbers(words, at) else None


def _grouped(items: list[Item]) -> list[Item]:
    simple = len(items) == 1 or items[-1].sign is Sign.PERCENT
    return items if simple else [_OPEN, *items, _CLOSE]


def _share(words: Words) -> str | None:
    """Answer ``what percent of eighty is twenty`` and ``twenty is what percent of eighty``."""
    if max(find(words, "what percent"), find(words, "what percentage")) < 0:
        return None
    numbers: list[tuple[int, Fraction]] = []
    at = 0
    while at < len(words):
        number = read_number(words, at)
        if number is not None:
            numbers.append((at, number.value))
        at = at + 1 if number is None else number.end
    if len(numbers) != 2:
        return None
    (first_at, first), (_, second) = numbers
    whole, part = (first, second) if words[first_at - 1] == "of" else (second, first)
    if not whole:
        raise SumError("Nothing can be divided by zero.")
    return f"{figures(part)} is {figures(part / whole * 100)} percent of {figures(whole)}."
