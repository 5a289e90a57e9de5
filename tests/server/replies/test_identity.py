from __future__ import annotations

from dataclasses import replace

import pytest

from app.server.characters.character import Character
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


ADA = Character(
    name="Ada Byron",
    tagline="A patient tutor",
    personality="Warm and curious. Fond of numbers!",
    background="Born in London",
)


def ask_ada(text: str) -> str | None:
    asked = replace(prompt(text), character=ADA)
    return Identity().answer(asked, words_of(text))


@pytest.mark.parametrize("text", ["who are you", "are you ada", "are you a robot", "what is your name"])
def test_a_persona_is_said_and_what_it_is_too(text: str) -> None:
    answer = ask_ada(text)
    assert answer is not None
    assert answer.startswith(
        "I am Ada Byron. A patient tutor. Warm and curious. Fond of numbers! Born in London. "
        "I am a program on this computer, without a language model."
    )


def test_a_name_alone_is_said_with_what_it_is() -> None:
    asked = replace(prompt("who are you"), character=Character(name="Ada"))
    answer = Identity().answer(asked, words_of(asked.text))
    assert answer is not None
    assert answer.startswith("I am Ada, a small built-in character. I am a program")


def test_another_s_name_is_not_its_own() -> None:
    assert ask_ada("are you happy") is None
    assert ask("are you ada") is None
    assert ask("are you heron") is not None


def test_a_long_story_is_cut_at_a_sentence() -> None:
    story = Character(name="Ada", background="I have seen much. " * 100)
    endless = Character(name="Ada", background="word " * 400)
    for character, end in ((story, "I have seen much."), (endless, "word…")):
        asked = replace(prompt("who are you"), character=character)
        answer = Identity().answer(asked, words_of(asked.text))
        assert answer is not None
        told = answer.partition(" I am a program")[0]
        assert told.endswith(end)
        assert 300 < len(told) < 430
