"""Sums as a chain of items, and what they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow
from enum import Enum, auto
from fractions import Fraction

from app.core.errors import UserError
from app.server.replies.numbers import LARGEST

MOST_ITEMS = 80
"""How many items a sum may have; bounds the depth of the recursion too."""

_EXACT_BITS = 4096
_EXACT_ROOT_BELOW = 10**30
_TINY = Fraction(1, 10**30)
_CONTEXT = Context(prec=40, Emax=60, Emin=-60, traps=[DivisionByZero, InvalidOperation, Overflow, Underflow])


class Sign(Enum):
    """What an item of a sum is."""

    NUMBER = auto()
    PLUS = auto()
    MINUS = auto()
    TIMES = auto()
    OVER = auto()
    POWER = auto()
    ROOT = auto()
    PERCENT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sum.

    Attributes:
        sign: What it is.
        said: How it is said when the sum is repeated.
        value: The number, for `Sign.NUMBER`; which root, for `Sign.ROOT`.
    """

    sign: Sign
    said: str
    value: Fraction = Fraction(0)


class SumError(UserError):
    """The sum is understood and has no result that can be said; the message is a sentence to say."""


class Malformed(Exception):  # noqa: N818 - says what the chain is
    """The items are no sum."""


def evaluate(items: list[Item]) -> Fraction:
    """Return what ``items`` come to, by the usual precedence; powers bind to the right.

    Whole powers, sums and products are exact; roots and broken powers are right to about 40 digits. A
    percentage behind plus or minus is taken of what stands before it, as on a pocket calculator.

    Raises:
        Malformed: The items are no sum.
        SumError: Division by zero, a number of `LARGEST` or more, an even root of a negative number, or
            more than `MOST_ITEMS` items.
    """
    if len(items) > MOST_ITEMS:
        raise SumError("That sum is too long for me.")
    reader = _Reader(items)
    result = reader.sum()
    reader.finish()
    return result


@dataclass(frozen=True, slots=True)
class _Operand:
    value: Fraction
    percent: bool = False


class _Reader:
    """Recursive descent over the items: sum, product, factor, power, atom."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._at = 0
        self._depth = 0

    def finish(self) -> None:
        if self._at != len(self._items):
            raise Malformed

    def sum(self) -> Fraction:
        left = self._product()
        while (item := self._take(Sign.PLUS, Sign.MINUS)) is not None:
            right = self._product()
            share = left.value if right.percent and not left.percent else Fraction(1)
            change = right.value * share * (1 if item.sign is Sign.PLUS else -1)
            left = _Operand(_bounded(left.value + change), left.percent and right.percent)
        return left.value

    def _product(self) -> _Operand:
        left = self._factor()
        while (item := self._take(Sign.TIMES, Sign.OVER)) is not None:
            right = self._factor().value
            if item.sign is Sign.OVER:
                if not right:
                    raise SumError("Nothing can be divided by zero.")
                right = 1 / right
            left = _Operand(_bounded(left.value * right))
        return left

    def _factor(self) -> _Operand:
        if (sign := self._take(Sign.MINUS, Sign.PLUS)) is not None:
            operand = self._factor()
            return _Operand(-operand.value if sign.sign is Sign.MINUS else operand.value, operand.percent)
        return self._power()

    def _power(self) -> _Operand:
        base = self._atom()
        if self._take(Sign.POWER) is None:
            return base
        exponent = self._factor()
        return _Operand(_bounded(_raised(base.value, exponent.value)))

    def _atom(self) -> _Operand:
        if (root := self._take(Sign.ROOT)) is not None:
            radicand = self._factor().value
            return _Operand(_rooted(radicand, int(root.value)))
        if self._take(Sign.OPEN) is not None:
            value = self.sum()
            if self._take(Sign.CLOSE) is None:
                raise Malformed
        elif (number := self._take(Sign.NUMBER)) is not None:
            value = _bounded(number.value)
        else:
            raise Malformed
        if self._take(Sign.PERCENT) is not None:
            return _Operand(value / 100, percent=True)
        return _Operand(value)

    def _take(self, *signs: Sign) -> Item | None:
        if self._at < len(self._items) and self._items[self._at].sign in signs:
            self._at += 1
            return self._items[self._at - 1]
        return None


def _bounded(value: Fraction) -> Fraction:
    if abs(value) >= LARGEST:
        raise SumError("That number is too large for me.")
    return value


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    if not base:
        if exponent < 0:
            raise SumError("Nothing can be divided by zero.")
        return Fraction(0 if exponent else 1)
    if exponent.denominator != 1:
        if exponent.denominator > 12:
            return _approximate(lambda: _CONTEXT.power(_decimal(_positive(base)), _decimal(exponent)))
        return _raised(_bounded(_rooted(base, exponent.denominator)), Fraction(exponent.numerator))
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(exponent.numerator) <= _EXACT_BITS:
        return base**exponent.numerator
    return _approximate(lambda: _CONTEXT.power(_decimal(base), _decimal(exponent)))


def _rooted(radicand: Fraction, degree: int) -> Fraction:
    if radicand < 0 and degree % 2:
        return -_rooted(-radicand, degree)
    over, under = (
        _whole_root(part, degree) for part in (_positive(radicand).numerator, radicand.denominator)
    )
    if over is not None and under is not None:
        return Fraction(over, under)
    return _approximate(lambda: _CONTEXT.power(_decimal(radicand), _decimal(Fraction(1, degree))))


def _positive(value: Fraction) -> Fraction:
    if value < 0:
        raise SumError("A negative number has no such root.")
    return value


def _whole_root(value: int, degree: int) -> int | None:
    """Return the root of ``value`` if it is a whole number that can be found exactly."""
    if value >= _EXACT_ROOT_BELOW:
        return None
    root = round(value ** (1 / degree))
    return root if root**degree == value else None


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _approximate(work: Callable[[], Decimal]) -> Fraction:
    """Do ``work`` in decimals; what is too small for them stays different from zero."""
    try:
        return Fraction(work())
    except Overflow as error:
        raise SumError("That number is too large for me.") from error
    except Underflow:
        return _TINY
