from __future__ import annotations

from app.audio.playback.latency_ladder import STEPS_S, UNDERRUNS, WINDOW_S, LatencyLadder


def _run_dry(ladder: LatencyLadder, *times: float) -> None:
    for time in times:
        ladder.underrun(time)


def test_it_starts_with_the_shortest() -> None:
    ladder = LatencyLadder()
    assert (ladder.latency_s, ladder.is_due) == (min(STEPS_S), False)


def test_a_few_underruns_far_apart_are_accidents() -> None:
    ladder = LatencyLadder()
    _run_dry(ladder, *(number * WINDOW_S / (UNDERRUNS - 1) * 1.01 for number in range(20)))
    assert not ladder.is_due


def test_repeated_underruns_lead_one_step_up_and_count_anew() -> None:
    ladder = LatencyLadder()
    due = []
    for time in (1, 2, 30):
        _run_dry(ladder, time)
        due.append(ladder.is_due)
    assert due == [False, False, True]
    assert ladder.climb() == ladder.latency_s == STEPS_S[1]
    _run_dry(ladder, 31, 32)
    assert not ladder.is_due


def test_an_old_underrun_does_not_count() -> None:
    ladder = LatencyLadder()
    due = []
    for time in (0, 40, 41, 42):
        _run_dry(ladder, time)
        due.append(ladder.is_due)
    assert due == [False, False, False, True]


def test_there_is_a_last_step() -> None:
    ladder = LatencyLadder()
    for step in STEPS_S[1:]:
        _run_dry(ladder, 1, 2, 3)
        assert ladder.is_due
        assert ladder.climb() == step
    _run_dry(ladder, 1, 2, 3)
    assert not ladder.is_due
    assert ladder.climb() == STEPS_S[-1]
