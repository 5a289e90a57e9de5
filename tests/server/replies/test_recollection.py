from __future__ import annotations

import pytest

from app.server.replies.recollection import Recollection
from app.server.replies.words import words_of
from app.server.store import Store
from tests.server.replies.conftest import prompt

FACTS = {
    "my bike is in the garage": "You told me: your bike is in the garage.",
    "my wifi password is blue heron": "You told me: your wifi password is blue heron.",
    "i parked the car on Elm Street": "You told me: you parked the car on Elm Street.",
    "i am allergic to nuts": "You told me: you are allergic to nuts.",
}
UNTOLD = "You have not told me that. Say: remember that, and then the words, and I will."


@pytest.fixture
def recollection(store: Store) -> Recollection:
    for fact in FACTS:
        store.remember("heron", "anna", fact)
    return Recollection(store)


def ask(recollection: Recollection, text: str) -> str | None:
    return recollection.answer(prompt(text), words_of(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("where is my bike", "my bike is in the garage"),
        ("Where's my bike?", "my bike is in the garage"),
        ("where where is the bike", "my bike is in the garage"),
        ("i forgot where my bike is", "my bike is in the garage"),
        ("what is my wifi password called", "my wifi password is blue heron"),
        ("what's my wi-fi password", "my wifi password is blue heron"),
        ("where did i park my car", "i parked the car on Elm Street"),
        ("what am i allergic to", "i am allergic to nuts"),
        ("is my bike in the garage", "my bike is in the garage"),
    ],
)
def test_answers_from_what_was_told(recollection: Recollection, text: str, fact: str) -> None:
    assert ask(recollection, text) == FACTS[fact]


def test_the_later_of_two_facts_counts(recollection: Recollection, store: Store) -> None:
    store.remember("heron", "anna", "my bike is at the station")
    assert ask(recollection, "where is my bike") == "You told me: your bike is at the station."


@pytest.mark.parametrize("text", ["where is my hat", "what's my name", "when is my birthday"])
def test_says_that_it_was_not_told(recollection: Recollection, text: str) -> None:
    assert ask(recollection, text) == UNTOLD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my bike is at the station",
        "what is the capital of france",
        "who is the blue man",
        "tell me a joke",
    ],
)
def test_leaves_other_words_alone(recollection: Recollection, text: str) -> None:
    assert ask(recollection, text) is None


def test_says_so_when_the_memory_fails(recollection: Recollection, store: Store) -> None:
    store.close()
    assert (
        ask(recollection, "where is my bike")
        == "My memory does not answer just now. Please try again in a moment."
    )
