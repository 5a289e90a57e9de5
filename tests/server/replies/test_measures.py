from __future__ import annotations

from fractions import Fraction

import pytest

from app.server.replies.measures import find_measures, said
from app.server.replies.words import words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ten kilometers", [("kilometer", "10")]),
        ("a mile", [("mile", "1")]),
        ("half a mile", [("mile", "1/2")]),
        ("minus forty celsius", [("degree Celsius", "-40")]),
        ("how many miles are ten kilometers", [("mile", None), ("kilometer", "10")]),
        ("two hours and five minutes", [("hour", "2"), ("minute", "5")]),
        ("five feet two inches in meters", [("foot", "31/6"), ("meter", None)]),
        ("six foot two in meters", [("foot", "37/6"), ("meter", None)]),
        ("convert five feet two meters", [("foot", "5"), ("meter", "2")]),
        ("5 in to cm", [("inch", "5"), ("centimeter", None)]),
        ("20 c to f", [("degree Celsius", "20"), ("degree Fahrenheit", None)]),
        ("i live in a house", []),
        ("vitamin c is good", []),
        ("go to m street", []),
        ("ten cats", []),
        ("", []),
    ],
)
def test_finds_measures(text: str, found: list[tuple[str, str | None]]) -> None:
    measures = find_measures(words_of(text))
    amounts = [None if amount is None else Fraction(amount) for _, amount in found]
    assert [measure.units[0].one for measure in measures] == [name for name, _ in found]
    assert [measure.amount for measure in measures] == amounts


def test_an_amount_of_two_parts_is_said_in_two() -> None:
    (height, _) = find_measures(words_of("six foot two in meters"))
    assert height.said == "6 feet 2 inches"


def test_says_one_and_many() -> None:
    (mile,) = find_measures(words_of("mile"))
    assert said(Fraction(1), mile.units[0]) == "1 mile"
    assert said(Fraction(3, 2), mile.units[0]) == "1.5 miles"
    assert said(Fraction(10, 3), mile.units[0], 4) == "about 3.333 miles"
