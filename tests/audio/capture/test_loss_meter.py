from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest

from app.audio.capture.loss_meter import LossMeter

_BLOCK_S = 0.02


def _lost(times: Iterable[float]) -> list[int]:
    meter = LossMeter(_BLOCK_S)
    return [lost for now in times if (lost := meter.push(now))]


def _times(seconds: float, begin: float = 100.0) -> list[float]:
    return [begin + block * _BLOCK_S for block in range(round(seconds / _BLOCK_S))]


def test_steady_blocks_lose_nothing() -> None:
    assert _lost(_times(60)) == []


def test_blocks_in_bursts_and_with_jitter_lose_nothing() -> None:
    random = Random(1)
    bursts = [now // 0.06 * 0.06 + random.uniform(0, 0.03) for now in _times(60)]
    assert _lost(bursts) == []


@pytest.mark.parametrize("drift", [-200e-6, 200e-6])
def test_clock_that_goes_wrong_loses_nothing(drift: float) -> None:
    assert _lost(now * (1 + drift) for now in _times(600)) == []


@pytest.mark.parametrize("hold_s", [0.1, 0.6, 2.5])
def test_blocks_that_were_held_up_are_not_lost(hold_s: float) -> None:
    times = _times(10)
    assert (
        _lost(max(now, times[200] + hold_s) if block >= 200 else now for block, now in enumerate(times)) == []
    )


@pytest.mark.parametrize("lost", [4, 50, 500])
@pytest.mark.parametrize("after", [120, 149, 150, 151])
def test_gap_is_counted_once(lost: int, after: int) -> None:
    times = _times(30)
    assert _lost(times[:after] + times[after + lost :]) == [lost]


def test_each_gap_is_counted() -> None:
    times = _times(30)
    assert _lost(times[:200] + times[210:500] + times[520:]) == [10, 20]
