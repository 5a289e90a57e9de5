"""When no echo is left to be taken out, and how both sides meet again."""

from __future__ import annotations

import pytest

from app.audio.speech.far_end_rest import MOST_OWED_S, REST_S, FarEndRest

RATE = 16_000
SOUND = b"\x01\x00" * 480


def silent_for(rest: FarEndRest, seconds: float) -> None:
    for _ in range(round(seconds * 100)):
        rest.played(bytes(960), 48_000)


def test_it_is_due_after_a_long_silence_only() -> None:
    rest = FarEndRest(RATE)
    assert not rest.is_due
    due = []
    for seconds in (REST_S - 0.02, 0.03):
        silent_for(rest, seconds)
        due.append(rest.is_due)
    rest.played(SOUND, 48_000)
    assert [*due, rest.is_due] == [False, True, False]


@pytest.mark.parametrize(
    ("played_ms", "heard_ms", "owed_ms"), [(200, 200, 0), (230, 200, 30), (200, 260, -60)]
)
def test_what_came_more_of_one_side_is_owed(played_ms: int, heard_ms: int, owed_ms: int) -> None:
    rest = FarEndRest(RATE)
    silent_for(rest, REST_S)
    rest.begin()
    assert rest.is_resting
    silent_for(rest, played_ms / 1000)
    rest.heard(heard_ms * RATE // 1000)
    rest.played(SOUND, 48_000)  # it is compared: not owed
    assert rest.end() == owed_ms * RATE // 1000
    assert not rest.is_resting


def test_a_rest_owes_nothing_of_the_one_before_and_never_much() -> None:
    rest = FarEndRest(RATE)
    silent_for(rest, REST_S)
    rest.begin()
    rest.heard(RATE)
    assert rest.end() == -MOST_OWED_S * RATE
    rest.begin()
    assert rest.end() == 0
