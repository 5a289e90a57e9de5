from __future__ import annotations

from datetime import date

import pytest

from app.server.replies.month_days import DateError, figured_date, in_year, month_and_day, year_at
from app.server.replies.words import words_of


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("may fifth", 5, 5),
        ("may the fifth", 5, 5),
        ("may 5th", 5, 5),
        ("may five", 5, 5),
        ("fifth of may", 5, 5),
        ("fifth off may", 5, 5),
        ("fifth may", 5, 5),
        ("5 may", 5, 5),
        ("december twenty fourth", 12, 24),
        ("dec 24", 12, 24),
        ("thirty first of october", 10, 31),
        ("march forth", 3, 4),
        ("thirtieth of june", 6, 30),
    ],
)
def test_month_and_day(text: str, month: int, day: int) -> None:
    words = words_of(text)
    assert month_and_day(words, 0) == (month, day, len(words))


@pytest.mark.parametrize(
    "text", ["may", "may i ask", "five miles", "fifth", "the fifth of nothing", "may zero"]
)
def test_no_month_and_day(text: str) -> None:
    assert month_and_day(words_of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("twenty twenty six", 2026),
        ("two thousand twenty six", 2026),
        ("two thousand and five", 2005),
        ("nineteen eighty four", 1984),
        ("twenty oh five", 2005),
        ("2026", 2026),
        ("in 2026", 2026),
    ],
)
def test_year(text: str, year: int) -> None:
    words = words_of(text)
    assert year_at(words, 0) == (year, len(words))


@pytest.mark.parametrize("text", ["", "five", "twenty", "ten days", "in ten days", "half"])
def test_no_year(text: str) -> None:
    assert year_at(words_of(text), 0) == (None, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("12/24/2026", date(2026, 12, 24)),
        ("24/12/2026", date(2026, 12, 24)),
        ("5/5/2026", date(2026, 5, 5)),
    ],
)
def test_figures(text: str, day: date) -> None:
    assert figured_date(words_of(text), 0) == day


@pytest.mark.parametrize(("text", "part"), [("3/4/2026", "which the month"), ("2026-02-30", "no such day")])
def test_figures_that_are_no_day(text: str, part: str) -> None:
    with pytest.raises(DateError, match=part):
        figured_date(words_of(text), 0)


def test_other_figures_are_no_date() -> None:
    assert figured_date(("12.5",), 0) is None
    assert figured_date(("word",), 0) is None


def test_a_day_no_year_has() -> None:
    with pytest.raises(DateError, match=r"There is no February 30\."):
        in_year(2, 30)
    assert in_year(2, 29)(2028) == date(2028, 2, 29)
