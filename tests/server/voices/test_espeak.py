from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.server.voices.espeak import EspeakVoice
from app.server.voices.voice import Manner
from tests.audio.signals import samples_of


@pytest.fixture(scope="module")
def voice() -> EspeakVoice:
    return EspeakVoice()


def seconds(voice: EspeakVoice, sentence: str) -> float:
    return len(b"".join(voice.speak(sentence))) / 2 / voice.rate


def test_a_sentence_takes_as_long_as_a_person_would(voice: EspeakVoice) -> None:
    sentence = "I can tell the time and the date, do sums, convert units, run timers and remember things."
    words_per_minute = len(sentence.split()) / seconds(voice, sentence) * 60
    assert 110 < words_per_minute < 220


def test_it_can_be_heard_and_does_not_clip(voice: EspeakVoice) -> None:
    sound = samples_of(b"".join(voice.speak("Good morning.")))
    assert np.sqrt((sound**2).mean()) > 1_000
    assert np.abs(sound).max() < 32_767


def test_it_comes_in_pieces_of_whole_samples(voice: EspeakVoice) -> None:
    pieces = list(voice.speak("Good morning, how are you?"))
    assert len(pieces) > 5
    assert all(piece and len(piece) % 2 == 0 for piece in pieces)
    assert max(len(piece) for piece in pieces) <= 0.07 * 2 * voice.rate


@pytest.mark.parametrize("sentence", ["", " ", "\0"])
def test_nothing_to_say_takes_no_time(voice: EspeakVoice, sentence: str) -> None:
    assert seconds(voice, sentence) < 0.5


@pytest.mark.parametrize("sentence", ["Grüße aus Köln", "two\0three", "<b>bold</b> &amp;", "今日は"])
def test_any_text_can_be_said(voice: EspeakVoice, sentence: str) -> None:
    assert seconds(voice, sentence) > 0.2


def test_a_nul_does_not_cut_the_sentence(voice: EspeakVoice) -> None:
    assert seconds(voice, "two\0three four five") == pytest.approx(
        seconds(voice, "two three four five"), abs=0.1
    )


def test_sentences_spoken_at_once_do_not_mix(voice: EspeakVoice) -> None:
    another = EspeakVoice()
    sentences = ["Good morning.", "It is five o'clock in the afternoon."] * 5
    alone = [b"".join(voice.speak(sentence)) for sentence in sentences[:2]]
    with ThreadPoolExecutor(4) as pool:
        speakers = [voice, another] * 5
        together = list(pool.map(lambda one, text: b"".join(one.speak(text)), speakers, sentences))
    # Two voices share one engine; whoever speaks has it alone.
    assert [len(pcm) for pcm in together] == pytest.approx([len(pcm) for pcm in alone] * 5, rel=0.05)


SENTENCE = "Good morning, how are you?"


def pitch(voice: EspeakVoice, manner: Manner) -> float:
    """Return the median pitch in Hz: the sound differs a little each time it is made."""
    sound = samples_of(b"".join(voice.speak(SENTENCE, manner)))
    shortest, longest, width = voice.rate // 350, voice.rate // 60, 1024
    pitches = []
    for at in range(0, len(sound) - width, width):
        piece = sound[at : at + width]
        if (piece**2).mean() > 1e5:
            likeness = np.correlate(piece, piece, "full")[width - 1 :]
            pitches.append(voice.rate / (shortest + likeness[shortest:longest].argmax()))
    return float(np.median(pitches))


def test_a_character_speaks_at_its_own_speed(voice: EspeakVoice) -> None:
    def length(speed: float) -> int:
        return len(b"".join(voice.speak(SENTENCE, Manner(speed=speed))))

    assert length(0.5) > 1.5 * length(1) > 2 * length(2)
    assert length(100) == pytest.approx(length(2), rel=0.02)
    assert length(0) == pytest.approx(length(0.5), rel=0.02)


def test_a_character_speaks_in_its_own_voice_and_the_next_one_in_its(voice: EspeakVoice) -> None:
    usual, deep = pitch(voice, Manner()), pitch(voice, Manner("en-us+m3"))
    assert deep < usual - 60
    assert pitch(voice, Manner("en-us+f3")) == pytest.approx(usual, abs=15)
    assert pitch(voice, Manner()) == pytest.approx(usual, abs=15)


@pytest.mark.parametrize("name", ["nobody", "", "en-us+f99", "en-us+f3\0x", "../../etc/passwd"])
def test_a_voice_that_there_is_not_is_the_usual_one(voice: EspeakVoice, name: str) -> None:
    assert pitch(voice, Manner("en-us+m3")) < 120
    assert pitch(voice, Manner(name)) == pytest.approx(pitch(voice, Manner()), abs=15)


def test_every_voice_that_is_offered_can_be_heard(voice: EspeakVoice) -> None:
    for choice in voice.choices():
        assert len(b"".join(voice.speak("Good morning.", Manner(choice.id)))) > voice.rate // 4, choice
