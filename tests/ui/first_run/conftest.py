"""What the tests of the first steps stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.audio.devices import portaudio
from app.ui.appearance import Appearance
from tests.integration.sound_card import SoundCard


@pytest.fixture(autouse=True)
def nothing_to_collect_for_threads(no_widgets_left_over: None) -> None:
    """Free what earlier tests left here, in the main thread: microphones are opened in other ones."""


@pytest.fixture
def appearance(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Appearance:
    monkeypatch.setenv("HERON_THEME", "light")
    return Appearance(qapp)


@pytest.fixture
def card() -> Iterator[SoundCard]:
    """Give the test a sound card of its own, and see that nothing of it is left open."""
    with SoundCard(microphones=("mic", "other")) as card, card.applied():
        portaudio.refresh()
        yield card
        assert portaudio.is_idle()
