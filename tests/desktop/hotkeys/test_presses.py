"""One press and one release, whatever happens to the keys."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.event import Cause, HotkeyEvent, Pressed, Released
from app.desktop.hotkeys.presses import Presses

HOLD, MUTE = Action.HOLD_TO_TALK, Action.MUTE


def test_a_key_that_repeats_is_pressed_once() -> None:
    told: list[HotkeyEvent] = []
    presses = Presses(told.append)
    for at in (1.0, 1.2, 1.3):
        presses.press(HOLD, 65, at)
    presses.release(64, 1.4)
    presses.release(65, 1.5)
    presses.release(65, 1.6)
    assert told == [Pressed(HOLD, 1.0), Released(HOLD, 1.5)]


def test_a_modifier_is_a_tap_only_when_no_other_key_was_used() -> None:
    told: list[HotkeyEvent] = []
    presses = Presses(told.append)
    presses.use(105)
    presses.tap(MUTE, 105)
    presses.use(54)
    presses.release(54, 1.0)
    presses.release(105, 1.1)
    assert told == []
    presses.use(105)
    presses.tap(MUTE, 105)
    presses.release(105, 2.0)
    assert told == [Pressed(MUTE, 2.0), Released(MUTE, 2.0)]


def test_what_is_really_up_is_released_and_a_tap_of_it_is_none() -> None:
    told: list[HotkeyEvent] = []
    presses = Presses(told.append)
    presses.press(HOLD, 65, 1.0)
    presses.tap(MUTE, 105)
    before = presses.waiting
    assert set(before.values()) == {65, 105}
    presses.settle(before, frozenset({65, 105, 7}), 2.0)
    presses.settle({}, frozenset(), 2.5)  # all of it was pressed after the look
    assert told == [Pressed(HOLD, 1.0)]
    presses.settle(before, frozenset({7}), 3.0)
    assert told == [Pressed(HOLD, 1.0), Released(HOLD, 3.0, Cause.NOT_SEEN)]
    assert presses.waiting == {}


STEPS = st.tuples(
    st.sampled_from(["press", "tap", "use", "release", "settle", "end"]),
    st.sampled_from(Action),
    st.integers(8, 12),
)


@given(st.lists(STEPS))
@example([("press", HOLD, 8), ("tap", HOLD, 9), ("release", HOLD, 9)])
def test_presses_and_releases_always_alternate(steps: list[tuple[str, Action, int]]) -> None:
    told: list[HotkeyEvent] = []
    presses = Presses(told.append)
    for step, action, code in steps:
        match step:
            case "press":
                presses.press(action, code, 0.0)
            case "tap":
                presses.tap(action, code)
            case "use":
                presses.use(code)
            case "release":
                presses.release(code, 0.0)
            case "settle":
                presses.settle(presses.waiting, frozenset({code}), 0.0)
            case _:
                presses.release_all(0.0, Cause.LOST)
    presses.release_all(0.0, Cause.LOST)
    balance: Counter[Action] = Counter()
    for event in told:
        assert isinstance(event, Pressed | Released)
        balance[event.action] += 1 if isinstance(event, Pressed) else -1
        assert balance[event.action] in {0, 1}
    assert not any(balance.values())
