from __future__ import annotations

import pytest

from benchmarks.word_errors import word_error_rate, word_errors


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("what time is it", "what time is it", 0),
        ("what time is it", "what dime is it", 1),
        ("what time is it", "what is it", 1),
        ("what time is it", "what time is it now", 1),
        ("what time is it", "", 4),
        ("", "the the", 2),
        ("", "", 0),
        ("a b c d", "b c d a", 2),
        ("set a timer", "timer a set", 2),
        ("kitten", "sitting", 1),
    ],
)
def test_errors_are_the_fewest_changes_of_words(said: str, heard: str, errors: int) -> None:
    assert word_errors(said, heard) == errors
    assert word_errors(heard, said) == errors


def test_the_rate_counts_words_not_sentences() -> None:
    assert word_error_rate([("one two three four", "one two three four"), ("five", "nine")]) == 20.0


def test_more_words_than_were_said_make_more_than_a_hundred_percent() -> None:
    assert word_error_rate([("yes", "no no no")]) == 300.0


def test_pairs_may_come_from_an_iterator() -> None:
    assert word_error_rate(pair for pair in [("a b", "a"), ("c d", "c d")]) == 25.0
