from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.audio.devices.device_time import FORGET_S, DeviceTime


def _times(called_at: float, heard_at: float) -> SimpleNamespace:
    return SimpleNamespace(currentTime=called_at, outputBufferDacTime=heard_at)


def test_a_block_is_heard_after_the_latency_the_system_tells() -> None:
    time = DeviceTime(0.5)
    assert time.latency_s == 0.5
    assert time.heard_at(_times(7.0, 7.03), now=107.0) == pytest.approx(107.03)
    assert time.latency_s == pytest.approx(0.03)


def test_a_busy_thread_does_not_move_what_is_heard() -> None:
    time = DeviceTime(0.5)
    time.heard_at(_times(7.0, 7.03), now=107.0)
    late = time.heard_at(_times(7.01, 7.04), now=107.015)
    assert late == pytest.approx(107.04, abs=2 * FORGET_S)


def test_a_shorter_wait_is_believed_at_once() -> None:
    time = DeviceTime(0.5)
    time.heard_at(_times(7.0, 7.03), now=107.004)
    assert time.heard_at(_times(7.01, 7.04), now=107.01) == pytest.approx(107.04)


def test_a_clock_that_was_set_back_is_followed_in_time() -> None:
    time = DeviceTime(0.5)
    for block in range(500):
        time.heard_at(_times(7 + block / 100, 7.03 + block / 100), now=107 + block / 100)
    for block in range(500, 900):
        heard_at = time.heard_at(_times(6.998 + block / 100, 7.028 + block / 100), now=107 + block / 100)
    assert heard_at == pytest.approx(107.03 + 899 / 100, abs=1e-4)


@pytest.mark.parametrize(
    "times", [_times(0.0, 0.0), _times(7.0, 0.0), _times(7.0, 7.0), _times(7.0, 27.0), _times(0.0, 9.0)]
)
def test_a_system_that_does_not_tell_has_its_usual_latency(times: SimpleNamespace) -> None:
    time = DeviceTime(0.04)
    assert time.heard_at(times, now=107.0) == pytest.approx(107.04)
    assert time.latency_s == 0.04
