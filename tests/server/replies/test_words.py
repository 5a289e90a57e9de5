from __future__ import annotations

import pytest

from app.server.replies.words import find, has, listed, vocabulary, without, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's the time?", "what is the time"),
        ("whats the time", "what is the time"),
        ("Today’s date, please!", "today date please"),
        ("I can't, I don't, I'm", "i can not i do not i am"),
        ("they're, we've, she'll, he'd", "they are we have she will he would"),
        ("What's 12.5% of 80?", "what is 12.5 % of 80"),
        ("3*(4+5)", "3 * ( 4 + 5 )"),
        ("3 × 4 ÷ 2 − 1", "3 * 4 / 2 - 1"),
        ("5² + 2³", "5 ^ 2 + 2 ^ 3"),
        ("1,234,567.25 and 3,5", "1234567.25 and 3.5"),
        ("10km, 1h30m", "10 km 1 h 30 m"),
        ("70°F", "70 degrees f"),
        ("2½ or ¾", "2.5 or 0.75"),
        ("5'2\" tall", "5 feet 2 inches tall"),
        ("the 24th of 2026-12-24 and 24.12.2026", "the 24th of 2026-12-24 and 24.12.2026"),
        ("twenty-five", "twenty five"),
        ("1e6", "1e6"),
        ("four o'clock", "four oclock"),
        ("ＡＢＣ １２", "abc 12"),
        ("", ""),
        ("?!… 🎉", ""),
    ],
)
def test_levels_speech_and_typing(text: str, words: str) -> None:
    assert words_of(text) == listed(words)


def test_a_small_word_said_twice_counts_once_a_number_does_not() -> None:
    assert words_of("set a a timer for for five five") == listed("set a timer for five five")


def test_finds_whole_words_only() -> None:
    words = listed("the timer is set for ten minutes")
    assert find(words, "is set") == 2
    assert find(words, "ten min") == -1
    assert find(words, "the", 1) == -1
    assert has(words, "nothing", "ten minutes")
    assert not has(words, "minute")


def test_leaves_words_out() -> None:
    assert without(listed("a b a c"), vocabulary("a c")) == ("b",)
