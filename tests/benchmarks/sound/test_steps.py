from __future__ import annotations

from benchmarks.sound.steps import Steps


def test_only_what_is_new_is_told() -> None:
    told: list[float] = []
    steps = Steps(told.append)
    for done in (1, 3, 3, 2, 7):
        steps.reach(done)
    assert told == [1, 2, 4]
