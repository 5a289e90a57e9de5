from __future__ import annotations

import pytest

from app.server.replies.almanac import Almanac
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def ask(text: str) -> str | None:
    return Almanac().answer(prompt(text), words_of(text))


TODAY = "Today is Monday, November 23, 2026."
MAY = "That is Wednesday, May 5, 2027."
CHRISTMAS = "It is 32 days until Christmas Day, Friday, December 25, 2026."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what day is it", TODAY),
        ("what day is today", TODAY),
        ("which day of the week is it", TODAY),
        ("what's today's date", TODAY),
        ("what is the the date", TODAY),
        ("tell me the date please", TODAY),
        ("what month is it", "It is November 2026."),
        ("what year is it", "It is the year 2026."),
        ("what week is it", "It is week 48 of 2026."),
        ("what day is it tomorrow", "Tomorrow is Tuesday, November 24, 2026."),
        ("what is the date tomorrow", "Tomorrow is Tuesday, November 24, 2026."),
        ("what day was yesterday", "Yesterday was Sunday, November 22, 2026."),
        ("what day is the day after tomorrow", "The day after tomorrow is Wednesday, November 25, 2026."),
        ("what day is it in ten days", "That is Thursday, December 3, 2026."),
        ("what day was it ten days ago", "That was Friday, November 13, 2026."),
        ("what weekday is the fifth of may", MAY),
        ("what tweak day is the fifth of may", MAY),
        ("one week is the fifth of may", MAY),
        ("What day is May 5th, 2027?", MAY),
        ("what day is 2027-05-05", MAY),
        ("what weekday was july fourth seventeen seventy six", "That was Thursday, July 4, 1776."),
        ("when is easter", "Easter is on Sunday, March 28, 2027."),
        ("when is christmas", "Christmas Day is on Friday, December 25, 2026."),
        ("is it friday", "No, today is Monday, November 23, 2026."),
        ("is it monday today", "Yes, today is Monday, November 23, 2026."),
        ("is christmas on a friday", "Yes, Christmas Day is Friday, December 25, 2026."),
        ("how many days until christmas", CHRISTMAS),
        ("how many days till christmas", CHRISTMAS),
        ("how many days to christmas", CHRISTMAS),
        ("how many days are left until christmas", CHRISTMAS),
        ("how many days are left christmas", CHRISTMAS),
        ("how long is it until christmas", CHRISTMAS),
        ("how far away is christmas", CHRISTMAS),
        (
            "how many weeks until christmas",
            "It is 4 weeks and 4 days until Christmas Day, Friday, December 25, 2026.",
        ),
        ("how many days until friday", "It is 4 days until Friday, November 27, 2026."),
        ("how many days until tomorrow", "It is 1 day until tomorrow, Tuesday, November 24, 2026."),
        ("how many days until today", "That is today, Monday, November 23, 2026."),
        ("how many days until the second of may", "It is 160 days until Sunday, May 2, 2027."),
        ("how many days since easter", "It has been 232 days since Easter, Sunday, April 5, 2026."),
        (
            "how many days between march first and april first",
            "From Monday, March 1, 2027 to Thursday, April 1, 2027 it is 31 days.",
        ),
    ],
)
def test_answers(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what day is february thirtieth", "There is no February 30."),
        ("what day is it in nine million days", "That is too far away for my calendar."),
        (
            "what day is 3/4/2026",
            "I cannot tell which of these is the day and which the month. Say the month by name.",
        ),
    ],
)
def test_says_what_is_no_day(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what time is it",
        "what's the weather like tomorrow",
        "what did i do on christmas",
        "what day is my dentist appointment",
        "when is my birthday",
        "may i ask you something",
        "how many hours are in ten days",
        "how many days are in ten weeks",
        "what are you doing today",
        "2026-02-30",
        "how far is it to paris",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None
