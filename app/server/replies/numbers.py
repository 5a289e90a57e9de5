"""Numbers as people say and type them, read from words; `numerals` writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from app.server.replies.words import Words, listed

LARGEST = 10**15
"""Magnitude from which a number is no longer worked with or said."""

SMALL = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
"""The words from zero to nineteen."""

TENS = {
    word: 10 * value
    for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
"""The words of the tens from twenty to ninety."""

SOUND_ALIKES = {"to": 2, "too": 2, "for": 4, "fore": 4, "won": 1, "ate": 8}
"""Words that sound like a number; a reader uses them only where nothing but a number can stand."""

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_COUNTED = {"dozen": 12, "couple": 2}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PARTS_PLURAL = {"halves": 2} | {f"{word}s": value for word, value in _PARTS.items() if word != "half"}
_DIGITS = {word: value for word, value in SMALL.items() if value < 10} | {"oh": 0, "o": 0}
_LITERAL = re.compile(r"\d*\.?\d+(?:e[+-]?\d{1,3})?")
_LITERAL_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A number found in words.

    Attributes:
        value: The number.
        end: Index of the first word behind it.
    """

    value: Fraction
    end: int


def read_number(words: Words, start: int) -> Reading | None:
    """Read the longest number that begins at ``start``: figures, words, or both (``2.5 million``).

    Understands ``a hundred and five``, ``two thousand twenty six``, ``one point five``, ``half``,
    ``a quarter``, ``two thirds``, ``two and a half``, ``a dozen``; no sign.
    """
    if (part := _part(words, start)) is not None:
        return part
    whole = _scaled(words, start)
    if whole is None:
        return None
    if whole.value.denominator == 1 and (over := _denominator(words, whole)) is not None:
        return over
    if _at(words, whole.end) == "and" and (part := _parts(words, whole.end + 1)) is not None:
        return Reading(whole.value + part.value, part.end)
    return whole


def read_signed(words: Words, start: int) -> Reading | None:
    """Read a number like `read_number`, with ``minus``, ``negative`` or ``-`` before it."""
    if _at(words, start) not in {"minus", "negative", "-"}:
        return read_number(words, start)
    number = read_number(words, start + 1)
    return None if number is None else Reading(-number.value, number.end)


def _at(words: Words, index: int) -> str:
    return words[index] if index < len(words) else ""


def _part(words: Words, start: int) -> Reading | None:
    """Read ``half``, ``a half``, ``one third``, ``a quarter``."""
    skipped = 1 if _at(words, start) in {"a", "an", "one"} else 0
    word = _at(words, start + skipped)
    if word in _PARTS and (skipped or word == "half" or _at(words, start + 1) == "of"):
        return Reading(Fraction(1, _PARTS[word]), start + skipped + 1)
    return None


def _parts(words: Words, start: int) -> Reading | None:
    """Read ``a half`` or ``three quarters``."""
    if _at(words, start) in SMALL and _at(words, start + 1) in _PARTS_PLURAL:
        return Reading(Fraction(SMALL[words[start]], _PARTS_PLURAL[words[start + 1]]), start + 2)
    return _part(words, start)


def _denominator(words: Words, whole: Reading) -> Reading | None:
    """Read the ``thirds`` of ``two thirds``."""
    parts = _PARTS_PLURAL.get(_at(words, whole.end))
    return None if parts is None else Reading(whole.value / parts, whole.end + 1)


def _scaled(words: Words, start: int) -> Reading | None:
    """Read groups with their scales: ``two million three hundred thousand and five``, ``1.5 million``."""
    total, ceiling, at = Fraction(0), LARGEST, start
    found = False
    while (group := _group(words, at, first=not found)) is not None:
        scale = _SCALES.get(_at(words, group.end), 1)
        if scale >= ceiling or (found and group.value >= ceiling):
            break
        total += group.value * scale
        found, ceiling = True, scale
        at = group.end + (scale > 1)
        if scale == 1:
            break
    return Reading(total, at) if found else None


def _group(words: Words, start: int, *, first: bool) -> Reading | None:
    """Read one group below a scale word: figures, ``a``, or ``nine hundred and ninety nine point five``."""
    at = start
    word = _at(words, at)
    if not first and word == "and":
        at += 1
        word = _at(words, at)
    if word[:1].isdigit() or (word[:1] == "." and len(word) > 1):
        return _literal(words, at) if first else None
    if word == "a" and (count := _COUNTED.get(_at(words, at + 1))) is not None:
        end = at + 2 + (count == 2 and _at(words, at + 2) == "of")
        return Reading(Fraction(count), end)
    if word in {"a", "an"}:
        following = _at(words, at + 1)
        if not first or (following != "hundred" and following not in _SCALES):
            return None
        whole = _hundreds(words, at + 1, Reading(Fraction(1), at + 1))
    elif word == "point" and first:
        return _decimals(words, Reading(Fraction(0), at))
    elif first and (word == "hundred" or word in _SCALES):
        whole = _hundreds(words, at, Reading(Fraction(1), at))
    else:
        below = _below_hundred(words, at)
        if below is None:
            return None
        whole = _hundreds(words, below.end, below)
    return _decimals(words, whole) or whole


def _literal(words: Words, at: int) -> Reading | None:
    word = words[at]
    if _LITERAL.fullmatch(word) is None or len(word) > _LITERAL_DIGITS:
        return None
    value = Fraction(word)
    return Reading(value * 12, at + 2) if _at(words, at + 1) == "dozen" else Reading(value, at + 1)


def _below_hundred(words: Words, at: int) -> Reading | None:
    word = _at(words, at)
    if word in TENS:
        unit = SMALL.get(_at(words, at + 1), 0)
        if 0 < unit < 10:
            return Reading(Fraction(TENS[word] + unit), at + 2)
        return Reading(Fraction(TENS[word]), at + 1)
    if word not in SMALL:
        return None
    if _at(words, at + 1) == "dozen":
        return Reading(Fraction(12 * SMALL[word]), at + 2)
    return Reading(Fraction(SMALL[word]), at + 1)


def _hundreds(words: Words, at: int, head: Reading) -> Reading:
    """Go on behind ``head`` with ``hundred [and] five``, if that follows."""
    if _at(words, at) != "hundred":
        return head
    rest_at = at + 1 + (_at(words, at + 1) == "and")
    rest = _below_hundred(words, rest_at)
    if rest is None or _at(words, rest.end) == "hundred":
        return Reading(head.value * 100, at + 1)
    return Reading(head.value * 100 + rest.value, rest.end)


def _decimals(words: Words, whole: Reading) -> Reading | None:
    """Read ``point one two five`` or ``point fourteen`` behind ``whole``."""
    if _at(words, whole.end) != "point":
        return None
    at, digits = whole.end + 1, ""
    while len(digits) < _LITERAL_DIGITS:
        word = _at(words, at)
        if word in _DIGITS:
            digits += str(_DIGITS[word])
            at += 1
        elif (below := _below_hundred(words, at)) is not None:
            digits += str(below.value)
            at = below.end
        else:
            break
    return Reading(whole.value + Fraction(f"0.{digits}"), at) if digits else None
