from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history.search_form import MOST_PARTS, parts_of, places, search_form, words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Good Morning", "good morning"),
        ("Straße ÉCLAIR naïve", "strasse eclair naive"),
        ("e\u0301clair", "eclair"),
        ("İstanbul", "istanbul"),
        ("日本語 ok", "日 本 語 ok"),
        ("ok日本", "ok 日 本"),
        ("ภาษา", "ภ า ษ า"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("می\u200cخواهم", "میخواهم"),
        ("don't", "don ＇ t"),
        ("don’t", "don ＇ t"),
        ("C++", "c ＋ ＋"),
        ("50%", "50 ％"),
        ("hi👍🏽!", "hi 👍 ！"),
        ("❤\ufe0f", "❤"),
        ("① ½ …", "1 1⁄2 ． ． ．"),
        ("\ud800a\x00b\n\tc", "a b c"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_the_form_of_a_text(text: str, form: str) -> None:
    assert search_form(text) == form


def test_words_know_where_they_are() -> None:
    text = "Hé, 日本!"
    assert [text[word.start : word.end] for word in words(text)] == ["Hé", ",", "日", "本", "!"]


@given(st.text())
def test_every_text_has_a_form_the_index_parts_at_spaces_only(text: str) -> None:
    found = words(text)
    form = search_form(text)
    assert form.split(" ") == ([word.form for word in found] or [""])
    assert all(char.isalnum() or char == " " for char in form if char.isascii())
    assert all(before.end <= after.start or before[1:] == after[1:] for before, after in pairwise(found))


def test_a_search_has_as_many_parts_as_count() -> None:
    assert parts_of("wea\t TOM  ") == [["wea"], ["tom"]]
    assert parts_of(' "50 %" ') == [["＂", "50"], ["％", "＂"]]
    assert parts_of(" \u200f ") == []
    assert len(parts_of("a " * 100)) == MOST_PARTS


def test_places_are_words_that_begin_so_and_do_not_overlap() -> None:
    text = "Weather: whether the weather is C++ weather"
    assert [text[a:b] for a, b in places(text, parts_of("wea c++"))] == [
        "Weather",
        "weather",
        "C++",
        "weather",
    ]
    assert places("日本日本", parts_of("日本 本日")) == [(0, 4)]
    assert places("nothing", parts_of("here")) == []


@given(st.text(), st.text(max_size=8))
def test_places_rise_and_lie_in_the_text(text: str, query: str) -> None:
    found = places(text, parts_of(query))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
