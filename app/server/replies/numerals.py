"""Numbers written for eye and ear: in figures and in words."""

from __future__ import annotations

from fractions import Fraction

from app.server.replies.numbers import SMALL, TENS


def figures(value: Fraction, digits: int = 6) -> str:
    """Write ``value`` in figures, without float noise: ``-12,345.5``, ``about 3.33333``, ``almost 0``.

    A value that fits in ``digits`` decimals is written in full; any other is rounded to ``digits``
    significant digits, at most six decimals, never before the decimal point, and called ``about``.
    """
    decimals = digits
    if round(value, digits) != value:
        whole_digits = len(str(abs(int(value)))) if abs(value) >= 1 else 0
        decimals = min(6, max(0, digits - whole_digits + _leading_zeros(value)))
    rounded = round(value, decimals)
    if abs(rounded - value) * 20 > abs(value):
        return "almost 0"
    whole, rest = divmod(abs(rounded), 1)
    tail = f"{int(rest * 10**6):06d}".rstrip("0")
    sign = "-" if rounded < 0 else ""
    text = f"{sign}{_grouped(int(whole))}{'.' if tail else ''}{tail}"
    return text if rounded == value else f"about {text}"


def in_words(count: int) -> str:
    """Write a whole number from 0 to 999,999 in words, as in ``one hundred five``."""
    if count >= 1000:
        rest = f" {in_words(count % 1000)}" if count % 1000 else ""
        return f"{in_words(count // 1000)} thousand{rest}"
    if count >= 100:
        rest = f" {in_words(count % 100)}" if count % 100 else ""
        return f"{in_words(count // 100)} hundred{rest}"
    for word, value in reversed((SMALL | TENS).items()):
        if value <= count:
            return word if value == count or count < 20 else f"{word} {in_words(count - value)}"
    raise ValueError(f"{count} is negative")


def _leading_zeros(value: Fraction) -> int:
    """Count the zeros between the decimal point and the first digit that is not zero."""
    zeros = 0
    while value and abs(value) < Fraction(1, 10) and zeros < 6:
        value, zeros = value * 10, zeros + 1
    return zeros


def _grouped(whole: int) -> str:
    return f"{whole:,}" if whole >= 10_000 else str(whole)
