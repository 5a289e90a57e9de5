"""A hold ends once, whatever ends it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.desktop.hotkeys.hold_guard import Ending, HoldGuard


def test_a_hold_begins_once_and_ends_once() -> None:
    guard = HoldGuard()
    assert guard.begin(1.0)
    assert not guard.begin(2.0)
    assert guard.is_held
    assert guard.end()
    assert not guard.end()
    assert not guard.is_held


def test_it_lasts_no_longer_than_it_may_and_the_key_must_go_down_again() -> None:
    guard = HoldGuard(longest_s=60.0)
    guard.begin(100.0)
    assert [guard.ends_at] == [160.0]
    assert not guard.expire(159.9)
    assert guard.expire(160.0)
    assert not guard.end()  # the key goes up at last
    assert guard.ends_at is None
    assert not guard.expire(1e9)
    assert guard.begin(200.0)


def test_a_lock_and_a_sleep_end_it_and_let_nothing_begin_until_both_are_over() -> None:
    guard = HoldGuard()
    guard.begin(1.0)
    assert guard.block(Ending.LOCKED)
    assert not guard.block(Ending.ASLEEP)
    assert not guard.begin(2.0)
    guard.unblock(Ending.ASLEEP)
    assert not guard.begin(3.0)
    guard.unblock(Ending.LOCKED)
    assert guard.begin(4.0)


BLOCKS = st.sampled_from([Ending.LOCKED, Ending.ASLEEP])


@given(st.lists(st.tuples(st.sampled_from(["begin", "end", "expire", "block", "unblock"]), BLOCKS)))
def test_beginnings_and_endings_alternate_and_nothing_is_held_while_blocked(
    steps: list[tuple[str, Ending]],
) -> None:
    guard = HoldGuard(longest_s=3.0)
    held = 0
    for at, (step, why) in enumerate(steps):
        match step:
            case "begin":
                held += guard.begin(float(at))
            case "end":
                held -= guard.end()
            case "expire":
                held -= guard.expire(float(at))
            case "block":
                held -= guard.block(why)
            case _:
                guard.unblock(why)
        assert held in {0, 1}
        assert guard.is_held is (held == 1)
        assert not (guard.is_held and guard.is_blocked)
