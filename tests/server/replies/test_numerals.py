from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.replies.numerals import figures, in_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("7", "7"),
        ("-7", "-7"),
        ("0.3", "0.3"),
        ("1/3", "about 0.333333"),
        ("10/3", "about 3.33333"),
        ("-10/3", "about -3.33333"),
        ("1.000001", "1.000001"),
        ("12345.5", "12,345.5"),
        ("1234", "1234"),
        ("1099511627776", "1,099,511,627,776"),
        ("99999999/100000000", "about 1"),
        ("123456789.123456789", "about 123,456,789"),
        ("0.0000123", "about 0.000012"),
        ("1e-9", "almost 0"),
        ("6.2e-7", "almost 0"),
    ],
)
def test_figures(value: str, text: str) -> None:
    assert figures(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.609344", "about 1.609"), ("1.524", "1.524"), ("14935/3", "about 4978"), ("1/3", "about 0.3333")],
)
def test_fewer_digits(value: str, text: str) -> None:
    assert figures(Fraction(value), 4) == text


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_figures_are_plain_and_near(value: Fraction) -> None:
    text = figures(value).removeprefix("about ")
    assert "e" not in text.replace("almost", "")
    if text != "almost 0":
        shown = Fraction(text.replace(",", ""))
        assert abs(shown - value) <= abs(value) / 20
        assert len(text.partition(".")[2]) <= 6


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "zero"),
        (12, "twelve"),
        (45, "forty five"),
        (105, "one hundred five"),
        (2026, "two thousand twenty six"),
    ],
)
def test_in_words(count: int, text: str) -> None:
    assert in_words(count) == text


def test_a_negative_count_has_no_words() -> None:
    with pytest.raises(ValueError, match="negative"):
        in_words(-1)
