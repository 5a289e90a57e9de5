from __future__ import annotations

import pytest

from benchmarks.window_parts.beats import waits_ms


def test_a_loop_in_time_makes_nothing_wait() -> None:
    assert waits_ms([0.0, 0.010, 0.020, 0.030], 0.01) == pytest.approx([0, 0, 0], abs=1e-6)


def test_a_stall_counts_for_all_that_came_meanwhile() -> None:
    # Due at 10, 20, 30 and 40 ms; the loop came back at 45.
    assert waits_ms([0.0, 0.045], 0.01) == pytest.approx([35, 25, 15, 5])


def test_a_beat_that_makes_up_for_a_late_one_has_not_waited_less_than_nothing() -> None:
    assert waits_ms([0.0, 0.018, 0.020], 0.01) == pytest.approx([8, 0])


def test_without_beats_nothing_is_known() -> None:
    assert waits_ms([], 0.01) == []
    assert waits_ms([1.0], 0.01) == []
