"""An open loudspeaker in a room, and a person who speaks over it: arithmetic, without a sound card."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.audio.frame import Frame, Speech
from app.audio.speech.processing import ProcessingSettings
from app.audio.speech.voice_chain import VoiceChain
from app.audio.wav import read_wav
from tests.audio.room import Room, at_level
from tests.audio.signals import Samples, pcm_of, samples_of
from tests.integration.conftest import Speech as Recordings

pytestmark = pytest.mark.integration

RATE = 16_000
FRAME = 320
AHEAD = 2
"""Frames that a block is handed over before it sounds."""

STORY = (
    "Once upon a time there was a heron who lived by a lake. Every morning it stood in the shallow water "
    "and waited for fish. The other birds thought it was lazy, but it was only patient. One day a storm came "
    "and all the others fled, and the heron stayed where it was, on one leg, and watched the clouds go by."
)


def recorded(recordings: Recordings, text: str, voice: str, db: float) -> Samples:
    pcm, _ = read_wav(recordings(text, voice))  # type: ignore[arg-type]
    return at_level(samples_of(pcm).astype(float), db)


def heard(character: Samples, person: Samples | None = None, at: int = 0, seed: int = 1) -> list[Speech]:
    """Return what is made of each frame while one speaks and the other begins to at sample ``at``."""
    echo = Room(RATE, seed=seed).hear(np.concatenate((np.zeros(AHEAD * FRAME), character)))
    near = echo + np.random.default_rng(1).standard_normal(echo.size) * 5
    if person is not None:
        near[at : at + person.size] += person[: near.size - at]
    chain, found = VoiceChain(ProcessingSettings()), list[Speech]()
    for start in range(0, min(near.size, character.size) - FRAME, FRAME):
        chain.far(pcm_of(character[start : start + FRAME]), RATE)
        frames = chain.near(Frame(pcm_of(near[start : start + FRAME]), RATE, start / RATE))
        found += [frame.speech for frame in frames]
    return found


def test_a_character_does_not_hear_itself_speak(speech: Recordings) -> None:
    found = heard(recorded(speech, STORY, "rms", -20))
    assert Speech.SPEECH not in found
    signs = sum(one is Speech.SIGN and before is Speech.NONE for before, one in pairwise(found))
    assert signs <= 2


@pytest.mark.parametrize("seed", range(1, 6))
def test_nor_does_it_while_the_room_is_being_learnt(speech: Recordings, seed: int) -> None:
    character = recorded(speech, STORY, "slt", -17)
    found = heard(np.roll(character, -seed * 3 * RATE), seed=seed)
    assert set(found[: 12 * 50]) == {Speech.NONE}


@pytest.mark.parametrize("sentence", ["stop", "wait a moment", "no I meant tomorrow"])
def test_a_person_who_speaks_over_it_is_heard(speech: Recordings, sentence: str) -> None:
    person, at = recorded(speech, sentence, "slt", -22), 8 * RATE
    (loud,) = (np.abs(person) > 0.02 * np.abs(person).max()).nonzero()
    onset = (at + int(loud[0])) // FRAME
    found = heard(recorded(speech, STORY, "rms", -20), person, at)
    sign = next(number for number in range(onset, len(found)) if found[number] >= Speech.SIGN)
    sure = next(number for number in range(onset, len(found)) if found[number] is Speech.SPEECH)
    assert (sign - onset) * 20 <= 200
    assert (sure - onset) * 20 <= 600
