from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.core.translation import Speech, counted, decimal, marked, speak, speech, translate


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak()


def shouting(context: str, text: str, n: int) -> str:
    return f"{context} {text.upper()} {n}"


def test_without_another_language_a_text_is_what_stands_in_the_code() -> None:
    assert translate("Call", "Say it again, {name}.") == "Say it again, {name}."
    assert counted("Archive", "%n messages were written.", 3) == "3 messages were written."
    assert translate("Archive", "100 %n") == "100 %n"
    assert speech().tag == "en"
    assert not speech().is_right_to_left


def test_another_language_counts_from_the_moment_it_is_spoken_until_english_is_again() -> None:
    speak(Speech(shouting, lambda value, places: f"{value:.{places}f}".replace(".", ","), "sh"))
    assert translate("Call", "hello") == "Call HELLO -1"
    assert counted("Call", "%n of them", 2) == "Call %N OF THEM 2"
    assert decimal(1.25, 1) == "1,2"
    assert speech().tag == "sh"
    speak()
    assert translate("Call", "hello") == "hello"
    assert decimal(1.25, 1) == "1.2"


def test_what_is_marked_is_translated_when_it_is_shown() -> None:
    later = marked("Call", "hello")
    assert later == "hello"
    speak(Speech(shouting, lambda value, _: str(value)))
    assert marked("Call", "hello") == "hello"
    assert translate("Call", later) == "Call HELLO -1"
