from __future__ import annotations

from datetime import date

import pytest

from app.server.replies.dates import find_days, long
from app.server.replies.month_days import DateError
from app.server.replies.words import words_of

TODAY = date(2026, 11, 23)
"""A Monday."""


def only(text: str, *, today: date = TODAY, past: bool = False) -> date:
    (day,) = find_days(words_of(text), today, past=past)
    return day.date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("what day is it today", TODAY),
        ("tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 22)),
        ("the day before yesterday", date(2026, 11, 21)),
        ("in ten days", date(2026, 12, 3)),
        ("in a week", date(2026, 11, 30)),
        ("ten days ago", date(2026, 11, 13)),
        ("two weeks from now", date(2026, 12, 7)),
        ("in a month", date(2026, 12, 23)),
        ("in three years", date(2029, 11, 23)),
        ("friday", date(2026, 11, 27)),
        ("next monday", date(2026, 11, 30)),
        ("last monday", date(2026, 11, 16)),
        ("december twenty fourth", date(2026, 12, 24)),
        ("the fifth of may", date(2027, 5, 5)),
        ("november twenty third", TODAY),
        ("july fourth seventeen seventy six", date(1776, 7, 4)),
        ("february twenty ninth", date(2028, 2, 29)),
        ("easter", date(2027, 3, 28)),
        ("easter twenty twenty eight", date(2028, 4, 16)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_finds_a_day(text: str, day: date) -> None:
    assert only(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("christmas", date(2025, 12, 25)), ("friday", date(2026, 11, 20)), ("march first", date(2026, 3, 1))],
)
def test_the_last_one_of_the_past(text: str, day: date) -> None:
    assert only(text, past=True) == day


def test_months_are_clamped_to_their_length() -> None:
    assert only("in a month", today=date(2027, 1, 31)) == date(2027, 2, 28)
    assert only("in one month", today=date(2026, 12, 31)) == date(2027, 1, 31)


def test_finds_several_days() -> None:
    days = find_days(words_of("between march first and april first"), TODAY)
    assert [day.date for day in days] == [date(2027, 3, 1), date(2027, 4, 1)]


def test_a_feast_has_a_name() -> None:
    (day,) = find_days(words_of("how long until christmas"), TODAY)
    assert day.name == "Christmas Day"


@pytest.mark.parametrize("text", ["", "what is the time", "may i ask", "ten days", "march", "five miles"])
def test_finds_none(text: str) -> None:
    assert find_days(words_of(text), TODAY) == []


@pytest.mark.parametrize(
    "text",
    ["february thirtieth", "february twenty ninth twenty twenty seven", "in nine million days",
     "in a hundred thousand months", "in nine thousand years", "2026-13-01"],
)  # fmt: skip
def test_a_day_that_does_not_exist(text: str) -> None:
    with pytest.raises(DateError):
        find_days(words_of(text), TODAY)


def test_says_a_day_in_full() -> None:
    assert long(TODAY) == "Monday, November 23, 2026"
