from __future__ import annotations

import pytest

from app.audio.playback.playback_clock import MEMORY_BLOCKS, PlaybackClock

_RATE = 1000
_BLOCK = bytes(20)  # 10 samples, 10 ms


def test_samples_count_as_they_leave() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=10.0)
    assert [clock.played(now) for now in (9.0, 10.0, 10.0051, 10.0101, 11.0)] == [0, 0, 5, 10, 10]


def test_silence_is_not_counted() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 5, heard_at=0.0)
    clock.hand_over(_BLOCK, 0, heard_at=0.010)
    clock.hand_over(_BLOCK, 10, heard_at=0.020)
    assert [clock.played(now) for now in (0.0101, 0.015, 0.0251)] == [5, 5, 10]


def test_two_blocks_are_handed_back_as_one_frame_once_all_of_it_was_heard() -> None:
    clock = PlaybackClock(_RATE)
    blocks = [bytes([number]) * 20 for number in range(6)]
    for number, block in enumerate(blocks):
        clock.hand_over(block, 10, heard_at=number * 0.010)
    assert clock.take_heard(0.0199) == []
    assert clock.take_heard(0.0501) == [blocks[0] + blocks[1], blocks[2] + blocks[3]]
    settled = [clock.is_settled]
    assert clock.take_heard(1.0) == [blocks[4] + blocks[5]]
    assert [*settled, clock.is_settled] == [False, True]
    assert clock.played(1.0) == 60


@pytest.mark.parametrize("now", [0.0, 0.013, 0.02, 0.031, 0.05])
def test_taking_what_was_heard_does_not_change_the_count(now: float) -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=0.0)
    clock.hand_over(_BLOCK, 10, heard_at=0.010)
    before = clock.played(now)
    clock.take_heard(now)
    assert clock.played(now) == before


def test_the_count_never_falls_when_another_device_is_faster() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=0.200)
    clock.hand_over(_BLOCK, 10, heard_at=0.050)
    counts = []
    for step in range(30):
        counts.append(clock.played(step * 0.01))
        clock.take_heard(step * 0.01)
    assert counts == sorted(counts)
    assert counts[-1] == 20


def test_each_sample_has_its_time_before_and_after_it_was_heard() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=1.0)
    clock.hand_over(_BLOCK, 4, heard_at=1.010)  # the message ends
    clock.hand_over(_BLOCK, 0, heard_at=1.020)
    clock.hand_over(_BLOCK, 10, heard_at=5.0)
    for _ in range(2):
        times = [clock.left_at(sample) for sample in (0, 9, 13, 14, 23)]
        assert times == pytest.approx([1.0, 1.009, 1.013, 5.0, 5.009])
        assert clock.left_at(24) is None
        clock.take_heard(9.0)


def test_what_was_heard_long_ago_is_forgotten() -> None:
    clock = PlaybackClock(_RATE)
    for number in range(MEMORY_BLOCKS + 1):
        clock.hand_over(_BLOCK, 10, heard_at=number * 0.010)
    clock.take_heard(1e9)
    assert clock.left_at(9) is None
    assert clock.left_at(10) == pytest.approx(0.010)


def test_the_next_report_is_due_when_the_oldest_block_has_left() -> None:
    clock = PlaybackClock(_RATE)
    assert clock.next_at is None
    clock.hand_over(_BLOCK, 10, heard_at=1.0)
    clock.hand_over(_BLOCK, 10, heard_at=1.01)
    assert clock.next_at == pytest.approx(1.01)


def test_what_is_withdrawn_is_neither_counted_nor_told() -> None:
    clock = PlaybackClock(_RATE)
    for number, samples in enumerate((10, 10, 4)):
        clock.hand_over(b"\1\0" * samples + bytes(20 - 2 * samples), samples, heard_at=number * 0.010)
    assert clock.withdraw(15) == 9
    assert clock.left_at(15) is None
    clock.hand_over(b"\2\0" * 10, 10, heard_at=0.030)
    assert clock.left_at(15) == pytest.approx(0.030)
    assert clock.played(1.0) == 25
    whole = [clock.is_whole]
    clock.hand_over(_BLOCK, 0, heard_at=0.040)
    assert [*whole, clock.is_whole] == [False, True]
    assert b"".join(clock.take_heard(1.0)) == b"\1\0" * 15 + bytes(10) + b"\2\0" * 10 + _BLOCK


@pytest.mark.parametrize(("blocks", "silence"), [(0, 20), (1, 30), (2, 20)])
def test_silence_follows_what_is_on_the_way_and_makes_whole_frames(blocks: int, silence: int) -> None:
    clock = PlaybackClock(_RATE)
    for number in range(blocks):
        clock.hand_over(b"\1\0" * 10, 10, heard_at=5.0 + number * 0.010)
    clock.fall_silent(4.0)
    begins = 5.0 + blocks * 0.010 if blocks else 4.0
    assert clock.played(9.0) == blocks * 10
    assert b"".join(clock.take_heard(begins + silence / 1000 - 0.0001)) == b"\1\0" * 10 * (blocks // 2 * 2)
    assert b"".join(clock.take_heard(begins + silence / 1000 + 0.0001))[-2 * silence :] == bytes(2 * silence)
    assert clock.is_settled


def test_silence_does_not_begin_before_it_is_asked_for() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=1.0)
    clock.fall_silent(2.0)
    assert clock.take_heard(2.0199) == []
    assert len(clock.take_heard(2.0301)) == 2


def test_no_more_is_withdrawn_than_is_on_its_way() -> None:
    clock = PlaybackClock(_RATE)
    clock.hand_over(_BLOCK, 10, heard_at=0.0)
    clock.take_heard(1.0)
    clock.hand_over(_BLOCK, 10, heard_at=1.0)
    assert clock.withdraw(100) == 10
    assert clock.played(9.0) == 10
