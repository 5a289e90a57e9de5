"""Feast days by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from app.server.replies.words import Words, listed


def feast_at(words: Words, at: int) -> tuple[str, Callable[[int], date], int] | None:
    """Read the name of a feast at ``at``.

    Returns:
        The name to say, the function from a year to its date, and the index behind the name.
    """
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        found = _FEASTS.get(words[at : at + length])
        if found is not None:
            return *found, at + length
    return None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


def _thanksgiving(year: int) -> date:
    """Return the fourth Thursday of November, as in the United States."""
    first = date(year, 11, 1)
    return first + timedelta((3 - first.weekday()) % 7 + 21)


_FEASTS: dict[Words, tuple[str, Callable[[int], date]]] = {
    listed(name): (said, day)
    for names, said, day in (
        ("new year|new year day|new years|new years day", "New Year's Day", _on(1, 1)),
        ("valentine day|valentines day|valentine", "Valentine's Day", _on(2, 14)),
        ("saint patrick day|st patrick day", "Saint Patrick's Day", _on(3, 17)),
        ("april fool day|april fools day|april fools", "April Fools' Day", _on(4, 1)),
        ("good friday", "Good Friday", _from_easter(-2)),
        ("easter|easter day|easter sunday", "Easter", easter),
        ("easter monday", "Easter Monday", _from_easter(1)),
        ("halloween", "Halloween", _on(10, 31)),
        ("thanksgiving|thanksgiving day", "Thanksgiving", _thanksgiving),
        ("christmas eve|xmas eve", "Christmas Eve", _on(12, 24)),
        ("christmas|christmas day|xmas", "Christmas Day", _on(12, 25)),
        ("boxing day", "Boxing Day", _on(12, 26)),
        ("new year eve|new years eve", "New Year's Eve", _on(12, 31)),
    )
    for name in names.split("|")
}
_LONGEST = max(map(len, _FEASTS))
