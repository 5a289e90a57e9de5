from __future__ import annotations

import pytest

from app.server.replies.persons import turned


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("my bike is in the garage", "your bike is in the garage"),
        ("My Bike is in the Garage", "your Bike is in the Garage"),
        ("i am allergic to nuts", "you are allergic to nuts"),
        ("I'm allergic to nuts", "you are allergic to nuts"),
        ("I’ve lent it to her", "you have lent it to her"),
        ("i parked my car myself and it is mine", "you parked your car yourself and it is yours"),
        ("anna gave me a book", "anna gave you a book"),
        ("we met in our garden", "you met in your garden"),
        ("you are my friend and your name is heron", "I am your friend and my name is heron"),
        ("anna likes you", "anna likes me"),
        ("you like tea", "I like tea"),
        ("to buy milk", "to buy milk"),
        ("i", "you"),
        ("", ""),
        ("the code is 1-2-3, mine!", "the code is 1-2-3, yours!"),
        ("mystery me-too in Miami", "mystery you-too in Miami"),
    ],
)
def test_turns_first_and_second_person(said: str, back: str) -> None:
    assert turned(said) == back
