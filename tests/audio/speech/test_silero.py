"""Silero's network: silence and noises are no voice."""

from __future__ import annotations

import os

from app.audio.speech.silero import CHUNK_BYTES, Silero
from tests.audio import noises
from tests.audio.signals import pcm_of, pink_noise


def likelihoods(pcm: bytes) -> list[float]:
    network = Silero()
    return [
        network.speech(pcm[at : at + CHUNK_BYTES]) for at in range(0, len(pcm) - CHUNK_BYTES + 1, CHUNK_BYTES)
    ]


def test_silence_and_noise_are_no_voice() -> None:
    assert max(likelihoods(bytes(32_000))) < 0.3
    found = likelihoods(pink_noise(5, rms=500) + pcm_of(noises.typing(5)))
    assert sorted(found)[int(0.95 * len(found))] < 0.5


def test_what_was_heard_is_forgotten_on_demand() -> None:
    network, chunk = Silero(), pink_noise(0.032, rms=2_000)
    first = network.speech(chunk)
    network.speech(pink_noise(0.032, rms=8_000, seed=2))
    network.reset()
    assert network.speech(chunk) == first


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)
    Silero()
    assert dict(os.environ) == before
