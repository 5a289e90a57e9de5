from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.sound.clip import USER_DB, sentences, spoken
from benchmarks.sound.hearing import onset
from benchmarks.sound.noises import RATE
from tests.audio.signals import samples_of


def test_a_clip_begins_with_its_speech_at_the_persons_level(tmp_path: Path) -> None:
    clip = spoken("turn it down", "slt", tmp_path)
    assert onset(clip.samples, RATE) == 0
    assert np.allclose(samples_of(clip.path.read_bytes()), clip.samples, atol=1)
    assert clip.seconds > 0.5
    loud = clip.samples[np.abs(clip.samples) > 100]
    assert 20 * np.log10(loud.std() / 32_768) == pytest.approx(USER_DB, abs=2)


def test_sentences_go_round_in_both_voices_without_timers(tmp_path: Path) -> None:
    path = tmp_path / "sentences.txt"
    path.write_text("one\nset a timer\ntwo\n", encoding="utf-8")
    clips = sentences(path, tmp_path, 3, 3)
    assert [clip.words for clip in clips] == ["two", "one", "one"]
    assert len({clip.path for clip in clips}) == 3
