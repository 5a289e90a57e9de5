from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.estuary.pulse import BUSY_S, DEAD_S, IDLE_S, STALL_S, Pulse


def answering(round_trip_s: float = 0.01) -> Pulse:
    """Return a pulse whose first ping went out at 0 and was answered."""
    pulse = Pulse()
    pulse.answered(pulse.ping(0.0), round_trip_s)
    return pulse


def test_the_first_ping_is_due_at_once_and_the_next_by_how_busy_it_is() -> None:
    pulse = Pulse()
    assert pulse.is_due(0.0, is_busy=False)
    pulse.ping(0.0)
    assert not pulse.is_due(BUSY_S - 0.01, is_busy=True)
    assert pulse.is_due(BUSY_S, is_busy=True)
    assert not pulse.is_due(IDLE_S - 0.01, is_busy=False)
    assert pulse.is_due(IDLE_S, is_busy=False)


def test_every_ping_has_a_token_of_its_own() -> None:
    pulse = Pulse()
    assert len({pulse.ping(float(number)) for number in range(100)}) == 100


def test_a_server_that_never_answered_is_not_judged() -> None:
    pulse = Pulse()
    for number in range(10):
        pulse.ping(float(number))
    assert not pulse.is_trusted
    assert not pulse.is_stalled(1_000.0)
    assert not pulse.is_dead(1_000.0)
    assert pulse.next_look(9.0) == 9.0 + IDLE_S


def test_what_is_not_answered_stalls_and_then_is_dead() -> None:
    pulse = answering()
    assert pulse.is_trusted
    pulse.ping(4.0)
    assert not pulse.is_stalled(4.0 + STALL_S)
    assert pulse.is_stalled(4.01 + STALL_S)
    assert not pulse.is_dead(4.0 + DEAD_S)
    assert pulse.is_dead(4.01 + DEAD_S)


def test_whatever_comes_shows_that_the_other_end_lives() -> None:
    pulse = answering()
    pulse.ping(4.0)
    pulse.heard(8.0)
    assert not pulse.is_stalled(8.0 + STALL_S)
    assert not pulse.is_dead(8.0 + DEAD_S)
    assert pulse.is_dead(8.01 + DEAD_S)


def test_an_answer_answers_every_ping_before_it_too() -> None:
    pulse = answering()
    pulse.ping(4.0)
    second, third = pulse.ping(4.2), pulse.ping(4.4)
    pulse.answered(second, 4.5)
    assert not pulse.is_stalled(4.4 + STALL_S)
    assert pulse.is_stalled(4.5 + STALL_S)
    pulse.answered(third, 5.0)
    assert not pulse.is_stalled(100.0)
    assert not pulse.is_dead(100.0)


def test_an_answer_to_nothing_is_no_answer() -> None:
    pulse = Pulse()
    pulse.ping(0.0)
    pulse.answered(b"what", 0.1)
    assert not pulse.is_trusted
    assert pulse.round_trip_s == 0.0


def test_on_a_slow_connection_more_patience_is_had() -> None:
    pulse = answering(round_trip_s=4.0)
    pulse.ping(10.0)
    assert not pulse.is_stalled(18.0)
    assert pulse.is_stalled(18.1)
    assert not pulse.is_dead(18.0)
    assert pulse.is_dead(18.1)
    assert pulse.next_look(10.0) == 14.0  # for the next ping
    pulse.ping(14.0)
    assert pulse.next_look(14.0) == 18.0  # for the first that is waited for


def test_the_round_trip_is_smoothed() -> None:
    pulse = answering(round_trip_s=1.0)
    assert pulse.round_trip_s == 1.0
    pulse.answered(pulse.ping(4.0), 4.2)
    assert round(pulse.round_trip_s, 3) == 0.8


def test_while_it_rests_nothing_is_sent_and_nothing_expected() -> None:
    pulse = answering()
    unread = pulse.ping(4.0)
    pulse.rest()
    assert not pulse.is_due(100.0, is_busy=True)
    assert not pulse.is_stalled(100.0)
    assert not pulse.is_dead(100.0)
    assert pulse.next_look(100.0) == 100.0 + IDLE_S
    pulse.wake()
    assert pulse.is_due(100.0, is_busy=False)
    pulse.answered(unread, 100.0)
    assert pulse.round_trip_s == 0.01


@given(dies_after=st.floats(0.011, 20), steps=st.lists(st.floats(0, 1), max_size=50))
def test_a_quiet_connection_that_dies_is_found_within_the_time_that_is_promised(
    dies_after: float, steps: list[float]
) -> None:
    """Whoever follows `next_look` finds it 9 s after the last answer at the latest."""
    pulse = answering()
    now = 0.01
    lateness = iter(steps)
    while not pulse.is_dead(now):
        if pulse.is_due(now, is_busy=False):
            token = pulse.ping(now)
            if now + 0.01 < dies_after:
                pulse.answered(token, now + 0.01)
        now = max(pulse.next_look(now), now + 0.05) + 0.05 * next(lateness, 0)
    assert now - dies_after <= IDLE_S + DEAD_S + 0.2
