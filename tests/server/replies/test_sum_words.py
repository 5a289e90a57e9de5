from __future__ import annotations

import pytest

from app.server.replies.sum_words import read_items
from app.server.replies.words import words_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("three plus four", "3 plus 4"),
        ("five multiplied by six", "5 times 6"),
        ("five time six", "5 times 6"),
        ("12x12", "12 times 12"),
        ("ten divided four", "10 divided by 4"),
        ("eight over two", "8 divided by 2"),
        ("ten take away four", "10 minus 4"),
        ("two to the power of ten", "2 to the power of 10"),
        ("to the power of ten", "2 to the power of 10"),
        ("two to the fifth power", "2 to the power of 5"),
        ("2 to the 10th", "2 to the power of 10"),
        ("ten to the minus three", "10 to the power of minus 3"),
        ("nine squared", "9 squared"),
        ("the square root of the nine", "the square root of 9"),
        ("square root nine", "the square root of 9"),
        ("√9", "the square root of 9"),
        ("ten percent of eighty", "10 percent of 80"),
        ("ten percent eighty", "10 percent of 80"),
        ("half of ninety", "half of 90"),
        ("a third of ninety", "a third of 90"),
        ("double seven", "2 times 7"),
        ("2(3+4)", "2 times ( 3 plus 4 )"),
        ("(1)(2)", "( 1 ) times ( 2 )"),
        ("to plus for", "2 plus 4"),
        ("ten times too", "10 times 2"),
        ("um three plus uh the four please", "3 plus 4"),
    ],
)
def test_reads_items(text: str, said: str) -> None:
    words = words_of(text)
    items, end = read_items(words)
    assert " ".join(item.said for item in items if item.said) == said
    assert end == len(words)


@pytest.mark.parametrize(
    ("text", "end"), [("three plus cats", 2), ("cats", 0), ("three four for me", 2), ("", 0)]
)
def test_stops_at_a_word_without_a_place(text: str, end: int) -> None:
    assert read_items(words_of(text))[1] == end
