from __future__ import annotations

import pytest

from app.server.replies.durations import find_duration, said
from app.server.replies.words import words_of

MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("set a timer for ten minutes", 10 * MINUTE),
        ("timer for five minute", 5 * MINUTE),
        ("timer four ten minutes", 10 * MINUTE),
        ("timer for four minutes", 4 * MINUTE),
        ("timer for for minutes", 4 * MINUTE),
        ("timer for minute", MINUTE),
        ("timer to minutes", 2 * MINUTE),
        ("for an hour and a half", 90 * MINUTE),
        ("hour and a half", 90 * MINUTE),
        ("one and a half hours", 90 * MINUTE),
        ("an hour and a quarter", 75 * MINUTE),
        ("half an hour", 30 * MINUTE),
        ("a half hour", 30 * MINUTE),
        ("a quarter of an hour", 15 * MINUTE),
        ("quarter of an hour", 15 * MINUTE),
        ("three quarters of an hour", 45 * MINUTE),
        ("two hours and thirty minutes", 150 * MINUTE),
        ("two hours thirty minutes and five seconds", 150 * MINUTE + 5),
        ("an hour fifteen", 75 * MINUTE),
        ("an hour and forty five", 105 * MINUTE),
        ("an hour seventy", 60 * MINUTE),
        ("an hour one and a half times", 60 * MINUTE),
        ("a minute and a half", 90),
        ("ninety seconds", 90),
        ("a couple of minutes", 2 * MINUTE),
        ("the ten minute timer", 10 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("10 min", 10 * MINUTE),
        ("1.5 hours", 90 * MINUTE),
        ("45s", 45),
        ("a day", 24 * HOUR),
        ("zero seconds", 0),
    ],
)
def test_finds_a_duration(text: str, seconds: int) -> None:
    span = find_duration(words_of(text))
    assert span is not None
    assert span.seconds == seconds


@pytest.mark.parametrize(
    "text", ["", "set a timer", "for seven", "the second of may", "minutes", "ten miles"]
)
def test_finds_none(text: str) -> None:
    assert find_duration(words_of(text)) is None


def test_tells_where_it_stands() -> None:
    words = words_of("what time is it in two hours please")
    span = find_duration(words)
    assert span is not None
    assert words[span.start : span.end] == ("two", "hours")


@pytest.mark.parametrize(
    ("seconds", "text", "name"),
    [
        (0, "zero seconds", "zero second"),
        (1, "one second", "one second"),
        (60, "one minute", "one minute"),
        (90, "one minute and thirty seconds", "ninety second"),
        (600, "ten minutes", "ten minute"),
        (5400, "one hour and thirty minutes", "one hour thirty minute"),
        (3723, "one hour, two minutes and three seconds", "one hour two minute three second"),
        (86_400, "one day", "one day"),
    ],
)
def test_says_a_duration(seconds: int, text: str, name: str) -> None:
    assert said(seconds) == text
    assert said(seconds, counted=True) == name
