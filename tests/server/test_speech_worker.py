from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from app.server.speech_worker import SpeechWorker
from app.server.voices.voice import Manner
from tests.server.stand_ins import MuteVoice, ToneVoice


class Noting(ToneVoice):
    """A voice that notes the threads it runs on."""

    def __init__(self) -> None:
        super().__init__(sentence_s=0.3)
        self.threads = {threading.current_thread()}

    def speak(self, sentence: str, manner: Manner = Manner()) -> Iterator[bytes]:  # noqa: B008 - does not change
        for piece in super().speak(sentence, manner):
            self.threads.add(threading.current_thread())
            yield piece


@pytest.fixture
def voices() -> list[Noting]:
    return []


@pytest_asyncio.fixture
async def worker(voices: list[Noting]) -> AsyncIterator[SpeechWorker]:
    def create() -> Noting:
        voices.append(Noting())
        return voices[-1]

    worker = SpeechWorker(create)
    yield worker
    worker.close()


async def said(worker: SpeechWorker, sentence: str) -> list[bytes]:
    return [piece async for piece in worker.speak(sentence)]


@pytest.mark.asyncio
async def test_it_speaks_piece_by_piece(worker: SpeechWorker, voices: list[Noting]) -> None:
    await worker.load()
    assert worker.rate == 16_000
    pieces = await said(worker, "Good morning.")
    assert len(pieces) == 5
    assert b"".join(pieces) == b"".join(ToneVoice(0.3).speak("Good morning."))
    assert voices[0].said == ["Good morning."]


@pytest.mark.asyncio
async def test_one_thread_and_never_the_loops_touches_the_voice(
    worker: SpeechWorker, voices: list[Noting]
) -> None:
    await worker.load()
    await asyncio.gather(said(worker, "One."), said(worker, "Two."), worker.load())
    assert len(voices) == 1
    (thread,) = voices[0].threads
    assert thread is not threading.main_thread()


@pytest.mark.asyncio
async def test_two_who_speak_at_once_do_not_mix(worker: SpeechWorker) -> None:
    await worker.load()
    one, two = await asyncio.gather(said(worker, "One."), said(worker, "Two."))
    assert one == two == list(ToneVoice(0.3).speak(""))


@pytest.mark.asyncio
async def test_nothing_to_say_makes_no_sound(worker: SpeechWorker) -> None:
    await worker.load()
    assert await said(worker, "") == []
    mute = SpeechWorker(MuteVoice)
    await mute.load()
    assert await said(mute, "Good morning.") == []
    mute.close()


@pytest.mark.asyncio
async def test_before_it_is_loaded_it_knows_no_rate(worker: SpeechWorker) -> None:
    with pytest.raises(RuntimeError, match="not loaded"):
        _ = worker.rate


@pytest.mark.asyncio
async def test_closing_ends_its_thread(worker: SpeechWorker, voices: list[Noting]) -> None:
    await worker.load()
    worker.close()
    (thread,) = voices[0].threads
    thread.join(1)
    assert not thread.is_alive()


@pytest.mark.asyncio
async def test_it_knows_the_voices_and_passes_the_manner_on(
    worker: SpeechWorker, voices: list[Noting]
) -> None:
    assert not worker.choices
    await worker.load()
    assert worker.choices == voices[0].choices()
    manner = Manner("tone", 1.5)
    assert [piece async for piece in worker.speak("Good morning.", manner)]
    assert voices[0].manners == [manner]
