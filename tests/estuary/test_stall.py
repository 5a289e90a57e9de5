from __future__ import annotations

import pytest

from app.estuary.stall import Stall


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.estuary.stall.time.monotonic", clock)
    return clock


def test_it_ages_while_the_count_stands_still(clock: Clock) -> None:
    stall = Stall()
    clock.now += 2.0
    stall.begin()
    clock.now += 1.5
    assert stall.age_s(0) == 1.5
    assert stall.age_s(480) == 0.0
    clock.now += 0.5
    assert stall.age_s(480) == 0.5


def test_a_count_that_grew_while_nobody_looked_is_no_stall(clock: Clock) -> None:
    stall = Stall()
    stall.age_s(480)
    clock.now += 10.0
    assert stall.age_s(960) == 0.0
