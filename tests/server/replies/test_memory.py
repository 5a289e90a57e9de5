from __future__ import annotations

import pytest

from app.server.replies.memory import Memory
from app.server.replies.words import words_of
from app.server.store import LONGEST_FACT, MOST_FACTS, Store
from tests.server.replies.conftest import prompt

BIKE = "my bike is in the garage"
BIKE_BACK = "You told me: your bike is in the garage."


@pytest.fixture
def memory(store: Store) -> Memory:
    return Memory(store)


def tell(memory: Memory, text: str, player: str = "anna") -> str | None:
    return memory.answer(prompt(text, player=player), words_of(text))


def kept(store: Store) -> list[str]:
    return [fact.words for fact in store.facts("heron", "anna")]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("remember that my bike is in the garage", BIKE),
        ("remember my bike is in the garage", BIKE),
        ("remembered that my bike is in the garage", BIKE),
        ("remember that that my bike is in the garage", BIKE),
        ("remember the that my bike is in the garage", BIKE),
        ("please remember that my bike is in the garage", BIKE),
        ("can you remember that my bike is in the garage", BIKE),
        ("heron i want you to remember that my bike is in the garage", BIKE),
        ("Remember: my bike is in the garage.", BIKE),
        ("Remember this: my bike is in the garage!", BIKE),
        ("don't forget that my bike is in the garage", BIKE),
        ("do not forget my bike is in the garage", BIKE),
        ("keep in mind that my bike is in the garage", BIKE),
        ("remember the milk is in the fridge", "the milk is in the fridge"),
        ("Remember that I met Zoë at O'Hara's, 5th Ave.", "I met Zoë at O'Hara's, 5th Ave"),
        ("remember to buy milk", "to buy milk"),
        ("remember that when i was five i lived in rome", "when i was five i lived in rome"),
    ],
)
def test_keeps_the_persons_own_words(memory: Memory, store: Store, text: str, fact: str) -> None:
    answer = tell(memory, text)
    assert kept(store) == [fact]
    assert answer is not None
    assert answer.startswith("I will remember")


def test_says_what_it_will_remember(memory: Memory) -> None:
    assert tell(memory, f"remember that {BIKE}") == "I will remember that your bike is in the garage."
    assert tell(memory, "remember to buy milk") == "I will remember: to buy milk."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("remember", "What should I remember?"),
        ("remember that", "What should I remember?"),
        ("remember that " + "x" * (LONGEST_FACT + 1), "too long"),
    ],
)
def test_keeps_nothing_and_says_why(memory: Memory, store: Store, text: str, part: str) -> None:
    answer = tell(memory, text)
    assert kept(store) == []
    assert answer is not None
    assert part in answer


def test_says_when_it_is_full(memory: Memory, store: Store) -> None:
    for number in range(MOST_FACTS):
        store.remember("heron", "anna", f"fact {number}")
    answer = tell(memory, f"remember that {BIKE}")
    assert answer is not None
    assert "Tell me to forget something" in answer
    assert tell(memory, "do you remember fact three hundred and seven") is not None


@pytest.mark.parametrize(
    "text",
    [
        "what did i tell you to remember",
        "what what did i tell you to remember",
        "what have i told you",
        "what do you remember",
        "What do you know about me?",
        "do you remember where my bike is",
        "remember where my bike is",
        "what did i tell you about the bike",
        "can you remember where my bike is",
    ],
)
def test_gives_back_when_asked(memory: Memory, text: str) -> None:
    assert tell(memory, text) == "You have not told me anything to remember yet."
    tell(memory, f"remember that {BIKE}")
    assert tell(memory, text) == BIKE_BACK


def test_says_that_it_was_not_told(memory: Memory) -> None:
    tell(memory, f"remember that {BIKE}")
    assert (
        tell(memory, "what did i tell you about the elephants") == "You have not told me anything about that."
    )


def test_lists_the_latest_five_and_counts_the_rest(memory: Memory) -> None:
    for number in ("one", "two", "three", "four", "five", "six", "seven"):
        tell(memory, f"remember that my code is {number}")
    answer = tell(memory, "what do you remember")
    assert answer is not None
    assert answer.startswith("You told me 7 things. Your code is seven. Your code is six.")
    assert answer.endswith("Your code is three. And 2 more.")


def test_forget_that_takes_back_the_last(memory: Memory, store: Store) -> None:
    tell(memory, f"remember that {BIKE}")
    tell(memory, "remember to buy milk")
    assert tell(memory, "forget that") == "I have forgotten this: to buy milk."
    assert kept(store) == [BIKE]


@pytest.mark.parametrize(
    "text",
    [
        "forget that my bike is in the garage",
        "forget about my bike",
        "please forget where my bike is",
        "forget the bike",
    ],
)
def test_forgets_the_one_named(memory: Memory, store: Store, text: str) -> None:
    tell(memory, f"remember that {BIKE}")
    tell(memory, "remember to buy milk")
    assert tell(memory, text) == "I have forgotten this: your bike is in the garage."
    assert kept(store) == ["to buy milk"]
    assert tell(memory, text) == "I do not remember anything like that."


@pytest.mark.parametrize(
    "text",
    [
        "forget everything",
        "forget everything i told you",
        "forget all that",
        "please forget it all",
        "erase your memory",
    ],
)
def test_forgets_everything(memory: Memory, store: Store, text: str) -> None:
    tell(memory, f"remember that {BIKE}")
    tell(memory, "remember to buy milk")
    assert tell(memory, text) == "I have forgotten the 2 things you told me."
    assert kept(store) == []
    assert tell(memory, text) == "There is nothing I remember for you."


def test_forgets_only_what_is_the_persons_own(memory: Memory, store: Store) -> None:
    tell(memory, f"remember that {BIKE}")
    assert tell(memory, "forget everything", player="bert") == "There is nothing I remember for you."
    assert (
        tell(memory, "what do you remember", player="bert")
        == "You have not told me anything to remember yet."
    )
    assert kept(store) == [BIKE]


@pytest.mark.parametrize("text", ["forget it", "forget about it", "forget my bike lock", "forget"])
def test_unclear_words_delete_nothing(memory: Memory, store: Store, text: str) -> None:
    tell(memory, f"remember that {BIKE}")
    answer = tell(memory, text)
    assert answer is not None
    assert ("say: forget that" in answer) == text.endswith(" it")
    assert kept(store) == [BIKE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my bike",
        "i can't remember my password",
        "i remember my first bike",
        "she remembers everything",
        "i always forget my keys",
        "how do i forget him",
        "forget the timer",
    ],
)
def test_leaves_other_words_alone(memory: Memory, store: Store, text: str) -> None:
    assert tell(memory, text) is None
    assert kept(store) == []


def test_says_so_when_the_memory_fails(memory: Memory, store: Store) -> None:
    store.close()
    assert (
        tell(memory, f"remember that {BIKE}")
        == "My memory does not answer just now. Please try again in a moment."
    )
