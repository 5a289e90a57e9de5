"""Days of a month, read from words and figures."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

from app.core.errors import UserError
from app.server.replies.numbers import read_number
from app.server.replies.words import Words, listed

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Names of the months."""

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": 9}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"forth": 4, "thirtieth": 30}


class DateError(UserError):
    """Words name a day that does not exist; the message is a sentence to say."""


def figured_date(words: Words, at: int) -> date | None:
    """Read ``2026-12-24`` and ``24.12.2026``; with slashes only where day and month cannot be mistaken.

    Raises:
        DateError: There is no such day, or it cannot be told which is the month.
    """
    word = words[at]
    numbers = [int(part) for part in re.split(r"[-./]", word) if part.isdecimal()]
    if len(numbers) != 3 or len(word) < 8:
        return None
    year, month, day = numbers if word[4] == "-" else numbers[::-1]
    if "/" in word and month > 12:
        month, day = day, month
    elif "/" in word and day <= 12 and day != month:
        raise DateError("I cannot tell which of these is the day and which the month. Say the month by name.")
    return _dated(year, month, day)


def month_and_day(words: Words, at: int) -> tuple[int, int, int] | None:
    """Read ``may [the] fifth`` and ``[the] fifth [of] may``: month, day and the index behind."""
    if (month := _MONTH_NUMBERS.get(words[at])) is not None:
        after = at + 1 + (words[at + 1 : at + 2] == ("the",))
        day = _day_number(words, after)
        return None if day is None else (month, *day)
    day = _day_number(words, at)
    if day is None:
        return None
    number, end = day
    end += words[end : end + 1] in {("of",), ("off",)}
    month = _MONTH_NUMBERS.get(words[end]) if end < len(words) else None
    return None if month is None else (month, number, end + 1)


def year_at(words: Words, at: int) -> tuple[int | None, int]:
    """Read ``twenty twenty six`` or ``2026``: the year, if there is one, and the index behind it."""
    at_number = at + (words[at : at + 1] in {("in",), ("of",)})
    number = read_number(words, at_number)
    if number is None or number.value.denominator != 1:
        return None, at
    if 1000 <= number.value <= 9999:
        return int(number.value), number.end
    oh = words[number.end : number.end + 1] == ("oh",)
    rest = read_number(words, number.end + oh)
    if rest is None or not 10 <= number.value < 100 or rest.value not in range(10 if oh else 100):
        return None, at
    return int(number.value * 100 + rest.value), rest.end


def in_year(month: int, day: int) -> Callable[[int], date]:
    """Return the function from a year to its ``day`` of ``month``; it raises ValueError in a year without it.

    Raises:
        DateError: No year has that day.
    """
    if not 1 <= day <= calendar.monthrange(2024, month)[1]:
        raise DateError(f"There is no {MONTHS[month - 1]} {day}.")
    return lambda year: date(year, month, day)


def _day_number(words: Words, at: int) -> tuple[int, int] | None:
    """Read ``fifth``, ``twenty fourth``, ``24th``, ``twenty four``: the number and the index behind."""
    word = words[at] if at < len(words) else ""
    if word in _ORDINALS:
        return _ORDINALS[word], at + 1
    if (
        word in {"twenty", "thirty"}
        and at + 1 < len(words)
        and (unit := _ORDINALS.get(words[at + 1], 10)) < 10
    ):
        return (20 if word == "twenty" else 30) + unit, at + 2
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", word):
        return int(word[:-2]), at + 1
    number = read_number(words, at)
    if number is None or number.value.denominator != 1 or not 0 < number.value < 100:
        return None
    return int(number.value), number.end


def _dated(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError("There is no such day in the calendar.") from error
