from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.server.replies.clock import Clock, said
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def ask(text: str) -> str | None:
    return Clock().answer(prompt(text), words_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "what time is it",
        "What time is it?",
        "what what time is it",
        "what's the time",
        "whats the time please",
        "tell me the time",
        "could you tell me what time it is",
        "can you tell me what time it is she",
        "heron what time is it now",
        "do you have the time",
        "time please",
        "time",
    ],
)
def test_tells_the_time(text: str) -> None:
    assert ask(text) == "It is 14:05."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what time will it be in two hours", "Then it will be 16:05."),
        ("what will the time be in three hours", "Then it will be 17:05."),
        ("what time was it twenty minutes ago", "Then it was 13:45."),
        ("in ten hours what time is it", "Then it will be 0:05."),
        ("what time is it in tokyo", "I only know the time here. It is 14:05."),
    ],
)
def test_other_times(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what day is it",
        "what time is dinner",
        "how much time is left",
        "i had a good time",
        "it is about time",
        "what is the time difference between paris and tokyo",
        "set a timer for ten minutes",
        "what time will it be in nine hundred days",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None


def test_minutes_have_two_figures() -> None:
    assert said(datetime(2026, 1, 1, 9, 5, tzinfo=UTC)) == "9:05"
    assert said(datetime(2026, 1, 1, 0, 0, tzinfo=UTC)) == "0:00"
