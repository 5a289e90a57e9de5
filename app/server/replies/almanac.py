"""The date, the day of the week of a date, and how many days lie between."""

from __future__ import annotations

from datetime import date

from app.server.replies.dates import WEEKDAYS, Day, find_days, long
from app.server.replies.month_days import MONTHS, DateError
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, find, has, vocabulary

_PLAIN = vocabulary("""
    what which when is it the day days date dates weekday week month year of a an are we in on to please
    tell me do does did you know can could now here today hey hi hello heron for at this that and s
    current again give say be will was were fall falls going okay so i one from by calendar number
""")
_DAY_WORDS = ("day", "date", "weekday", "week", "when", "month", "year")
_UNTIL = ("until", "till", "til", "to", "before", "too", "two", "for")
_COUNTING = (
    "how many days",
    "how many weeks",
    "how many months",
    "how long",
    "how far",
    "days until",
    "days till",
)
_PAST = ("since", "ago", "passed since")


class Almanac:
    """Tells dates, weekdays, and the days until and between them."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer a question for a date or a number of days."""
        today = prompt.now.date()
        try:
            days = find_days(words, today, past=has(words, *_PAST))
        except DateError as error:
            return str(error) if has(words, *_DAY_WORDS, "days", "weeks") else None
        if has(words, *_COUNTING) and days:
            return _counted(words, days, today)
        weekday, named = _split(days)
        if not _is_about_days(words, days):
            return None
        if words[:1] == ("is",) and weekday is not None:
            return _yes_or_no(weekday.date.weekday(), named, today)
        chosen = named or weekday
        if chosen is None or chosen.name == "today":
            return _of_today(words, today)
        return _told(chosen, today)


def _split(days: list[Day]) -> tuple[Day | None, Day | None]:
    """Return the first day that is only a weekday, and the first that is more."""
    weekday = next((day for day in days if day.name in WEEKDAYS), None)
    return weekday, next((day for day in days if day.name not in WEEKDAYS), None)


def _is_about_days(words: Words, days: list[Day]) -> bool:
    """Tell whether ``words`` ask for a day, and hold little that has nothing to do with one."""
    inside = {at for day in days for at in range(day.start, day.end)}
    strange = [word for at, word in enumerate(words) if at not in inside and word not in _PLAIN]
    if not (has(words, *_DAY_WORDS) or (words[:1] == ("is",) and days)):
        return False
    return len(strange) <= (1 if days else 0)


def _told(day: Day, today: date) -> str:
    verb = "is" if day.date >= today else "was"
    if not day.name:
        return f"That {verb} {long(day.date)}."
    on = "on " if day.name[0].isupper() else ""
    return f"{day.name[0].upper()}{day.name[1:]} {verb} {on}{long(day.date)}."


def _of_today(words: Words, today: date) -> str:
    if not has(words, "day", "date", "weekday", "today"):
        if has(words, "week"):
            return f"It is week {today.isocalendar().week} of {today.isocalendar().year}."
        if has(words, "month"):
            return f"It is {MONTHS[today.month - 1]} {today.year}."
        if has(words, "year"):
            return f"It is the year {today.year}."
    return f"Today is {long(today)}."


def _yes_or_no(weekday: int, day: Day | None, today: date) -> str:
    asked = today if day is None else day.date
    name = "today" if day is None else day.name or "that"
    return f"{'Yes' if asked.weekday() == weekday else 'No'}, {name} is {long(asked)}."


def _counted(words: Words, days: list[Day], today: date) -> str | None:
    """Count the days between two days, or between today and one."""
    if has(words, "between", "from") and len(days) > 1:
        first, second = sorted((days[0].date, days[1].date))
        return f"From {long(first)} to {long(second)} it is {_span((second - first).days, words)}."
    day = days[-1]
    if find(words, "in") == day.start or not (has(words, *_PAST) or _is_until(words, day)):
        return None
    count = (day.date - today).days
    name = f"{day.name}, {long(day.date)}" if day.name and day.name not in WEEKDAYS else long(day.date)
    if count == 0:
        return f"That is today, {long(today)}."
    if count < 0:
        return f"It has been {_span(-count, words)} since {name}."
    return f"It is {_span(count, words)} until {name}."


def _is_until(words: Words, day: Day) -> bool:
    """Tell whether ``day`` is counted up to: behind ``until``, or a feast behind ``how many days``."""
    before = words[: day.start]
    if any(word in _UNTIL for word in before) or before[-1:] == ("is",):
        return True
    return day.name[:1].isupper() and has(before, "how many days", "how many weeks")


def _span(days: int, words: Words) -> str:
    if not has(words, "weeks") or days < 7:
        return f"{days} day{'' if days == 1 else 's'}"
    weeks, rest = divmod(days, 7)
    text = f"{weeks} week{'' if weeks == 1 else 's'}"
    return f"{text} and {rest} day{'' if rest == 1 else 's'}" if rest else text
