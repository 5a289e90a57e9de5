from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.audio.speech.processing import Processing, ProcessingSettings
from app.core.audio_format import AudioFormat
from benchmarks.sound.clip import spoken
from benchmarks.sound.ear import EAR_RATE
from benchmarks.sound.press import lost_samples
from tests.audio.signals import Samples, pcm_of, samples_of
from tests.integration.flite import Voice


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder: Path = tmp_path_factory.mktemp("said")
    return spoken("turn it down please", "slt", folder).samples


def received(said: Samples) -> Samples:
    """Return what a server receives: with a lead and a tail, and cleaned on the way."""
    whole = np.concatenate((np.zeros(4_000), said, np.zeros(3_000)))
    return np.convolve(whole, [0.9, -0.3, -0.2, -0.1])[: whole.size]


def test_nothing_is_lost_of_what_is_all_there(said: Samples) -> None:
    assert lost_samples(said, received(said)) == 0


@pytest.mark.parametrize("missing", [160, 1_600])
def test_a_beginning_that_is_missing_is_counted(said: Samples, missing: int) -> None:
    assert lost_samples(said, received(said)[4_000 + missing :]) == pytest.approx(missing, abs=4)


def test_an_end_that_is_missing_is_counted(said: Samples) -> None:
    assert lost_samples(said, received(said)[: -3_000 - 480]) == pytest.approx(480, abs=4)


@pytest.mark.parametrize("at", [7_000, 10_000, 14_000])
@pytest.mark.parametrize("gap", [160, 320])
def test_a_gap_is_counted(said: Samples, at: int, gap: int) -> None:
    assert lost_samples(said, np.delete(received(said), slice(at, at + gap))) == pytest.approx(gap, abs=8)


@pytest.mark.parametrize("voice", ["rms", "slt"])
def test_an_end_that_is_only_a_hum_is_found_where_it_is_and_missed_where_it_is_not(
    tmp_path: Path, voice: Voice
) -> None:
    said = spoken("turn it down", voice, tmp_path).samples
    processing = Processing(ProcessingSettings())
    whole = pcm_of(np.concatenate((np.zeros(4_000), said, np.zeros(3_000))))
    size = AudioFormat(EAR_RATE).frame_bytes
    frames = [processing.near(whole[at : at + size]) for at in range(0, len(whole) // size * size, size)]
    cleaned = samples_of(b"".join(frames))
    assert lost_samples(said, cleaned) == 0
    assert lost_samples(said, np.delete(cleaned, slice(11_000, 11_064))) >= 64
    assert lost_samples(said, np.delete(cleaned, slice(9_000, 12_000))) >= 2_500


def test_what_was_not_received_at_all_is_lost(said: Samples) -> None:
    noise = np.random.default_rng(1).normal(size=said.size + 7_000)
    assert lost_samples(said, noise) == said.size
