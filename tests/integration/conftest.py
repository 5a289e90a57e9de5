"""A sound card and a voice for the tests that need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from app.audio.devices import portaudio
from tests.integration.flite import Voice, record
from tests.integration.sound_card import SoundCard


class Speech(Protocol):
    """Makes recordings of a person who speaks."""

    def __call__(self, text: str, voice: Voice = "slt") -> Path:
        """Return a WAV file (16 kHz, mono) of ``text``."""


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """Put this process and its children on a sound card of its own, new for each test: 20 to 70 ms."""
    with _plugged_in(SoundCard()) as card:
        yield card


@pytest.fixture
def sound_card_without_microphone() -> Iterator[SoundCard]:
    """Put this process and its children on a machine that only plays."""
    with _plugged_in(SoundCard(microphone=False)) as card:
        yield card


@pytest.fixture
def sound_card_without_speaker() -> Iterator[SoundCard]:
    """Put this process and its children on a machine that only records."""
    with _plugged_in(SoundCard(speaker=False)) as card:
        yield card


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    """Return what makes recordings, each once in a session."""
    folder = tmp_path_factory.mktemp("speech")
    made: dict[tuple[str, Voice], Path] = {}

    def recording(text: str, voice: Voice = "slt") -> Path:
        if (text, voice) not in made:
            path = folder / f"{voice}-{len(made)}.wav"
            record(text, voice, path)
            made[text, voice] = path
        return made[text, voice]

    return recording


@contextmanager
def _plugged_in(card: SoundCard) -> Iterator[SoundCard]:
    with card, card.applied():
        portaudio.refresh()
        yield card
        assert portaudio.is_idle(), "a microphone or speaker was left open"
