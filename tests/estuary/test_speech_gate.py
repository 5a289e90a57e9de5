"""The speech gate, frame by frame."""

from __future__ import annotations

import pytest

from app.audio.frame import Frame, Speech
from app.estuary.speech_gate import HANG_FRAMES, LEAD_FRAMES, PRE_ROLL_FRAMES, Guard, SpeechGate

QUIET = bytes(640)


def frame(number: int, speech: Speech = Speech.NONE) -> Frame:
    return Frame(number.to_bytes(2, "little") * 320, 16_000, 0.0, speech)


def numbers(sent: list[bytes]) -> list[int]:
    return [int.from_bytes(pcm[:2], "little") for pcm in sent]


def test_an_open_gate_lets_everything_through_once() -> None:
    gate = SpeechGate()
    sent = [pcm for n in range(1, 4) for pcm in gate.push(frame(n), Guard.OPEN)]
    assert numbers(sent) == [1, 2, 3]


@pytest.mark.parametrize(("guard", "instead"), [(Guard.SILENCE, [QUIET]), (Guard.NOTHING, [])])
def test_without_speech_no_sample_leaves(guard: Guard, instead: list[bytes]) -> None:
    gate = SpeechGate()
    assert [gate.push(frame(n, Speech.SIGN), guard) for n in range(1, 4)] == [instead] * 3


@pytest.mark.parametrize("guard", [Guard.SILENCE, Guard.NOTHING])
def test_speech_leaves_whole_with_what_came_before_and_after_it(guard: Guard) -> None:
    gate = SpeechGate()
    for n in range(1, 41):
        gate.push(frame(n), guard)
    assert numbers(gate.push(frame(41, Speech.SPEECH), guard)) == list(range(41 - PRE_ROLL_FRAMES, 42))
    after = [gate.push(frame(42 + n), guard) for n in range(HANG_FRAMES + 1)]
    assert [numbers(sent) for sent in after[:-2]] == [[42 + n] for n in range(HANG_FRAMES - 1)]
    assert after[-1] in ([], [QUIET])


def test_what_was_sent_through_an_open_gate_is_not_sent_again() -> None:
    gate = SpeechGate()
    gate.push(frame(1), Guard.SILENCE)
    gate.push(frame(2), Guard.OPEN)
    gate.push(frame(3), Guard.SILENCE)
    assert numbers(gate.push(frame(4, Speech.SPEECH), Guard.SILENCE)) == [3, 4]


def test_speech_that_goes_on_as_the_guard_begins_is_not_cut() -> None:
    gate = SpeechGate()
    gate.push(frame(1, Speech.SPEECH), Guard.OPEN)
    assert numbers(gate.push(frame(2), Guard.SILENCE)) == [2]


def test_nothing_passes_a_shut_gate_nor_is_kept() -> None:
    gate = SpeechGate()
    assert gate.push(frame(1, Speech.SPEECH), Guard.SHUT) == []
    assert numbers(gate.push(frame(2, Speech.SPEECH), Guard.NOTHING)) == [2]


def over(number: int, speech: Speech = Speech.NONE) -> Frame:
    """Return a frame whose samples with the echo only subtracted are a hundred more."""
    one = frame(number, speech)
    return Frame(one.pcm, one.rate, 0.0, speech, frame(number + 100).pcm)


@pytest.mark.parametrize("guard", [Guard.SILENCE, Guard.OPEN])
def test_what_is_said_over_the_character_is_sent_with_the_echo_only_subtracted(guard: Guard) -> None:
    gate = SpeechGate()
    gate.push(frame(1, Speech.SPEECH), guard)
    said = [gate.push(over(2, Speech.SPEECH), guard), gate.push(over(3), guard)]
    assert [numbers(sent) for sent in said] == [[102], [3]]


def test_so_is_what_came_since_just_before_its_first_sign() -> None:
    gate = SpeechGate()
    for n in range(1, 11):
        gate.push(over(n, Speech.SIGN if n in {8, 10} else Speech.NONE), Guard.SILENCE)
    sent = numbers(gate.push(over(11, Speech.SPEECH), Guard.SILENCE))
    first = 8 - LEAD_FRAMES
    assert sent == [*range(1, first), *range(first + 100, 112)]


def test_without_an_echo_there_is_nothing_to_choose() -> None:
    gate = SpeechGate()
    for n in range(1, 4):
        gate.push(frame(n, Speech.SIGN), Guard.NOTHING)
    assert numbers(gate.push(frame(4, Speech.SPEECH), Guard.NOTHING)) == [1, 2, 3, 4]
