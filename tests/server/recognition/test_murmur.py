from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.audio.wav import read_wav
from app.server.recognition.murmur import LONGEST_S, SKIPPED_S, MurmurSpotter
from app.server.recognition.pocketsphinx import PocketSphinxRecognizer
from tests.audio.signals import pcm_of, pink_noise, samples_of
from tests.integration.conftest import Speech
from tests.integration.flite import Voice

RATE = 16_000
CHUNK = 1_920
"""Bytes of 60 ms."""

SENTENCE = "what time is it in the afternoon"
BEFORE = bytes(6_400)
AFTER = bytes(6_400)
"""Silence at the ends of a turn: 200 ms."""

HUMS = {"mhm": "pau m hh m pau", "mm hmm": "pau m m hh ah m m pau", "hmm": "pau hh m m pau"}
"""flite spells these out when it reads them ("em aitch em"): so it is told the sounds."""

VOICES: tuple[Voice, ...] = ("rms", "slt")


@pytest.fixture(scope="module")
def mean(speech: Speech) -> str:
    """Return the cepstral mean of somebody who has spoken before."""
    recognizer = PocketSphinxRecognizer()
    recognizer.begin()
    recognizer.feed(pcm(speech(SENTENCE, "rms")))
    recognizer.finish()
    return str(recognizer._decoder.get_cmn(False))


@pytest.fixture(scope="module")
def spotter() -> MurmurSpotter:
    return MurmurSpotter(RATE)


@pytest.fixture(scope="session")
def hum(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Voice], bytes]:
    folder = tmp_path_factory.mktemp("hums")
    made = {}
    for words, sounds in HUMS.items():
        for voice in VOICES:
            path = folder / f"{words}-{voice}.wav"
            subprocess.run(["flite", "-voice", voice, "-p", sounds, "-o", str(path)], check=True)
            made[words, voice] = pcm(path)
    return made


def pcm(recording: Path) -> bytes:
    """Return what is said in a recording: without the silence at its ends."""
    heard, rate = read_wav(recording)
    assert rate == RATE
    loud = np.flatnonzero(np.abs(samples_of(heard)) > 300)
    return heard[2 * int(loud[0]) : 2 * int(loud[-1])]


def words_after(spotter: MurmurSpotter, mean: str, said: bytes) -> float | None:
    """Return how many seconds of ``said`` it took until they were known to be words; None for a murmur."""
    spotter.begin(mean)
    whole = BEFORE + said + AFTER
    for at in range(0, len(whole), CHUNK):
        spotter.feed(whole[at : at + CHUNK])
        if not spotter.is_murmur:
            return (at + CHUNK - len(BEFORE)) / (2 * RATE)
    return None


def with_noise(said: bytes, seed: int = 3) -> bytes:
    """Return ``said`` in noise that is 20 dB softer."""
    samples = samples_of(said)
    rms = float(np.sqrt((samples**2).mean()))
    noise = samples_of(pink_noise(samples.size / RATE + 0.1, rms / 10, RATE, seed))
    return pcm_of(samples + noise[: samples.size])


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize(
    "words", ["uh huh", "yeah", "okay", "right", "i see", "yes", "um", "all right", "sure"]
)
def test_a_listeners_word_is_a_murmur(
    spotter: MurmurSpotter, mean: str, speech: Speech, words: str, voice: Voice
) -> None:
    said = pcm(speech(words, voice))
    assert words_after(spotter, mean, said) is None
    assert words_after(spotter, mean, with_noise(said)) is None


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("words", HUMS)
def test_a_hum_is_a_murmur(
    spotter: MurmurSpotter, mean: str, hum: dict[tuple[str, Voice], bytes], words: str, voice: Voice
) -> None:
    assert words_after(spotter, mean, hum[words, voice]) is None


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize(
    "words",
    [SENTENCE, "wait a moment please", "no i meant tomorrow", "turn off the lights", "tell me a story"],
)
def test_a_sentence_is_known_for_words_before_it_is_half_over(
    spotter: MurmurSpotter, mean: str, speech: Speech, words: str, voice: Voice
) -> None:
    said = pcm(speech(words, voice))
    after = words_after(spotter, mean, said)
    assert after is not None
    assert after <= 0.72
    # Once they are words, what comes after them changes nothing.
    spotter.feed(pcm(speech("okay", voice)))
    assert not spotter.is_murmur


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("word", ["stop", "wait", "no"])
def test_a_single_word_that_takes_the_floor_is_none(
    spotter: MurmurSpotter, mean: str, speech: Speech, word: str, voice: Voice
) -> None:
    said = pcm(speech(word, voice))
    after = words_after(spotter, mean, said)
    assert after is not None
    assert after <= len(said) / (2 * RATE) + 0.2


def test_a_word_after_a_murmur_is_none(spotter: MurmurSpotter, mean: str, speech: Speech) -> None:
    okay = pcm(speech("okay")) + bytes(6_400)
    assert words_after(spotter, mean, okay + pcm(speech("okay"))) is None
    after = words_after(spotter, mean, okay + pcm(speech("what time is it")))
    assert after is not None
    assert after > len(okay) / (2 * RATE)


def test_nobody_murmurs_for_long(spotter: MurmurSpotter, mean: str) -> None:
    spotter.begin(mean)
    spotter.feed(bytes(int((LONGEST_S - 0.1) * RATE) * 2))
    assert spotter.is_murmur
    spotter.feed(bytes(int(0.3 * RATE) * 2))
    assert not spotter.is_murmur


def test_what_an_echo_left_before_it_makes_no_words_of_a_murmur(
    spotter: MurmurSpotter, mean: str, speech: Speech
) -> None:
    echo = pcm(speech(SENTENCE))[9_600 : 9_600 + int(SKIPPED_S * RATE) * 2]
    spotter.begin(mean)
    before = spotter._murmurs.n_frames()
    for at in range(0, len(echo), 640):
        spotter.feed(echo[at : at + 640])
    assert spotter._murmurs.n_frames() == before
    spotter.feed(BEFORE + pcm(speech("okay")) + AFTER)
    assert spotter.is_murmur


def test_each_turn_begins_in_doubt(spotter: MurmurSpotter, mean: str, speech: Speech) -> None:
    assert words_after(spotter, mean, pcm(speech(SENTENCE))) is not None
    spotter.begin(mean)
    assert spotter.is_murmur
    spotter.end()
    spotter.end()
    spotter.feed(pcm(speech(SENTENCE)))
    assert spotter.is_murmur


def test_it_is_not_the_loudness_that_tells(spotter: MurmurSpotter, mean: str, speech: Speech) -> None:
    okay, sentence = (samples_of(pcm(speech(words))) for words in ("okay", SENTENCE))
    for gain in (0.6, 1.6):
        assert words_after(spotter, mean, pcm_of(okay * gain)) is None
        assert words_after(spotter, mean, pcm_of(sentence * gain)) is not None
