from __future__ import annotations

from fractions import Fraction

import pytest

from app.server.replies.units import CELSIUS, FAHRENHEIT, KELVIN, Dimension, Unit, convert, unit_at
from app.server.replies.words import words_of


def unit(name: str) -> Unit:
    found = unit_at(words_of(name), 0)
    assert found is not None
    return found[0][0]


@pytest.mark.parametrize(
    ("amount", "source", "target", "result"),
    [
        ("1", "mile", "kilometers", "1.609344"),
        ("12", "inches", "foot", "1"),
        ("3", "feet", "yards", "1"),
        ("1", "nautical mile", "meters", "1852"),
        ("16", "ounces", "pound", "1"),
        ("1", "stone", "pounds", "14"),
        ("1", "tonne", "kilos", "1000"),
        ("1", "gallon", "quarts", "4"),
        ("1", "cup", "tablespoons", "16"),
        ("1", "tablespoon", "teaspoons", "3"),
        ("1", "imperial gallon", "imperial pints", "8"),
        ("1", "litre", "millilitres", "1000"),
        ("36", "kilometers per hour", "meters per second", "10"),
        ("1", "knot", "kilometers an hour", "1.852"),
        ("1", "mph", "feet per second", "22/15"),
        ("1", "fortnight", "days", "14"),
        ("1", "year", "months", "12"),
        ("1", "byte", "bits", "8"),
        ("1", "gigabyte", "mb", "1000"),
        ("1", "gib", "mib", "1024"),
        ("1", "megabyte", "megabits", "8"),
    ],
)
def test_is_exact(amount: str, source: str, target: str, result: str) -> None:
    assert convert(Fraction(amount), unit(source), unit(target)) == Fraction(result)


@pytest.mark.parametrize(
    ("amount", "source", "target", "result"),
    [
        ("100", CELSIUS, FAHRENHEIT, "212"),
        ("-40", FAHRENHEIT, CELSIUS, "-40"),
        ("0", KELVIN, CELSIUS, "-273.15"),
        ("37", CELSIUS, FAHRENHEIT, "98.6"),
    ],
)
def test_temperatures(amount: str, source: Unit, target: Unit, result: str) -> None:
    assert convert(Fraction(amount), source, target) == Fraction(result)


@pytest.mark.parametrize("name", ["celsius", "degrees celsius", "degree centigrade", "c"])
def test_one_scale_has_several_names(name: str) -> None:
    found = unit_at(words_of(name), 0)
    assert found is not None
    assert found == ((CELSIUS,), len(words_of(name)))


def test_a_name_can_mean_two_units() -> None:
    ounce, degrees = unit_at(("ounce",), 0), unit_at(("degrees",), 0)
    assert ounce is not None
    assert degrees is not None
    assert [unit.dimension for unit in ounce[0]] == [Dimension.MASS, Dimension.VOLUME]
    assert degrees[0] == (CELSIUS, FAHRENHEIT)


def test_the_longest_name_wins() -> None:
    words = words_of("five miles per hour")
    found = unit_at(words, 1)
    assert found is not None
    assert (found[0][0].many, found[1]) == ("miles per hour", 4)


def test_what_is_no_unit() -> None:
    assert unit_at(("cats",), 0) is None
    assert unit_at((), 0) is None
