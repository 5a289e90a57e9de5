from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.audio.wav import read_wav
from app.server.recognition.pocketsphinx import ADAPT_S, PocketSphinxRecognizer
from benchmarks.word_errors import word_error_rate
from tests.audio.signals import pink_noise
from tests.integration.conftest import Speech

CHUNK = 3_200
"""Bytes of 100 ms."""

NEUTRAL = 40.0
"""Loudness that the engine expects of nobody in particular."""

KEY = "remember that the spare key is under the mat"
TIMER = "set a timer for five minutes"
DRAGON = "tell me a story about a dragon"


@pytest.fixture(scope="module")
def loaded() -> PocketSphinxRecognizer:
    return PocketSphinxRecognizer()


@pytest.fixture
def recognizer(loaded: PocketSphinxRecognizer) -> PocketSphinxRecognizer:
    loaded.forget()
    return loaded


def pcm_of(recording: Path) -> bytes:
    pcm, rate = read_wav(recording)
    assert rate == PocketSphinxRecognizer.rate
    return pcm


def captions(recognizer: PocketSphinxRecognizer, pcm: bytes) -> list[str]:
    """Return the words after each piece of an utterance, and at last the final ones."""
    recognizer.begin()
    interim = [recognizer.feed(pcm[at : at + CHUNK]) for at in range(0, len(pcm), CHUNK)]
    return [*interim, recognizer.finish()]


def words(recognizer: PocketSphinxRecognizer, pcm: bytes) -> str:
    return captions(recognizer, pcm)[-1]


def mean(recognizer: PocketSphinxRecognizer) -> float:
    """Return the cepstral mean's first coefficient, the loudness: what adapting to a speaker moves most."""
    return float(recognizer._decoder.get_cmn(False).split(",")[0])


def test_a_man_and_a_woman_are_understood(recognizer: PocketSphinxRecognizer, speech: Speech) -> None:
    heard = [(TIMER, words(recognizer, pcm_of(speech(TIMER))))]
    recognizer.forget()
    heard.append((KEY, words(recognizer, pcm_of(speech(KEY, "rms")))))
    # The engine itself hears a pause in the second one, which is no word.
    assert any("<sil>" in segment.word for segment in recognizer._decoder.seg())
    assert word_error_rate(heard) <= 12.0


def test_plain_words_appear_while_they_are_spoken(recognizer: PocketSphinxRecognizer, speech: Speech) -> None:
    noise = pink_noise(0.5, 60)
    interim = captions(recognizer, noise + pcm_of(speech(KEY)) + noise)
    lengths = [len(text.split()) for text in interim]
    assert lengths[0] == 0
    assert 0 < lengths[len(lengths) // 2] < lengths[-1]
    assert len(set(interim)) > 8
    assert all(re.fullmatch(r"([a-z']+( [a-z']+)*)?", text) for text in interim), interim


def test_a_new_speaker_is_adapted_to_within_the_first_utterance(
    recognizer: PocketSphinxRecognizer, speech: Speech
) -> None:
    pcm = pcm_of(speech(DRAGON))
    early = int(ADAPT_S * 32_000) - CHUNK
    recognizer.begin()
    recognizer.feed(pcm[:early])
    assert mean(recognizer) == pytest.approx(NEUTRAL, abs=5)
    recognizer.feed(pcm[early : early + 2 * CHUNK])
    own = mean(recognizer)
    assert own > NEUTRAL + 10
    # What was said before the engine knew its speaker was decoded again, and not lost.
    assert recognizer.feed(pcm[early + 2 * CHUNK :]).startswith("tell me")
    recognizer.finish()
    recognizer.begin()
    assert mean(recognizer) == pytest.approx(own, abs=5)


def test_a_pause_is_time_to_adapt(recognizer: PocketSphinxRecognizer, speech: Speech) -> None:
    pcm = pcm_of(speech(DRAGON))
    early = 8 * CHUNK
    recognizer.pause()
    recognizer.begin()
    recognizer.pause()
    recognizer.feed(pcm[:early])
    assert mean(recognizer) == pytest.approx(NEUTRAL, abs=5)
    recognizer.pause()
    own = mean(recognizer)
    assert own > NEUTRAL + 10
    recognizer.pause()
    assert mean(recognizer) == own
    assert recognizer.feed(pcm[early:]).startswith("tell me")


def test_a_speaker_is_forgotten(recognizer: PocketSphinxRecognizer, speech: Speech) -> None:
    for pcm in (pcm_of(speech(TIMER, "rms")), pcm_of(speech(DRAGON))):
        words(recognizer, pcm)
        assert mean(recognizer) > NEUTRAL + 10
        recognizer.forget()
        assert mean(recognizer) == NEUTRAL


def test_a_speaker_is_forgotten_in_the_middle_of_a_word(
    recognizer: PocketSphinxRecognizer, speech: Speech
) -> None:
    recognizer.begin()
    recognizer.feed(pcm_of(speech(KEY))[: 6 * CHUNK])
    recognizer.forget()
    assert recognizer.finish() == ""
    assert mean(recognizer) == NEUTRAL


def test_a_click_teaches_nothing_about_the_speaker(
    recognizer: PocketSphinxRecognizer, speech: Speech
) -> None:
    pcm = pcm_of(speech(DRAGON))
    words(recognizer, pcm[:CHUNK])
    assert mean(recognizer) == pytest.approx(NEUTRAL, abs=5)
    words(recognizer, pcm)
    assert mean(recognizer) > NEUTRAL + 10


def test_an_utterance_shorter_than_it_takes_to_adapt_is_understood(
    recognizer: PocketSphinxRecognizer, speech: Speech
) -> None:
    pcm = pcm_of(speech("what time is it"))
    assert len(pcm) < ADAPT_S * 32_000
    assert words(recognizer, pcm) == "what time is it"


@pytest.mark.parametrize("pieces", [[], [b""], [bytes(640)], [bytes(CHUNK)] * 5])
def test_nothing_said_is_no_words(recognizer: PocketSphinxRecognizer, pieces: list[bytes]) -> None:
    recognizer.begin()
    assert {recognizer.feed(piece) for piece in pieces} <= {""}
    assert recognizer.finish() == ""


def test_nothing_is_heard_between_utterances(recognizer: PocketSphinxRecognizer, speech: Speech) -> None:
    assert recognizer.feed(pcm_of(speech(TIMER))) == ""
    assert recognizer.finish() == ""


def test_an_utterance_that_was_left_open_is_thrown_away(
    recognizer: PocketSphinxRecognizer, speech: Speech
) -> None:
    recognizer.begin()
    recognizer.feed(pcm_of(speech(KEY))[: 12 * CHUNK])
    heard = words(recognizer, pcm_of(speech(TIMER)))
    assert heard.endswith("for five minutes")
    assert "mat" not in heard


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "a stranger"])
def test_a_murmur_is_known_for_one_whatever_its_words(
    recognizer: PocketSphinxRecognizer, speech: Speech, is_known: bool
) -> None:
    if is_known:
        words(recognizer, pcm_of(speech(KEY, "rms")))
    for murmur in ("okay", "uh huh"):
        words(recognizer, pcm_of(speech(murmur, "rms")))
        assert recognizer.is_murmur
        if not is_known:
            recognizer.forget()
    recognizer.begin()
    recognizer.feed(pcm_of(speech(TIMER, "rms"))[: 9 * CHUNK])
    assert not recognizer.is_murmur
    recognizer.finish()
    assert not recognizer.is_murmur
    recognizer.begin()
    assert recognizer.is_murmur
