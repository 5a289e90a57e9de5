from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.audio.playback.playback_queue import PlaybackQueue
from tests.audio.signals import samples_of, tone

_RATE = 24_000
_FADE = 120  # samples of 5 ms


@given(st.lists(st.one_of(st.binary(max_size=9), st.integers(0, 12).map(lambda half: 2 * half))))
def test_everything_comes_out_once_and_in_order(steps: list[bytes | int]) -> None:
    queue, written, pulled = PlaybackQueue(_RATE), b"", b""
    for step in steps:
        if isinstance(step, int):
            part = queue.pull(step)
            assert len(part) == min(step, len(written) // 2 * 2 - len(pulled))
            pulled += part
        else:
            queue.write(step)
            written += step
        assert queue.samples == (len(written) - len(pulled)) // 2
    assert pulled + queue.pull(1 << 20) == written[: len(written) // 2 * 2]


def test_cleared_queue_fades_out_within_five_milliseconds() -> None:
    queue = PlaybackQueue(_RATE)
    said = tone(440, _RATE, 1.0)
    queue.write(said)
    played = queue.pull(960)
    queue.clear()
    assert queue.samples == _FADE
    tail = samples_of(queue.pull(1 << 20))
    steps = [abs(after - before) for before, after in pairwise([*samples_of(played)[-1:], *tail])]
    assert max(steps) < 2300, "a step that large is a click (the tone itself rises by 1844 a sample)"
    assert abs(tail[-1]) == 0
    assert abs(tail[-20:]).max() < 0.2 * abs(samples_of(said)).max()


def test_clear_may_drop_without_a_fade() -> None:
    queue = PlaybackQueue(_RATE)
    queue.write(tone(440, _RATE, 1.0) + b"\1")
    queue.clear(fade=False)
    queue.write(b"\2\0")
    assert queue.pull(100) == b"\2\0"


def test_clear_of_nothing_is_nothing() -> None:
    queue = PlaybackQueue(_RATE)
    queue.clear()
    assert (queue.samples, queue.pull(100)) == (0, b"")


def test_less_than_a_fade_is_faded_as_it_is() -> None:
    queue = PlaybackQueue(_RATE)
    queue.write(b"\0\x40" * 10)
    queue.clear()
    tail = samples_of(queue.pull(100))
    assert tail.size == 10
    assert (tail[0], tail[-1]) == (0x4000, 0)


def test_what_was_written_is_what_was_pulled_and_what_waits() -> None:
    queue = PlaybackQueue(_RATE)
    queue.write(bytes(2_000))
    queue.pull(200)
    assert queue.written_samples == 1_000
    queue.clear()
    assert queue.written_samples == 100 + _FADE
    queue.pull(1 << 20)
    queue.write(bytes(20))
    assert queue.written_samples == 100 + _FADE + 10


def test_clear_may_leave_what_comes_first_as_it_is() -> None:
    queue = PlaybackQueue(_RATE)
    said = tone(440, _RATE, 1.0)
    queue.write(said)
    queue.pull(2 * 100)
    queue.clear(after=700)
    assert (queue.samples, queue.written_samples) == (600, 700)
    assert queue.pull(1 << 20) == said[2 * 100 : 2 * 700]


def test_clear_after_what_was_pulled_already_clears_everything() -> None:
    queue = PlaybackQueue(_RATE)
    queue.write(tone(440, _RATE, 1.0))
    queue.pull(2 * 1_000)
    queue.clear(after=1_000)
    assert queue.samples == _FADE


def test_what_was_pulled_in_vain_does_not_count() -> None:
    queue = PlaybackQueue(_RATE)
    queue.write(bytes(2_000))
    queue.pull(1_000)
    queue.withdraw(200)
    assert (queue.samples, queue.written_samples) == (500, 800)
