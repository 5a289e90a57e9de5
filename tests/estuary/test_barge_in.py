"""Barge-in: what ducks, what stops, and what lets the volume come back."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.audio.frame import Frame, Speech
from app.core.audio_format import FRAME_MS
from app.estuary.barge_in import CONFIRM_S, RESTORE_S, BargeIn, Verdict

NONE, SIGN, SPEECH = Speech.NONE, Speech.SIGN, Speech.SPEECH


def verdicts(barge_in: BargeIn, heard: Iterable[Speech], *, is_audible: bool = True) -> list[Verdict]:
    given = [barge_in.push(Frame(b"", 16_000, 0.0, speech), is_audible=is_audible) for speech in heard]
    return [verdict for verdict in given if verdict is not None]


def frames(seconds: float, speech: Speech) -> list[Speech]:
    return [speech] * round(seconds * 1000 / FRAME_MS)


def test_the_first_sign_ducks_at_once() -> None:
    barge_in = BargeIn()
    assert verdicts(barge_in, [NONE, SIGN]) == [Verdict.DUCK]
    assert barge_in.is_ducked


def test_a_cough_only_ducks_and_the_volume_comes_back() -> None:
    barge_in = BargeIn()
    heard = frames(0.2, SIGN) + frames(0.3, SPEECH) + frames(RESTORE_S, NONE)
    assert verdicts(barge_in, heard) == [Verdict.DUCK, Verdict.RESTORE]
    assert not barge_in.is_ducked


def test_a_short_pause_does_not_bring_the_volume_back() -> None:
    barge_in = BargeIn()
    assert verdicts(barge_in, [SIGN, *frames(RESTORE_S - 0.02, NONE), SIGN]) == [Verdict.DUCK]


def test_long_speech_stops_without_a_word() -> None:
    barge_in = BargeIn()
    assert verdicts(barge_in, frames(CONFIRM_S - 0.02, SPEECH)) == [Verdict.DUCK]
    assert verdicts(barge_in, [SPEECH]) == [Verdict.STOP]


def test_signs_alone_never_stop() -> None:
    assert verdicts(BargeIn(), frames(5, SIGN)) == [Verdict.DUCK]


def test_speech_of_two_backchannels_is_not_added_up() -> None:
    mhm = frames(0.8, SPEECH) + frames(RESTORE_S, NONE)
    assert verdicts(BargeIn(), mhm * 3) == [Verdict.DUCK, Verdict.RESTORE] * 3


def test_a_word_stops_even_after_the_volume_came_back() -> None:
    barge_in = BargeIn()
    assert verdicts(barge_in, [SIGN, *frames(RESTORE_S, NONE)]) == [Verdict.DUCK, Verdict.RESTORE]
    assert barge_in.hear("stop", is_audible=True) is Verdict.STOP


@pytest.mark.parametrize("words", ["mhm", "yeah okay", ""])
def test_a_backchannel_stops_nothing(words: str) -> None:
    barge_in = BargeIn()
    verdicts(barge_in, [SPEECH])
    assert barge_in.hear(words, is_audible=True) is None
    assert barge_in.is_ducked


def test_nobody_barges_in_on_silence() -> None:
    barge_in = BargeIn()
    assert verdicts(barge_in, frames(3, SPEECH), is_audible=False) == []
    assert barge_in.hear("stop", is_audible=False) is None


def test_a_voice_that_ends_while_ducked_is_restored_for_the_next() -> None:
    barge_in = BargeIn()
    verdicts(barge_in, [SPEECH])
    assert verdicts(barge_in, [SPEECH], is_audible=False) == [Verdict.RESTORE]


def test_it_is_stopped_once() -> None:
    barge_in = BargeIn()
    verdicts(barge_in, [SPEECH])
    assert barge_in.hear("stop it", is_audible=True) is Verdict.STOP
    assert not barge_in.is_ducked
    assert barge_in.hear("stop it now", is_audible=False) is None
