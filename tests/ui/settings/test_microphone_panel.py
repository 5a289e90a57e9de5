"""The microphone panel on a virtual sound card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.audio.capture.recording import FLOOR_DB
from app.audio.devices import portaudio
from app.conversation.audio_tap import AudioTap
from app.ui.appearance import Appearance
from app.ui.settings.microphone_panel import MicrophonePanel
from tests.audio.signals import tone
from tests.integration.flite import record
from tests.integration.sound_card import SoundCard
from tests.ui.open_window import until
from tests.ui.settings.at_desk import at_desk, gone

LEFT = Qt.MouseButton.LeftButton

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]


@pytest.fixture
def card() -> Iterator[SoundCard]:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        yield card
        assert portaudio.is_idle()


async def test_the_test_records_says_how_it_was_and_plays_it_back(
    qtbot: QtBot, appearance: Appearance, card: SoundCard, tmp_path: Path
) -> None:
    record("good morning, can you hear me well today, I am speaking to you", "slt", tmp_path / "words.wav")
    async with at_desk() as it:
        panel = MicrophonePanel(appearance, it.desk)
        panel.show()
        with card.listen(16_000) as heard:
            QTest.mouseClick(panel.trial.button, LEFT)
            assert panel.trial.button.text() == "Cancel"
            assert not panel.live.isVisible()
            card.start_saying(tmp_path / "words.wav")
            await until(lambda: panel.trial.sentence.text() == "Speak now, for 3 seconds.", 10)
            await until(lambda: panel.meter.shown_db > -40, 10)
            await until(lambda: panel.trial.sentence.text() == "Playing it back.", 10)
            await until(lambda: not panel.trial.is_busy, 10)
        assert panel.trial.sentence.text().startswith("That is good.")
        assert panel.trial.button.text() == "Test the microphone"
        assert panel.live.isVisible()
        assert max(heard.pcm) > 0
        await gone(panel)


async def test_the_level_is_shown_until_it_is_broken_off_or_out_of_sight(
    qtbot: QtBot, appearance: Appearance, card: SoundCard, tmp_path: Path
) -> None:
    record("good morning, can you hear me well today, I am speaking to you", "slt", tmp_path / "words.wav")
    async with at_desk() as it:
        panel = MicrophonePanel(appearance, it.desk)
        panel.show()
        for leave in (panel.trial.button.click, panel.hide):
            panel.show()
            QTest.mouseClick(panel.live, LEFT)
            await until(lambda: "is open" in panel.trial.sentence.text(), 10)
            card.start_saying(tmp_path / "words.wav")
            await until(lambda: panel.meter.shown_db > -40, 10)
            leave()
            await until(lambda: not panel.trial.is_busy and portaudio.is_idle(), 10)
            assert panel.meter.shown_db == FLOOR_DB
        await gone(panel)


async def test_without_a_microphone_it_says_what_to_do(qtbot: QtBot, appearance: Appearance) -> None:
    with SoundCard(microphone=False) as card, card.applied():
        portaudio.refresh()
        async with at_desk() as it:
            panel = MicrophonePanel(appearance, it.desk)
            panel.show()
            QTest.mouseClick(panel.trial.button, LEFT)
            await until(lambda: not panel.trial.is_busy, 10)
            assert "microphone" in panel.trial.sentence.text().lower()
            assert it.desk.bridge.shown.notice is None
            await gone(panel)


async def test_a_conversation_that_goes_on_meanwhile_moves_the_level(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        panel = MicrophonePanel(appearance, it.desk)
        panel.show()
        it.conversation.hear(AudioTap.CHARACTER, tone(440, 16_000, 0.02))
        assert not panel.meter.is_moving
        it.conversation.hear(AudioTap.MICROPHONE, tone(440, 16_000, 0.02))
        await until(lambda: panel.meter.shown_db > -40)
        await gone(panel)
