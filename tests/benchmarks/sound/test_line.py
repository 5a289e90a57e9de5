from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sound.ear import EAR_RATE, Ear
from benchmarks.sound.line import Line
from tests.audio.signals import Samples, pcm_of
from tests.benchmarks.sound.test_ear import card, play
from tests.integration.sound_card import SoundCard

__all__ = ["card"]

pytestmark = pytest.mark.integration


@pytest.fixture
def spoken(tmp_path: Path) -> Samples:
    """Return three seconds of what the server sent: noise with pauses, as speech has them."""
    noise: Samples = np.random.default_rng(1).normal(size=3 * EAR_RATE) * 3_000
    noise[EAR_RATE : EAR_RATE + 3_000] = 0
    (tmp_path / "m.pcm").write_bytes(pcm_of(noise))
    return noise


def heard_as(card: SoundCard, played: Samples, folder: Path) -> tuple[Line, Ear, float]:
    """Play what became of the line; return it, located, with its ear and the time at which it began."""
    with Ear(card.env, "speaker.monitor") as ear:
        began = time.monotonic()
        play(card, played, folder)
        ended = time.monotonic()
        ear.await_time(ended + 0.3)
        line = Line("m", folder / "m.pcm", began + 0.1, ear)
        assert line.locate(began + 0.5, began + 1.2)
    return line, ear, line.started_at


def test_a_duck_and_its_end_are_heard(card: SoundCard, spoken: Samples, tmp_path: Path) -> None:
    played = spoken.copy()
    played[2 * EAR_RATE : 40_000] *= 0.09
    line, _, began = heard_as(card, played, tmp_path)
    found = line.all_gains(began + 2.9)
    assert found.falls(15) == [pytest.approx(began + 2.0, abs=0.015)]
    ducked_at = line.gains(began + 1.2, began + 2.9).fell_at(19, began + 1.9, began + 2.9)
    assert ducked_at == pytest.approx(began + 2.0, abs=0.015)


def test_silence_is_heard_where_the_line_would_go_on(
    card: SoundCard, spoken: Samples, tmp_path: Path
) -> None:
    stopped = spoken.copy()
    stopped[2 * EAR_RATE :] = 0
    line, _, began = heard_as(card, stopped, tmp_path)
    assert line.silent_at(began + 1.9) == pytest.approx(began + 2.0, abs=0.01)


def test_an_answer_that_follows_at_once_is_not_the_line(
    card: SoundCard, spoken: Samples, tmp_path: Path
) -> None:
    answered = spoken.copy()
    answered[2 * EAR_RATE :] = np.random.default_rng(2).normal(size=EAR_RATE) * 3_000
    answered[2 * EAR_RATE : 2 * EAR_RATE + 800] = 0
    line, _, began = heard_as(card, answered, tmp_path)
    assert line.silent_at(began + 1.95) == pytest.approx(began + 2.0, abs=0.01)


def test_the_next_loud_moment_is_after_the_pause(card: SoundCard, spoken: Samples, tmp_path: Path) -> None:
    line, _, began = heard_as(card, spoken, tmp_path)
    assert line.loud_moment(began + 0.2) == pytest.approx(began + 0.2)
    assert line.loud_moment(began + 0.8) == pytest.approx(began + 1.25, abs=0.03)
