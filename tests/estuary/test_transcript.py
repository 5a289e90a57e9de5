from __future__ import annotations

import pytest

from app.estuary import BotResponse, Transcript


def piece(text: str, partial: str | bool = "", *, final: bool = False, message_id: str = "m") -> BotResponse:
    return BotResponse(text=text, partial=partial, is_final=final, message_id=message_id)


CUMULATIVE = [piece("It", "It"), piece("It is", " is"), piece("It is late.", " late.")]
CUMULATIVE_ALONE = [piece("It"), piece("It is"), piece("It is late.")]
PIECES = [piece("It", True), piece(" is", True), piece(" late.", False)]
PIECES_TWICE = [piece("It", "It"), piece(" is", " is"), piece(" late.", " late.")]
PARTIAL_ALONE = [piece("", "It"), piece("", " is"), piece("", " late.")]


@pytest.mark.parametrize("pieces", [CUMULATIVE, CUMULATIVE_ALONE, PIECES, PIECES_TWICE, PARTIAL_ALONE])
def test_both_ways_of_sending_give_the_same_words(pieces: list[BotResponse]) -> None:
    transcript = Transcript()
    assert [transcript.add(each) for each in pieces] == ["It", "It is", "It is late."]
    assert transcript.text("m") == "It is late."


def test_the_final_text_is_the_whole_reply() -> None:
    transcript = Transcript()
    transcript.add(piece("It iz"))
    assert transcript.add(piece("It is late.", final=True)) == "It is late."


def test_an_empty_final_keeps_what_is_known() -> None:
    transcript = Transcript()
    transcript.add(piece("It is late."))
    assert transcript.add(piece("", final=True)) == "It is late."


def test_replies_are_never_merged() -> None:
    transcript = Transcript()
    transcript.add(piece("One moment.", final=True, message_id="a"))
    assert transcript.add(piece("It", message_id="b")) == "It"
    assert transcript.text("a") == "One moment."


def test_old_replies_are_forgotten() -> None:
    transcript = Transcript()
    for number in range(100):
        transcript.add(piece("words", message_id=str(number)))
    assert transcript.text("0") == ""
    assert transcript.text("99") == "words"
