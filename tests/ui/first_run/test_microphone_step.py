"""The step of the microphone, on a virtual sound card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.audio.capture.recording import FLOOR_DB
from app.audio.devices import portaudio
from app.core.settings import Sound
from app.ui.appearance import Appearance
from app.ui.first_run.microphone_step import MicrophoneStep
from tests.integration.flite import record
from tests.integration.sound_card import SoundCard
from tests.ui.open_window import until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]


@asynccontextmanager
async def at_step(appearance: Appearance) -> AsyncIterator[tuple[MicrophoneStep, AtDesk]]:
    async with at_desk() as it:
        step = MicrophoneStep(appearance, it.desk)
        step.show()
        step.enter()
        try:
            yield step, it
        finally:
            await gone(step)
            await until(portaudio.is_idle, 10)


async def test_the_level_moves_and_it_says_by_itself_that_it_hears(
    qtbot: QtBot, appearance: Appearance, card: SoundCard, tmp_path: Path
) -> None:
    record("good morning, can you hear me well today", "slt", tmp_path / "words.wav")
    async with at_step(appearance) as (step, _):
        assert step.finding.text() == "Opening the microphone…"
        await until(lambda: "is open. Say a few words." in step.finding.text(), 10)
        assert (step.is_heard, step.next_words) == (False, "Go on")
        card.start_saying(tmp_path / "words.wav")
        await until(lambda: step.meter.shown_db > -40, 10)
        await until(lambda: step.finding.text() == "I can hear you.", 10)
        assert step.is_heard


async def test_the_microphone_is_closed_where_nobody_sees_its_level(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with at_step(appearance) as (step, _):
        for _ in range(2):
            await until(lambda: "is open" in step.finding.text(), 10)
            assert not portaudio.is_idle()
            step.hide()
            await until(portaudio.is_idle, 10)
            assert step.meter.shown_db == FLOOR_DB
            step.show()
            assert step.finding.text() == "Opening the microphone…"


async def test_another_microphone_is_chosen_in_place(
    qtbot: QtBot, appearance: Appearance, card: SoundCard, tmp_path: Path
) -> None:
    record("good morning, can you hear me well today", "slt", tmp_path / "words.wav")
    async with at_step(appearance) as (step, it):
        await until(lambda: "is open" in step.finding.text(), 10)
        it.desk.store.update(Sound, microphone=("other",))
        await until(lambda: step.finding.text().startswith("other is open"), 10)
        card.start_saying(tmp_path / "words.wav", "other")
        await until(lambda: step.is_heard, 10)


async def test_without_a_microphone_it_says_what_to_do_and_one_can_go_on(
    qtbot: QtBot, appearance: Appearance
) -> None:
    with SoundCard(microphone=False) as card, card.applied():
        portaudio.refresh()
        async with at_step(appearance) as (step, _):
            await until(
                lambda: "microphone" in step.finding.text().lower() and step.finding.text()[-1] == ".", 10
            )
            assert step.next_words == "Go on"
            assert not step.is_heard
