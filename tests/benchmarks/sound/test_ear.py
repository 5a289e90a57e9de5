from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sound.ear import EAR_RATE, Ear
from benchmarks.sound.hearing import find
from tests.audio.signals import Samples, pcm_of
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration


@pytest.fixture
def card() -> Iterator[SoundCard]:
    with SoundCard() as card:
        yield card


def play(card: SoundCard, samples: Samples, folder: Path) -> None:
    """Play samples through the speaker and return when they have been heard."""
    path = folder / "played.raw"
    path.write_bytes(pcm_of(samples))
    command = [
        "pacat",
        "--playback",
        "--device=speaker",
        f"--rate={EAR_RATE}",
        "--channels=1",
        "--format=s16le",
    ]
    subprocess.run([*command, "--raw", str(path)], env={**os.environ, **card.env}, check=True, timeout=10)


def test_two_ears_hear_the_same_at_the_same_time(card: SoundCard, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(size=EAR_RATE) * 3_000
    with Ear(card.env, "speaker.monitor") as one, Ear(card.env, "speaker.monitor") as other:
        began = time.monotonic()
        play(card, noise, tmp_path)
        ended = time.monotonic()
        times = []
        for ear in (one, other):
            ear.await_time(ended)
            heard, heard_at = ear.between(began, ended)
            place = find(noise, heard)
            assert place.likeness > 0.9
            times.append(heard_at + place.at / EAR_RATE)
    assert began < times[0] < ended - 0.9
    assert times[0] == pytest.approx(times[1], abs=0.003)


def test_an_ear_forgets_what_is_long_ago_and_keeps_the_time(
    card: SoundCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.sound.ear._KEPT_S", 1.0)
    noise = np.random.default_rng(1).normal(size=EAR_RATE // 2) * 3_000
    with Ear(card.env, "speaker.monitor") as ear:
        began = time.monotonic()
        ear.await_time(began + 2.5)
        before = time.monotonic()
        play(card, noise, tmp_path)
        ear.await_time(time.monotonic())
        heard, heard_at = ear.between(began, time.monotonic())
        assert heard_at > began + 1
        at = heard_at + find(noise, heard).at / EAR_RATE
        assert before < at < before + 1
        assert abs(ear.slip_s()) < 0.05
