from __future__ import annotations

from app.estuary.heard_times import MEMORY, HeardTimes


def test_a_message_has_the_times_of_its_first_and_last_sample() -> None:
    times = HeardTimes()
    assert (times.started_at("m"), times.completed_at("m")) == (None, None)
    times.start("m", 1.0)
    assert (times.started_at("m"), times.completed_at("m")) == (1.0, None)
    times.complete("m", 2.0)
    assert (times.started_at("m"), times.completed_at("m")) == (1.0, 2.0)


def test_the_oldest_are_forgotten() -> None:
    times = HeardTimes()
    for number in range(MEMORY + 1):
        times.start(str(number), number)
    assert (times.started_at("0"), times.started_at("1")) == (None, 1)
