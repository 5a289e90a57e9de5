"""Words and signs of a sum, read as items."""

from __future__ import annotations

from fractions import Fraction

from app.server.replies.expression import Item, Sign
from app.server.replies.numbers import SOUND_ALIKES, read_number
from app.server.replies.numerals import figures
from app.server.replies.words import Words, listed, vocabulary

_PLUS, _MINUS = Item(Sign.PLUS, "plus"), Item(Sign.MINUS, "minus")
_TIMES, _OVER = Item(Sign.TIMES, "times"), Item(Sign.OVER, "divided by")
_OF = Item(Sign.TIMES, "of")
_POWER = Item(Sign.POWER, "to the power of")
_PERCENT = Item(Sign.PERCENT, "percent")
_SQUARE_ROOT = Item(Sign.ROOT, "the square root of", Fraction(2))
_CUBE_ROOT = Item(Sign.ROOT, "the cube root of", Fraction(3))
_OPEN, _CLOSE = Item(Sign.OPEN, "("), Item(Sign.CLOSE, ")")


def _number(value: Fraction) -> Item:
    return Item(Sign.NUMBER, figures(value), value)


def _times(value: int) -> list[Item]:
    return [_number(Fraction(value)), _TIMES]


_PHRASES: dict[Words, list[Item]] = {
    listed(phrase): items
    for phrases, items in (
        ("+|plus|added to|and add|increased by", [_PLUS]),
        ("-|minus|negative|less|reduced by|decreased by|take away", [_MINUS]),
        ("*|x|times|time|multiplied by|multiplied with|multiply by|multiplied", [_TIMES]),
        ("/|over|divided by|divided|divide by|divided into", [_OVER]),
        (
            "^|**|to the power of|to the power|to power of|power of|raised to the power of|raised to",
            [_POWER],
        ),
        ("%|percent|per cent|percents|percentage", [_PERCENT]),
        ("square root of|square root|squared root of|root of|√|sqrt|square roots of", [_SQUARE_ROOT]),
        ("cube root of|cubic root of|third root of", [_CUBE_ROOT]),
        ("squared", [Item(Sign.POWER, "squared"), Item(Sign.NUMBER, "", Fraction(2))]),
        ("cubed", [Item(Sign.POWER, "cubed"), Item(Sign.NUMBER, "", Fraction(3))]),
        ("twice|double|doubled", _times(2)),
        ("triple|thrice", _times(3)),
        ("(|open bracket|open parenthesis", [_OPEN]),
        (")|close bracket|close parenthesis|closed bracket", [_CLOSE]),
    )
    for phrase in phrases.split("|")
}
_LONGEST = max(map(len, _PHRASES))
_PASSED_OVER = vocabulary("the a an of um uh er please")
_ORDINALS = {
    word: value
    for value, word in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), start=1
    )
}


def read_items(words: Words, start: int = 0) -> tuple[list[Item], int]:
    """Read items of a sum from ``start`` up to the first word that has no place in one.

    Small words are passed over, ``of`` behind a percentage or a fraction is a product.

    Returns:
        The items and the index of the word at which reading ended. Whether the items make a sum is for
        `evaluate` to find out.
    """
    items: list[Item] = []
    at = start
    while at < len(words):
        step = _number_at(words, at, items) or _phrase_at(words, at, items) or _homophone_at(words, at, items)
        if step is not None:
            more, at = step
            items += more
        elif words[at] in _PASSED_OVER:
            items += _implied(items) if words[at] == "of" else []
            at += 1
        else:
            break
    return items, at


def _number_at(words: Words, at: int, items: list[Item]) -> tuple[list[Item], int] | None:
    number = read_number(words, at)
    if number is None:
        return None
    value = number.value
    broken = value.denominator != 1 and all(
        word.isalpha() and word != "point" for word in words[at : number.end]
    )
    item = Item(Sign.NUMBER, " ".join(words[at : number.end]), value) if broken else _number(value)
    return [*_implied(items), item], number.end


def _phrase_at(words: Words, at: int, items: list[Item]) -> tuple[list[Item], int] | None:
    if (ordinal := _ordinal_power(words, at)) is not None:
        return ordinal
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        found = _PHRASES.get(words[at : at + length])
        if found is not None:
            if not items and found[0] is _POWER and words[at] == "to":
                return [
                    _number(Fraction(2)),
                    _POWER,
                ], at + length  # "two to the power" heard as "to the power"
            opens = found[0].sign in {Sign.OPEN, Sign.ROOT, Sign.NUMBER}
            implied = _implied(items, bracket=found[0] is _OPEN) if opens else []
            return [*implied, *found], at + length
    return None


def _ordinal_power(words: Words, at: int) -> tuple[list[Item], int] | None:
    """Read ``to the fifth [power]`` and ``to the minus`` before a number."""
    if words[at : at + 2] != ("to", "the") or at + 2 >= len(words):
        return None
    value = _ORDINALS.get(words[at + 2]) or _figured(words[at + 2])
    if words[at + 2] in {"minus", "negative", "-"} or read_number(words, at + 2) is not None:
        return [_POWER], at + 2
    if value is None:
        return None
    end = at + 3 + (words[at + 3 : at + 4] == ("power",))
    return [_POWER, _number(Fraction(value))], end


def _figured(word: str) -> int | None:
    digits = word[:-2]
    return (
        int(digits)
        if word[-2:] in {"st", "nd", "rd", "th"} and digits.isdecimal() and len(digits) < 4
        else None
    )


def _homophone_at(words: Words, at: int, items: list[Item]) -> tuple[list[Item], int] | None:
    """Read ``to`` as two where only a number can stand: at the edge or between two signs."""
    value = SOUND_ALIKES.get(words[at])
    after_sign = not items or items[-1].sign not in {Sign.NUMBER, Sign.CLOSE, Sign.PERCENT}
    if value is None or not after_sign:
        return None
    return [_number(Fraction(value))], at + 1


def _implied(items: list[Item], *, bracket: bool = False) -> list[Item]:
    """Return the product left unsaid, as in ``ten percent [of] eighty`` and ``2(3+4)``."""
    if not items:
        return []
    last = items[-1]
    if bracket and last.sign in {Sign.NUMBER, Sign.CLOSE}:
        return [_TIMES]
    share = last.sign is Sign.PERCENT or (last.sign is Sign.NUMBER and 0 < last.value < 1)
    return [_OF] if share else []
