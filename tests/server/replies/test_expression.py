from __future__ import annotations

from fractions import Fraction

import pytest

from app.server.replies.expression import MOST_ITEMS, Item, Malformed, Sign, SumError, evaluate
from app.server.replies.numbers import LARGEST

_SIGNS = {
    "+": Sign.PLUS,
    "-": Sign.MINUS,
    "*": Sign.TIMES,
    "/": Sign.OVER,
    "^": Sign.POWER,
    "%": Sign.PERCENT,
    "(": Sign.OPEN,
    ")": Sign.CLOSE,
}


def items(text: str) -> list[Item]:
    def item(sign: str) -> Item:
        if sign.startswith("root"):
            return Item(Sign.ROOT, sign, Fraction(sign.removeprefix("root")))
        return Item(_SIGNS[sign], sign) if sign in _SIGNS else Item(Sign.NUMBER, sign, Fraction(sign))

    return [item(sign) for sign in text.split()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", "14"),
        ("( 2 + 3 ) * 4", "20"),
        ("10 - 4 - 3", "3"),
        ("10 / 4 / 5", "0.5"),
        ("2 ^ 3 ^ 2", "512"),
        ("- 2 ^ 2", "-4"),
        ("2 ^ - 2", "0.25"),
        ("- 5 * - 3", "15"),
        ("- - 5", "5"),
        ("0.1 + 0.2", "0.3"),
        ("12.5 % * 80", "10"),
        ("80 + 10 %", "88"),
        ("80 - 10 % - 10 %", "64.8"),
        ("5 % + 3 %", "0.08"),
        ("root2 144", "12"),
        ("root2 9 + 16", "19"),
        ("root2 0.25", "0.5"),
        ("root3 27", "3"),
        ("root3 - 27", "-3"),
        ("4 ^ 0.5", "2"),
        ("8 ^ ( 2 / 3 )", "4"),
        ("0 ^ 0", "1"),
        ("0 ^ 5", "0"),
        ("1 / 3 * 3", "1"),
        ("root2 ( 10 ^ -20 )", "1e-10"),
    ],
)
def test_exact(text: str, value: str) -> None:
    assert evaluate(items(text)) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("root2 2", 2**0.5),
        ("2 ^ 0.3", 2**0.3),
        ("1.0001 ^ 10000", 1.0001**10000),
        ("root3 10", 10 ** (1 / 3)),
    ],
)
def test_near(text: str, value: float) -> None:
    assert float(evaluate(items(text))) == pytest.approx(value, rel=1e-9)


def test_what_is_too_small_to_hold_is_not_zero() -> None:
    assert 0 < evaluate(items("0.5 ^ 100000")) < Fraction(1, 10**15)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1 / 0", "divided by zero"),
        ("0 ^ - 1", "divided by zero"),
        ("9 ^ 9 ^ 9", "too large"),
        ("9 ^ 9 ^ 9 ^ 9 ^ 9", "too large"),
        ("1.5 ^ 999999999", "too large"),
        ("0.5 ^ - 999999999", "too large"),
        ("999999999999999 * 999999999999999", "too large"),
        (f"{LARGEST}", "too large"),
        (f"{LARGEST - 1} + 1", "too large"),
        ("root2 - 4", "negative"),
        ("- ( 4 ) + ( - 4 ) ^ 0.5", "negative"),
        ("( - 2 ) ^ 0.123456789", "negative"),
        (" + ".join(["1"] * MOST_ITEMS), "too long"),
        (" ".join(["("] * 5000), "too long"),
    ],
)
def test_refuses_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(SumError, match=part):
        evaluate(items(text))


@pytest.mark.parametrize("text", ["", "+", "1 +", "1 2", "( 1", "1 )", "* 3", "root2", "( )", "% 5", "2 ^"])
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(Malformed):
        evaluate(items(text))


def test_the_deepest_sum_allowed_works() -> None:
    half = MOST_ITEMS // 2 - 1
    assert evaluate(items(" ".join(["("] * half + ["7"] + [")"] * half))) == 7
