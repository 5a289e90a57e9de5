from __future__ import annotations

import time

import pytest

from app.server.replies.sums import Sums
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def ask(text: str) -> str | None:
    return Sums().answer(prompt(text), words_of(text))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what is seven times eight", "7 times 8 is 56."),
        ("what's what's seven times eight", "7 times 8 is 56."),
        ("one is seven times eight", "7 times 8 is 56."),
        ("heron can you tell me what three plus four is please", "3 plus 4 is 7."),
        ("3 plus 4 for me", "3 plus 4 is 7."),
        ("What's 12.5% of 80?", "12.5 percent of 80 is 10."),
        ("what is twelve point five percent of eighty", "12.5 percent of 80 is 10."),
        ("3*(4+5)", "3 times (4 plus 5) is 27."),
        ("2+2=", "2 plus 2 is 4."),
        ("2+2=5", "2 plus 2 is 4."),
        ("what does two plus two equal", "2 plus 2 is 4."),
        ("what is ten minus three times two", "10 minus 3 times 2 is 4."),
        ("what is a hundred and five minus six", "105 minus 6 is 99."),
        ("what is for plus too", "4 plus 2 is 6."),
        ("i want to know three plus four", "3 plus 4 is 7."),
        ("what is to to the power of ten", "2 to the power of 10 is 1024."),
        ("what is the square root of one hundred and forty four", "The square root of 144 is 12."),
        ("what is ten divided by three", "10 divided by 3 is about 3.33333."),
        ("0.1 + 0.2", "0.1 plus 0.2 is 0.3."),
        ("three minus five", "3 minus 5 is -2."),
        ("-5+3", "Minus 5 plus 3 is -2."),
        ("half of ninety", "Half of 90 is 45."),
        ("three point five times two", "3.5 times 2 is 7."),
        ("one million times one million", "1,000,000 times 1,000,000 is 1,000,000,000,000."),
        ("1+1" + "+1" * 10, "That makes 12."),
        ("add five to three", "3 plus 5 is 8."),
        ("add five and three and ten", "5 plus 3 plus 10 is 18."),
        ("add 5% to 80", "80 plus 5 percent is 84."),
        ("subtract five from ten", "10 minus 5 is 5."),
        ("take seven from twenty", "20 minus 7 is 13."),
        ("multiply three point five by two", "3.5 times 2 is 7."),
        ("divide a hundred by eight", "100 divided by 8 is 12.5."),
        ("five multiply by six", "5 times 6 is 30."),
        ("what is the sum of two and three and a hundred and five", "2 plus 3 plus 105 is 110."),
        ("the product of six and seven", "6 times 7 is 42."),
        ("the difference between ten and four", "10 minus 4 is 6."),
        ("multiply two plus three by four", "(2 plus 3) times 4 is 20."),
        ("square of twelve", "12 squared is 144."),
        ("twenty percent off eighty", "80 minus 20 percent is 64."),
        ("what percent of eighty is twenty", "20 is 25 percent of 80."),
        ("20 is what percent of 80", "20 is 25 percent of 80."),
        ("0.5^100000", "0.5 to the power of 100,000 is almost 0."),
    ],
)
def test_answers(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("what is ten divided by zero", "Nothing can be divided by zero."),
        ("5 / (3 - 3)", "Nothing can be divided by zero."),
        ("what percent of zero is five", "Nothing can be divided by zero."),
        ("nine to the power of nine to the power of nine", "That number is too large for me."),
        ("9^9^9^9^9^9", "That number is too large for me."),
        ("1e999 + 1", "That number is too large for me."),
        ("the square root of minus four", "A negative number has no such root."),
        ("1" + "+1" * 100, "That sum is too long for me."),
        ("two to the power of " * 40 + "two", "That sum is too long for me."),
        ("(" * 200 + "1+1", "That sum is too long for me."),
    ],
)
def test_says_what_has_no_answer_and_at_once(text: str, answer: str) -> None:
    started = time.perf_counter()
    assert ask(text) == answer
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what time is it",
        "i have two cats and three dogs",
        "five",
        "-5",
        "fifty percent",
        "3 +",
        "+ 3",
        "%%%",
        "((",
        "5 apples plus 3",
        "3 plus 4 apples plus 5 apples",
        "what is ten kilometers plus five miles",
        "how many times did two people call",
        "five five plus one",
        "fifteen divided by far",
        "add milk to the list",
        "take two",
        "add five and then",
        "what percent of eighty",
        "off",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None
