from __future__ import annotations

import pytest

from app.audio.playback_clock import PlaybackClock

_RATE = 1000
_BLOCK = bytes(40)  # 20 samples, 20 ms


def test_samples_count_as_they_leave() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 20, heard_at=10.0)
    assert [clock.played(now) for now in (9.0, 10.0, 10.0051, 10.0201, 11.0)] == [0, 0, 5, 20, 20]


def test_silence_is_not_counted() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 5, heard_at=0.0)
    clock.hand_over(_BLOCK, 0, heard_at=0.020)
    clock.hand_over(_BLOCK, 20, heard_at=0.040)
    assert [clock.played(now) for now in (0.0101, 0.035, 0.0451)] == [5, 5, 10]


def test_block_is_handed_back_once_when_all_of_it_was_heard() -> None:
    clock = PlaybackClock(_RATE)
    blocks = [bytes([number]) * 40 for number in range(3)]
    for number, block in enumerate(blocks):
        clock.hand_over(block, 20, heard_at=number * 0.020)
    assert clock.take_heard(0.0199) == []
    assert clock.take_heard(0.0401) == blocks[:2]
    settled = [clock.is_settled]
    assert clock.take_heard(1.0) == blocks[2:]
    assert [*settled, clock.is_settled] == [False, True]
    assert clock.played(1.0) == 60


@pytest.mark.parametrize("now", [0.0, 0.013, 0.02, 0.031, 0.05])
def test_taking_what_was_heard_does_not_change_the_count(now: float) -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 20, heard_at=0.0)
    clock.hand_over(_BLOCK, 20, heard_at=0.020)
    before = clock.played(now)
    clock.take_heard(now)
    assert clock.played(now) == before
