from __future__ import annotations

import numpy as np
import pytest

from benchmarks.sound.echo_path import SWING_S, EchoPath
from benchmarks.sound.hearing import find
from tests.audio.room import ECHO_DB
from tests.audio.signals import Samples

RATE = 16_000


def through(path: EchoPath, played: Samples) -> Samples:
    return np.concatenate([path.push(block) for block in played.reshape(-1, 160)])


def test_an_echo_comes_later_and_softer_and_as_long() -> None:
    played = np.random.default_rng(1).normal(size=2 * RATE) * 3_000
    heard = through(EchoPath(RATE, 0.05, drift=0), played)
    assert heard.size == played.size
    assert find(played, heard).at == int(0.05 * RATE)
    level = 10 * np.log10((heard[RATE // 2 :] ** 2).mean() / (played**2).mean())
    assert level == pytest.approx(ECHO_DB, abs=0.5)


def test_the_room_rings_on_for_200_ms() -> None:
    played = np.zeros(RATE)
    played[1_600] = 30_000
    heard = through(EchoPath(RATE, 0.0, drift=0), played)
    assert np.abs(heard[1_700:4_000]).max() > 1
    assert np.abs(heard[1_600 + RATE // 5 + 5 :]).max() < 1e-6


def test_the_delay_drifts_at_its_speed_and_turns_round() -> None:
    drift = 0.002  # forty times the real one: the test is short
    path = EchoPath(RATE, 0.03, drift)
    played = np.random.default_rng(1).normal(size=24 * RATE) * 3_000
    heard = through(path, played)
    delays = []
    for second in range(1, 23):
        part = played[second * RATE : second * RATE + 800]
        delays.append(find(part, heard[second * RATE : second * RATE + RATE // 5]).at / RATE)
    assert delays[3] - delays[0] == pytest.approx(3 * drift, abs=0.0003)
    assert min(delays) == pytest.approx(0.03 - SWING_S, abs=0.0025)
    assert max(delays) == pytest.approx(0.03 + SWING_S, abs=0.0025)


def test_the_delay_can_be_set_while_it_runs() -> None:
    path = EchoPath(RATE, 0.02, drift=0)
    played = np.random.default_rng(1).normal(size=RATE) * 3_000
    through(path, played)
    path.delay_s = 0.08
    assert find(played, through(path, played)).at == int(0.08 * RATE)
