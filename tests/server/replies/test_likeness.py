from __future__ import annotations

import pytest

from app.server.replies.likeness import keys, likeness
from app.server.replies.words import words_of


@pytest.mark.parametrize(
    ("question", "fact", "share"),
    [
        ("where is my bike", "my bike is in the garage", 1),
        ("where are my bikes", "My bike is in the garage", 1),
        ("where did i park my car", "i parked the car on elm street", 1),
        ("what is my wifi password called", "my wi-fi password is blue", 1),
        ("what is my wi-fi password", "my wifi password is blue", 1),
        ("where is my bike lock", "my bike is in the garage", 0.5),
        ("where is my hat", "my bike is in the garage", 0),
        ("where is it", "my bike is in the garage", 0),
        ("", "my bike is in the garage", 0),
        ("where is my bike", "", 0),
    ],
)
def test_the_share_of_words_found(question: str, fact: str, share: float) -> None:
    assert likeness(words_of(question), fact)[0] == share


def test_what_a_fact_is_about_counts() -> None:
    question = words_of("where is my bike")
    assert likeness(question, "my bike is in the garage") > likeness(
        question, "my bike lock is in the drawer"
    )


def test_words_without_meaning_are_left_out() -> None:
    assert keys(words_of("what did I tell you about the parking")) == ("park",)
