from __future__ import annotations

import pytest

from app.server.replies.identity import SKILLS, Identity
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def ask(text: str) -> str | None:
    return Identity().answer(prompt(text), words_of(text))


@pytest.mark.parametrize(
    "text",
    ["who are you", "Who are you?", "what is your name", "what's your your name", "tell me about yourself",
     "are you a robot", "are you human", "what are you"],
)  # fmt: skip
def test_is_honest_about_itself(text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.startswith("I am Heron, a small built-in character.")
    assert "without a language model" in answer


@pytest.mark.parametrize(
    "text", ["what can you do", "what can i ask you", "help", "help me", "Help, please!"]
)
def test_says_what_it_can_do(text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert SKILLS in answer


@pytest.mark.parametrize(
    "text", ["", "what are you doing", "who is that man", "what is my name", "help my brother"]
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None
