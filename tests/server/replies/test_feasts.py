from __future__ import annotations

from datetime import date

import pytest

from app.server.replies.feasts import easter, feast_at
from app.server.replies.words import words_of


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter(day: date) -> None:
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("christmas", "Christmas Day", date(2026, 12, 25)),
        ("christmas eve", "Christmas Eve", date(2026, 12, 24)),
        ("new year's eve", "New Year's Eve", date(2026, 12, 31)),
        ("new year", "New Year's Day", date(2026, 1, 1)),
        ("good friday", "Good Friday", date(2026, 4, 3)),
        ("thanksgiving", "Thanksgiving", date(2026, 11, 26)),
        ("valentine's day", "Valentine's Day", date(2026, 2, 14)),
    ],
)
def test_names(text: str, name: str, day: date) -> None:
    words = words_of(text)
    feast = feast_at(words, 0)
    assert feast is not None
    said, of_year, end = feast
    assert (said, of_year(2026), end) == (name, day, len(words))


def test_thanksgiving_is_the_fourth_thursday_whatever_november_begins_with() -> None:
    feast = feast_at(("thanksgiving",), 0)
    assert feast is not None
    days = [feast[1](year) for year in range(2020, 2030)]
    assert {day.weekday() for day in days} == {3}
    assert all(22 <= day.day <= 28 for day in days)


def test_no_feast() -> None:
    assert feast_at(("monday",), 0) is None
