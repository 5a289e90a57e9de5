from __future__ import annotations

from app.server.replies.apology import apology
from app.server.replies.words import words_of

QUESTIONS = (
    "what is the capital of france",
    "tell me a joke",
    "play some music",
    "how old is the king",
    "sing",
    "what's the weather like",
)


def test_says_what_it_is_and_where_to_go_on() -> None:
    for question in QUESTIONS:
        answer = apology(words_of(question))
        assert "built" in answer
        assert answer.endswith("Ask me what I can do.")


def test_varies_and_is_the_same_for_the_same_words() -> None:
    assert len({apology(words_of(question)) for question in QUESTIONS}) > 1
    assert apology(words_of("Sing!")) == apology(words_of("sing"))


def test_nothing_heard() -> None:
    assert apology(()) == "I did not catch any words. Please say it again."
