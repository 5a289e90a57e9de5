from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.replies.numbers import read_number, read_signed
from app.server.replies.numerals import in_words
from app.server.replies.words import listed, words_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", "0"),
        ("nineteen", "19"),
        ("twenty five", "25"),
        ("Twenty-five", "25"),
        ("a hundred and five", "105"),
        ("one hundred five", "105"),
        ("hundred and five", "105"),
        ("fifteen hundred", "1500"),
        ("two thousand twenty six", "2026"),
        ("two thousand and twenty six", "2026"),
        ("a thousand", "1000"),
        ("nine hundred ninety nine thousand nine hundred and ninety nine", "999999"),
        ("one million two hundred thousand and one", "1200001"),
        ("two point five million", "2500000"),
        ("half", "1/2"),
        ("a half", "1/2"),
        ("a quarter", "1/4"),
        ("three quarters", "3/4"),
        ("two thirds", "2/3"),
        ("two and a half", "5/2"),
        ("three and three quarters", "15/4"),
        ("one hundred and a half", "201/2"),
        ("one point five", "3/2"),
        ("point five", "1/2"),
        ("three point one four one five", "3.1415"),
        ("three point fourteen", "3.14"),
        ("one point oh five", "1.05"),
        ("one point five five", "1.55"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("a couple of", "2"),
        ("12.5", "12.5"),
        ("1,000", "1000"),
        (".5", "1/2"),
        ("2.5 million", "2500000"),
        ("1e3", "1000"),
    ],
)
def test_reads_a_number_to_its_end(text: str, value: str) -> None:
    words = words_of(text)
    reading = read_number(words, 0)
    assert reading is not None
    assert reading.value == Fraction(value)
    assert reading.end == len(words)


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("five minutes", 5, "minutes"),
        ("five and ten", 5, "and ten"),
        ("a hundred and minutes", 100, "and minutes"),
        ("nineteen eighty four", 19, "eighty four"),
        ("two million million", 2_000_000, "million"),
        ("five point", 5, "point"),
        ("five thousand two million", 5000, "two million"),
        ("quarter of an hour", 0.25, "of an hour"),
    ],
)
def test_stops_where_the_number_ends(text: str, value: float, rest: str) -> None:
    words = words_of(text)
    reading = read_number(words, 0)
    assert reading is not None
    assert reading.value == value
    assert words[reading.end :] == words_of(rest)


@pytest.mark.parametrize(
    "text", ["", "a", "and five", "to", "for", "point", "oh", "fifth", "24th", "9" * 50, "1e9999"]
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(words_of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "value"), [("minus forty", -40), ("negative five", -5), ("-3", -3), ("seven", 7)]
)
def test_reads_a_sign(text: str, value: int) -> None:
    reading = read_signed(words_of(text), 0)
    assert reading is not None
    assert reading.value == value


@given(st.integers(min_value=0, max_value=999_999))
def test_what_is_written_in_words_is_read_back(count: int) -> None:
    words = words_of(in_words(count))
    reading = read_number(words, 0)
    assert reading is not None
    assert reading.value == count
    assert reading.end == len(words)


ANY_WORDS = listed("a and half point two ten twenty hundred thousand million thirds 7 oh dozen")


@given(st.lists(st.sampled_from(ANY_WORDS)))
def test_reads_any_words_without_an_error(words: list[str]) -> None:
    reading = read_number(tuple(words), 0)
    assert reading is None or 0 < reading.end <= len(words)
