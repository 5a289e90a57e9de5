from __future__ import annotations

import time

from app.history.numbers import Numbers


def test_numbers_rise_with_time_and_fit_a_row_number() -> None:
    numbers = Numbers()
    given = [numbers.next() for _ in range(5000)]
    assert given == sorted(set(given))
    assert given[0] >> 20 <= time.time() * 1000
    assert given[-1] < 1 << 63


def test_numbers_follow_what_a_clock_put_back_would_precede() -> None:
    numbers = Numbers()
    later = (int(time.time() * 1000) + 3_600_000) << 20
    numbers.follow(later)
    assert numbers.next() > later
    numbers.follow(5)
    assert numbers.next() > later


def test_two_windows_do_not_meet_even_when_one_follows_the_other() -> None:
    for _ in range(50):
        one, other = Numbers(), Numbers()
        given = [one.next()]
        other.follow(given[0])
        given += [each.next() for _ in range(4) for each in (one, other)]
        assert len(set(given)) == len(given)
