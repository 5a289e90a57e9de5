"""Speech of both voices, clean and in noise, through the detector and the smoother."""

from __future__ import annotations

from typing import get_args

import pytest

from app.audio.level import rms
from app.audio.speech.voice_activity import PREROLL_MS, GatedVoiceActivity, SpeechChange, SpeechSmoother
from app.audio.wav import read_wav
from tests.audio.signals import Samples, pcm_of, pink_noise, samples_of
from tests.integration.conftest import Speech
from tests.integration.flite import Voice

pytestmark = pytest.mark.integration

_SENTENCES = ("What's the weather like tomorrow?", "Stop.", "No.", "Tell me a story about a dragon.")
_LEAD_S = 2.0


def _changes(pcm: bytes) -> list[tuple[float, SpeechChange]]:
    """Return the changes and the seconds at which they were known."""
    detector, smoother, changes = GatedVoiceActivity(), SpeechSmoother(500), []
    for start in range(0, len(pcm) - 639, 640):
        change = smoother.push(detector.is_speech(pcm[start : start + 640]))
        if change is not None:
            changes.append(((start + 640) / 32_000, change))
    return changes


def _in_a_room(said: Samples, noise_db: float | None) -> bytes:
    """Return speech between `_LEAD_S` and a second of the room's noise, which is ``noise_db`` softer."""
    quiet = bytes(int(_LEAD_S * 16_000) * 2), bytes(16_000 * 2)
    whole = samples_of(quiet[0] + pcm_of(said) + quiet[1])
    if noise_db is None:
        return pcm_of(whole)
    noise = pink_noise(whole.size / 16_000, rms=rms(pcm_of(said)) * 32768 / 10 ** (noise_db / 20))
    return pcm_of(whole + samples_of(noise)[: whole.size])


@pytest.mark.parametrize("noise_db", [None, 20])
@pytest.mark.parametrize("voice", get_args(Voice))
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_sentence_is_one_utterance(
    speech: Speech, sentence: str, voice: Voice, noise_db: float | None
) -> None:
    pcm, _ = read_wav(speech(sentence, voice))
    said = samples_of(pcm)
    (loud,) = (abs(said) > 0.02 * abs(said).max()).nonzero()
    begin, end = _LEAD_S + loud[0] / 16_000, _LEAD_S + loud[-1] / 16_000
    changes = _changes(_in_a_room(said, noise_db))
    assert [change for _, change in changes] == [SpeechChange.STARTED, SpeechChange.STOPPED]
    (started, _), (stopped, _) = changes
    assert begin < started < begin + PREROLL_MS / 1000 + 0.04
    assert end + 0.3 < stopped < end + 0.72


def test_first_word_counts_even_without_a_silence_before_it(speech: Speech) -> None:
    pcm, _ = read_wav(speech("What time is it?"))
    said = samples_of(pcm)
    (loud,) = (abs(said) > 0.02 * abs(said).max()).nonzero()
    changes = _changes(pcm_of(said[loud[0] :]) + bytes(32_000))
    assert [change for _, change in changes] == [SpeechChange.STARTED, SpeechChange.STOPPED]
    assert changes[0][0] < 0.25


def test_noisy_room_says_nothing() -> None:
    assert _changes(pink_noise(60, rms=1000)) == []
