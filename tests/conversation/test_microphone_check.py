"""The check of a microphone on a virtual sound card."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from app.audio.capture.recording import Level
from app.audio.devices import portaudio
from app.conversation.microphone_check import MicrophoneCheck
from app.conversation.state import Notice, Severity
from app.core.errors import AudioError
from app.core.settings import Settings, Sound
from tests.integration.flite import record
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]


class Told:
    """What a check tells."""

    def __init__(self) -> None:
        self.opened: asyncio.Queue[str] = asyncio.Queue()
        self.found: asyncio.Queue[Notice] = asyncio.Queue()
        self.levels: list[Level] = []
        self.check = MicrophoneCheck(self.opened.put_nowait, self.levels.append, self.found.put_nowait)

    @asynccontextmanager
    async def running(self, settings: Settings | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task(self.check.run(settings or Settings()))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@pytest.fixture
def card() -> Iterator[SoundCard]:
    with SoundCard(microphones=("mic", "other")) as card, card.applied():
        portaudio.refresh()
        yield card
        assert portaudio.is_idle()


async def test_it_says_that_it_hears_somebody(card: SoundCard, tmp_path: Path) -> None:
    record("good morning, can you hear me well today", "slt", tmp_path / "words.wav")
    told = Told()
    async with asyncio.timeout(15), told.running():
        assert await told.opened.get()
        card.start_saying(tmp_path / "words.wav")
        assert await told.found.get() == Notice("I can hear you.", Severity.INFO)
        assert max(level.peak_db for level in told.levels) > -30


async def test_it_says_that_only_silence_arrives(card: SoundCard) -> None:
    told = Told()
    async with asyncio.timeout(15), told.running():
        found = await told.found.get()
        assert found.text.startswith("Only silence arrives.")
        assert found.severity is Severity.WARNING


async def test_it_hears_with_the_microphone_that_is_chosen(card: SoundCard, tmp_path: Path) -> None:
    record("good morning, can you hear me well today", "slt", tmp_path / "words.wav")
    told = Told()
    async with asyncio.timeout(15), told.running(Settings(Sound(microphone=("other",)))):
        assert await told.opened.get() == "other"
        card.start_saying(tmp_path / "words.wav", "other")
        assert (await told.found.get()).text == "I can hear you."


async def test_a_microphone_that_is_pulled_out_is_said(card: SoundCard) -> None:
    told = Told()
    async with asyncio.timeout(20), told.running():
        await told.opened.get()
        card.unplug("other")
        card.unplug("mic")
        while (found := await told.found.get()).severity is not Severity.ERROR:
            pass
        assert "microphone" in found.text.lower()


async def test_without_a_microphone_it_raises_what_to_do() -> None:
    with SoundCard(microphone=False) as card, card.applied():
        portaudio.refresh()
        with pytest.raises(AudioError, match="microphone"):
            await Told().check.run(Settings())
        assert portaudio.is_idle()
