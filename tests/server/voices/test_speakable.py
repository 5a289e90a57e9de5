from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.voices.speakable import SentenceSplitter, speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It is **five** o'clock.", "It is five o'clock."),
        ("- milk\n- bread\n* eggs", "milk bread eggs"),
        ("# Heading\n> quoted", "Heading quoted"),
        ("See [the manual](https://example.org/manual?x=1).", "See the manual."),
        ("![a heron](heron.png)", "a heron"),
        ("Look at https://www.example.org/a/long/path?q=1 now", "Look at example.org now"),
        ("Run `ls` or:\n```\nrm -rf *\n```\nDone.", "Run ls or: Done."),
        ("Done 🎉✨ well", "Done well"),
        ("  many \n\n spaces\t", "many spaces"),
        ("2 + 3 is 5, and -4 is less.", "2 + 3 is 5, and -4 is less."),
        ("", ""),
        ("***", ""),
    ],
)
def test_what_no_one_would_say_is_left_out(written: str, said: str) -> None:
    assert speakable(written) == said


def split(*pieces: str) -> list[str]:
    splitter = SentenceSplitter()
    return [sentence for piece in pieces for sentence in splitter.push(piece)] + splitter.flush()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Pi is 3.14 or so.", ["Pi is 3.14 or so."]),
        ('He said "yes." Then no.', ['He said "yes."', "Then no."]),
        ("A line\nanother line", ["A line", "another line"]),
        ("Wait… what", ["Wait…", "what"]),
        ("   ", []),
        ("", []),
    ],
)
def test_a_reply_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences
    assert split(*text) == sentences


def test_a_sentence_is_out_as_soon_as_the_next_one_begins() -> None:
    splitter = SentenceSplitter()
    assert splitter.push("It is five") == []
    assert splitter.push(" o'clock.") == []
    assert splitter.push(" And") == ["It is five o'clock."]
    assert splitter.flush() == ["And"]
    assert splitter.flush() == []


def test_a_sentence_without_end_is_cut_at_a_pause() -> None:
    first, *rest = split("and so on, " * 40)
    assert 200 < len(first) <= 300
    assert first.endswith(",")
    assert " ".join([first, *rest]) == ("and so on, " * 40).strip()


def test_a_sentence_without_a_pause_is_cut_between_words() -> None:
    first, *rest = split("word " * 100)
    assert len(first) <= 300
    assert " ".join([first, *rest]) == ("word " * 100).strip()


def test_a_word_without_end_is_cut_anywhere() -> None:
    assert [len(part) for part in split("x" * 700)] == [300, 300, 100]


@given(st.lists(st.text(alphabet="ab .!?,\n)\"'", max_size=40), max_size=30))
def test_no_letter_is_lost(pieces: list[str]) -> None:
    said = "".join("".join(split(*pieces)).split())
    assert said == "".join("".join(pieces).split())
