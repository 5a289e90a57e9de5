from __future__ import annotations

from datetime import datetime

import pytest

from app.server.replies.pleasantries import Pleasantries
from app.server.replies.words import words_of
from tests.server.replies.conftest import NOW, prompt


def ask(text: str, now: datetime = NOW) -> str | None:
    return Pleasantries().answer(prompt(text, now=now), words_of(text))


AFTERNOON = "Good afternoon. What can I do for you?"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("hello", AFTERNOON),
        ("Hi!", AFTERNOON),
        ("hey heron", AFTERNOON),
        ("good afternoon my friend", AFTERNOON),
        ("good morning her in", AFTERNOON),
        ("thank you very much", "You are welcome."),
        ("thanks a a lot", "You are welcome."),
        ("goodbye", "Goodbye."),
        ("bye bye heron", "Goodbye."),
        ("see you later", "Goodbye."),
        ("good night", "Good night."),
        ("how are you", "I am a program, so I have no moods. But everything works, thank you."),
        ("hello how are you today", "I am a program, so I have no moods. But everything works, thank you."),
    ],
)
def test_answers_a_courtesy(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    ("hour", "answer"),
    [(3, "Hello."), (5, "Good morning."), (12, "Good afternoon."), (18, "Good evening."), (22, "Hello.")],
)
def test_greets_by_the_hour(hour: int, answer: str) -> None:
    greeting = ask("hello", NOW.replace(hour=hour))
    assert greeting is not None
    assert greeting.startswith(answer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello can you sing",
        "thank my mother for the flowers",
        "hi what is the weather in paris",
        "how are your parents",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None
