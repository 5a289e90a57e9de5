from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary.outbox import AudioDropped, Outbox


def test_what_waits_is_taken_in_order_and_once() -> None:
    outbox = Outbox(1.0)
    assert not outbox
    outbox.put("a", 0.0)
    outbox.put("b", 0.1, audio_s=0.02)
    outbox.put("c", 0.2)
    assert outbox
    assert outbox.take(0.3) == ["a", "b", "c"]
    assert not outbox
    assert outbox.take(0.3) == []
    assert outbox.dropped() is None


@pytest.mark.parametrize("at", [1.0, 1.5])
def test_audio_is_dropped_when_it_is_older_than_the_limit_and_not_before(at: float) -> None:
    outbox = Outbox(1.0)
    outbox.put("old", 0.0, audio_s=0.02)
    outbox.put("young", 0.6, audio_s=0.02)
    assert outbox.take(at) == (["old", "young"] if at == 1.0 else ["young"])
    assert outbox.dropped() == (None if at == 1.0 else AudioDropped(1, 0.02))


def test_nothing_else_is_ever_dropped() -> None:
    outbox = Outbox(1.0)
    outbox.put("text", 0.0)
    outbox.put("quiet", 0.0, audio_s=0.02)
    outbox.put("said", 0.0)
    outbox.put("late", 100.0)
    assert outbox.take(200.0) == ["text", "said", "late"]


def test_what_was_dropped_is_counted_until_it_is_asked_for() -> None:
    outbox = Outbox(1.0)
    for number in range(150):
        outbox.put(str(number), number * 0.02, audio_s=0.02)
    taken = outbox.take(150 * 0.02)
    assert taken == [str(number) for number in range(100, 150)]
    assert outbox.dropped() == AudioDropped(100, 2.0)
    assert outbox.dropped() is None
    outbox.put("again", 10.0, audio_s=0.02)
    assert outbox.take(20.0) == []
    assert outbox.dropped() == AudioDropped(1, 0.02)


def test_with_no_patience_at_all_only_what_leaves_at_once_is_kept() -> None:
    outbox = Outbox(0.0)
    outbox.put("now", 5.0, audio_s=0.02)
    assert outbox.take(5.0) == ["now"]
    outbox.put("then", 5.0, audio_s=0.02)
    assert outbox.take(5.01) == []


@given(
    puts=st.lists(st.tuples(st.floats(0, 0.5), st.booleans()), max_size=60),
    wait=st.floats(0, 3),
)
def test_what_is_taken_is_everything_but_the_audio_that_is_too_old(
    puts: list[tuple[float, bool]], wait: float
) -> None:
    outbox, now, all_of_it = Outbox(1.0), 0.0, list[tuple[str, float, bool]]()
    for number, (step, is_audio) in enumerate(puts):
        now += step
        all_of_it.append((str(number), now, is_audio))
        outbox.put(str(number), now, 0.02 if is_audio else 0.0)
    now += wait
    old = [name for name, since, is_audio in all_of_it if is_audio and now - since > 1.0]
    assert outbox.take(now) == [name for name, _, _ in all_of_it if name not in old]
    dropped = outbox.dropped()
    assert (dropped.frames if dropped is not None else 0) == len(old)
