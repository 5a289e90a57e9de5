"""Days of the calendar, read from words and said."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.server.replies.feasts import feast_at
from app.server.replies.month_days import MONTHS, DateError, figured_date, in_year, month_and_day, year_at
from app.server.replies.numbers import Reading, read_number
from app.server.replies.words import Words, listed

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Names of the days of the week, in the order of `datetime.date.weekday`."""

_FARTHEST_DAYS = 3_000_000


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in words.

    Attributes:
        date: The day.
        name: What it is called, such as ``Christmas Day`` or ``tomorrow``; empty if only by its date.
        start: Index of the first word.
        end: Index behind the last word.
    """

    date: date
    name: str
    start: int
    end: int


def find_days(words: Words, today: date, *, past: bool = False) -> list[Day]:
    """Find every day named in ``words``: ``tomorrow``, ``in ten days``, ``the fifth of may``, ``easter``.

    A day without a year is the next one from ``today`` on, or with ``past`` the last one before it.

    Raises:
        DateError: A day that does not exist, such as February 30, or one too far away.
    """
    days: list[Day] = []
    at = 0
    while at < len(words):
        day = _day_at(words, at, today, past=past)
        if day is not None:
            days.append(day)
        at = at + 1 if day is None else day.end
    return days


def long(day: date) -> str:
    """Say ``day`` in full: ``Monday, November 23, 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"


def _day_at(words: Words, at: int, today: date, *, past: bool) -> Day | None:
    found = _relative(words, at, today) or _weekday(words, at, today, past=past)
    if found is not None:
        return found
    if (figured := figured_date(words, at)) is not None:
        return Day(figured, "", at, at + 1)
    if (feast := feast_at(words, at)) is not None:
        name, of_year, end = feast
        year, end = year_at(words, end)
        return Day(_placed(of_year, year, today, past=past), name, at, end)
    if (month_day := month_and_day(words, at)) is not None:
        month, day, end = month_day
        year, end = year_at(words, end)
        return Day(_placed(in_year(month, day), year, today, past=past), "", at, end)
    return None


def _relative(words: Words, at: int, today: date) -> Day | None:
    for phrase, days in (
        ("day after tomorrow", 2),
        ("day before yesterday", -2),
        ("today", 0),
        ("tomorrow", 1),
        ("yesterday", -1),
        ("next week", 7),
        ("last week", -7),
    ):
        end = at + len(listed(phrase))
        if words[at:end] == listed(phrase):
            name = f"the {phrase}" if phrase.startswith("day") else phrase
            return Day(today + timedelta(days), name, at, end)
    return _counted_away(words, at, today)


def _counted_away(words: Words, at: int, today: date) -> Day | None:
    """Read ``in ten days``, ``ten days from now`` and ``ten days ago``."""
    inside = words[at] in {"in", "after"}
    start = at + inside
    amount = read_number(words, start)
    if amount is None and words[start : start + 1] in {("a",), ("one",)}:
        amount = Reading(Fraction(1), start + 1)
    if amount is None or amount.value.denominator != 1 or amount.end >= len(words):
        return None
    unit, end = words[amount.end].removesuffix("s"), amount.end + 1
    if unit not in {"day", "week", "month", "year"}:
        return None
    following = words[end : end + 2]
    if following[:1] == ("ago",):
        return Day(_moved(today, -int(amount.value), unit), "", at, end + 1)
    if following in {("from", "now"), ("from", "today")}:
        return Day(_moved(today, int(amount.value), unit), "", at, end + 2)
    return Day(_moved(today, int(amount.value), unit), "", at, end) if inside else None


def _moved(day: date, count: int, unit: str) -> date:
    if abs(count) > _FARTHEST_DAYS:
        raise DateError("That is too far away for my calendar.")
    try:
        if unit in {"day", "week"}:
            return day + timedelta(count * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError) as error:
        raise DateError("That is too far away for my calendar.") from error


def _weekday(words: Words, at: int, today: date, *, past: bool) -> Day | None:
    before = words[at] if words[at] in {"next", "last", "this"} else ""
    name_at = at + bool(before)
    name = words[name_at].capitalize() if name_at < len(words) else ""
    if name not in WEEKDAYS:
        return None
    ahead = (WEEKDAYS.index(name) - today.weekday()) % 7
    days = ahead - 7 if past or before == "last" else ahead or 7
    return Day(today + timedelta(days), f"{before} {name}".strip(), at, name_at + 1)


def _placed(of_year: Callable[[int], date], year: int | None, today: date, *, past: bool) -> date:
    """Return the day in ``year``, or the nearest one ahead (or behind) that exists."""
    if year is not None:
        years = [year]
    else:
        years = [today.year - n for n in range(9)] if past else [today.year + n for n in range(9)]
    for candidate in years:
        try:
            day = of_year(candidate)
        except ValueError:
            continue
        if year is not None or (day < today if past else day >= today):
            return day
    raise DateError("There is no such day in the calendar.")
