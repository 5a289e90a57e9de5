from __future__ import annotations

import pytest

from app.server.replies.countdown import Countdown
from app.server.replies.timers import TimerBook
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


@pytest.fixture
def countdown(timers: TimerBook) -> Countdown:
    return Countdown(timers)


def said_to(countdown: Countdown, text: str) -> str | None:
    return countdown.answer(prompt(text), words_of(text))


def lengths(timers: TimerBook) -> list[float]:
    return [timer.seconds for timer, _ in timers.remaining("heron", "anna")]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("set a timer for ten minutes", 600),
        ("Set a timer for 10 minutes.", 600),
        ("set the timer for ten minutes", 600),
        ("set a a timer for for ten minutes", 600),
        ("set a timer four ten minutes", 600),
        ("set timer ten minutes", 600),
        ("timer for thirty seconds", 30),
        ("timer for five minute", 300),
        ("start a five minute timer", 300),
        ("started five minute timer", 300),
        ("ten minute timer please", 600),
        ("heron could you put on a timer for an hour and a half", 5400),
        ("set a diner for an hour and a half", 5400),
        ("set ten minutes", 600),
        ("count down from ten seconds", 10),
        ("set an alarm in twenty minutes", 1200),
        ("wake me in half an hour", 1800),
        ("timer 1h30m", 5400),
        ("start a timer for ten minutes when i say so", 600),
    ],
)
async def test_sets_a_timer(countdown: Countdown, timers: TimerBook, text: str, seconds: int) -> None:
    answer = said_to(countdown, text)
    assert lengths(timers) == [seconds]
    assert answer is not None
    assert answer.startswith("I have set a timer for ")


@pytest.mark.asyncio
async def test_says_that_a_reminder_keeps_no_words(countdown: Countdown, timers: TimerBook) -> None:
    answer = said_to(countdown, "remind me in ten minutes to call my mother")
    assert answer == "I have set a timer for ten minutes. It only rings, it keeps no words."
    assert lengths(timers) == [600]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("set a timer", "For how long?"),
        ("set an alarm for seven", "not at a time of day"),
        ("timer for two days", "at most 24 hours"),
        ("timer for nine hundred trillion hours", "at most 24 hours"),
        ("timer for zero seconds", "needs some time"),
        ("do not set a timer for ten minutes", "as they are"),
    ],
)
async def test_sets_none_and_says_why(countdown: Countdown, timers: TimerBook, text: str, part: str) -> None:
    answer = said_to(countdown, text)
    assert lengths(timers) == []
    assert answer is not None
    assert part in answer


LEFT = [
    "how long is left",
    "how long is left on the timer",
    "how long his left on the timer",
    "how much time is left",
    "how many minutes are left on my timer",
    "what's left on the timer",
    "is there a timer",
    "when does the timer ring",
    "do i have any timers",
    "how long did i set the timer for",
]


@pytest.mark.asyncio
@pytest.mark.parametrize("text", LEFT)
async def test_tells_what_is_left(countdown: Countdown, timers: TimerBook, text: str) -> None:
    assert said_to(countdown, text) == "No timer is running."
    timers.start("heron", "anna", 600)
    assert said_to(countdown, text) == "Your ten minute timer has ten minutes left."
    timers.start("heron", "anna", 30)
    assert said_to(countdown, text) == (
        "You have 2 timers running. The thirty second timer has thirty seconds left. "
        "The ten minute timer has ten minutes left."
    )


@pytest.mark.asyncio
async def test_tells_five_timers_and_counts_the_rest(countdown: Countdown, timers: TimerBook) -> None:
    for minutes in range(1, 9):
        timers.start("heron", "anna", 60 * minutes)
    answer = said_to(countdown, "how long is left")
    assert answer is not None
    assert answer.count("timer has") == 5
    assert answer.endswith("And there are 3 more.")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    ["cancel the timer", "stop timer", "Turn off the timer!", "forget the timer", "cancel cancel the timer"],
)
async def test_cancels_the_only_timer(countdown: Countdown, timers: TimerBook, text: str) -> None:
    timers.start("heron", "anna", 600)
    assert said_to(countdown, text) == "I have cancelled the ten minute timer."
    assert lengths(timers) == []
    assert said_to(countdown, text) == "No timer is running."


@pytest.mark.asyncio
async def test_cancels_one_of_several_by_name_or_all(countdown: Countdown, timers: TimerBook) -> None:
    for seconds in (300, 600, 900):
        timers.start("heron", "anna", seconds)
    asked = said_to(countdown, "cancel the timer")
    assert asked is not None
    assert asked.startswith(
        "Which one? There is the five minute timer, the ten minute timer and the fifteen minute timer."
    )
    assert said_to(countdown, "cancel the ten minute timer") == "I have cancelled the ten minute timer."
    missing = said_to(countdown, "cancel the ten minute timer")
    assert missing is not None
    assert missing.startswith("You have no ten minute timer.")
    assert lengths(timers) == [300, 900]
    assert said_to(countdown, "cancel all the timers") == "I have cancelled all 2 timers."
    assert lengths(timers) == []


@pytest.mark.asyncio
async def test_asks_which_of_many_without_naming_all(countdown: Countdown, timers: TimerBook) -> None:
    for minutes in range(1, 9):
        timers.start("heron", "anna", 60 * minutes)
    answer = said_to(countdown, "cancel the timer")
    assert answer is not None
    assert "the five minute timer and 3 more." in answer


@pytest.mark.asyncio
async def test_leaves_the_timers_of_others_alone(countdown: Countdown, timers: TimerBook) -> None:
    timers.start("heron", "bert", 600)
    assert said_to(countdown, "cancel the timer") == "No timer is running."
    assert len(timers.remaining("heron", "bert")) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    [
        "",
        "what time is it",
        "how many minutes are in an hour",
        "i waited ten minutes",
        "it takes two hours to get there",
        "how long is left until christmas",
    ],
)
async def test_leaves_other_words_alone(countdown: Countdown, text: str) -> None:
    assert said_to(countdown, text) is None
