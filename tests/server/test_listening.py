from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from app.audio.resample import resample
from app.audio.wav import read_wav
from app.server import listening
from app.server.end_pointing import PAUSE_MS, TurnEnd
from app.server.listening import Heard, Listening
from app.server.mark import Mark
from app.server.recognition.pool import RecognizerPool
from tests.audio.signals import align, pink_noise
from tests.integration.conftest import Speech
from tests.server.stand_ins import BrokenRecognizer, ScriptedRecognizer

PATIENCE_S = 5.0
SILENCE = bytes(32_000)
"""One second."""


class Ear:
    """A listening, and what it heard."""

    def __init__(self, recognizer: ScriptedRecognizer, end: TurnEnd, rate: int) -> None:
        self.recognizer = recognizer
        self.heard: list[Heard] = []
        self.fed = 0
        self.failures = 0
        self.engines_made = 0
        self.pool = RecognizerPool(self._create)
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        recognizer.on_feed = lambda: self._loop.call_soon_threadsafe(self._note_feed)
        self.listening = Listening(self.pool, rate, end, self._hear, self._fail)

    @property
    def finals(self) -> list[str]:
        return [heard.text for heard in self.heard if heard.is_final]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def take(self, piece: bytes) -> None:
        """Push audio in a turn that has begun, and wait until the engine has it."""
        before = self.fed
        self.listening.audio(piece)
        await self.until(lambda: self.fed > before)

    async def finish(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self.listening.finish()

    def _create(self) -> ScriptedRecognizer:
        self.engines_made += 1
        return self.recognizer

    def _note_feed(self) -> None:
        self.fed += 1
        self._news.set()

    def _fail(self) -> None:
        self.failures += 1
        self._news.set()

    def _hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        self._news.set()


@asynccontextmanager
async def ear(
    *script: str,
    end: TurnEnd = TurnEnd.SILENCE,
    rate: int = 16_000,
    recognizer: ScriptedRecognizer | None = None,
) -> AsyncIterator[Ear]:
    made = Ear(recognizer or ScriptedRecognizer(*script), end, rate)
    assert await made.listening.start()
    try:
        yield made
    finally:
        await made.listening.abort()
        made.pool.close()


def pieces(pcm: bytes, size: int = 640) -> Iterator[bytes]:
    return (pcm[at : at + size] for at in range(0, len(pcm), size))


@pytest.fixture
def sentence(speech: Speech) -> bytes:
    """Return 2.6 s of speech at 16 kHz."""
    return read_wav(speech("remember that the spare key is under the mat"))[0]


@pytest.fixture
def short(speech: Speech) -> bytes:
    """Return 1.1 s of speech at 16 kHz."""
    return read_wav(speech("what time is it"))[0]


@pytest.mark.asyncio
async def test_words_grow_and_then_are_final(sentence: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_CAPTION_S", 0.0)
    script = "one two three four five six seven eight nine ten"
    async with ear(script) as own:
        await own.take(sentence[:16_000])
        for piece in pieces(sentence[16_000:], 3_200):
            await own.take(piece)
        await own.take(SILENCE)
        await own.until(lambda: bool(own.finals))
        *interim, final = own.heard
    assert final == Heard(script, is_final=True)
    assert not any(heard.is_final for heard in interim)
    lengths = [len(heard.text) for heard in interim]
    assert len(lengths) >= 7
    assert lengths == sorted(set(lengths))


@pytest.mark.asyncio
async def test_what_may_be_a_murmur_is_not_guessed_at(
    sentence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_CAPTION_S", 0.0)
    recognizer = ScriptedRecognizer("and the", "tell me more of it")
    recognizer.is_murmur = True
    async with ear(recognizer=recognizer) as own:
        own.listening.audio(sentence + SILENCE)
        await own.until(lambda: bool(own.finals))
        assert own.heard == [Heard("and the", is_final=True, is_murmur=True)]
        await own.take(sentence[:32_000])
        assert len(own.heard) == 1
        recognizer.is_murmur = False
        await own.take(sentence[32_000:] + SILENCE)
        await own.until(lambda: len(own.finals) == 2)
        *interim, final = own.heard[1:]
        assert interim
        assert not final.is_murmur


@pytest.mark.asyncio
async def test_whoever_holds_a_key_is_captioned_at_once(sentence: bytes) -> None:
    recognizer = ScriptedRecognizer("okay then do it")
    recognizer.is_murmur = True
    async with ear(recognizer=recognizer, end=TurnEnd.RELEASE) as own:
        own.listening.audio(sentence)
        await own.until(lambda: bool(own.heard))
        assert not own.heard[0].is_final
        await own.finish()


@pytest.mark.asyncio
async def test_captions_do_not_flicker(sentence: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_CAPTION_S", 60.0)
    async with ear("one two three four five six seven eight") as own:
        for piece in pieces(sentence, 16_000):
            await own.take(piece)
        await own.take(SILENCE)
        await own.until(lambda: bool(own.finals))
        assert [heard.is_final for heard in own.heard][-2:] in ([False, True], [True])
        assert len(own.heard) <= 2


@pytest.mark.asyncio
async def test_each_turn_has_its_own_words(short: bytes) -> None:
    async with ear("first words", "second words") as own:
        for turn in (short, short):
            for piece in pieces(turn + SILENCE, 3_200):
                own.listening.audio(piece)
        await own.until(lambda: len(own.finals) == 2)
        assert own.finals == ["first words", "second words"]
        # Of the second of silence between them, the first has the half that ends a turn.
        for utterance in own.recognizer.utterances:
            assert len(utterance) / 32_000 == pytest.approx(len(short) / 32_000 + 0.5, abs=0.3)


@pytest.mark.asyncio
async def test_the_engine_learns_of_each_pause_with_all_that_was_said_before(short: bytes) -> None:
    async with ear("what time is it", end=TurnEnd.RELEASE) as own:
        own.listening.audio(short + SILENCE + short)
        await own.finish()
        (pause, *_) = own.recognizer.pauses
        # The recording itself ends in 100 ms that are not speech.
        assert pause / 32_000 == pytest.approx(len(short) / 32_000 + PAUSE_MS / 1_000, abs=0.25)


@pytest.mark.asyncio
async def test_a_turn_without_words_says_nothing(short: bytes) -> None:
    async with ear("", "something") as own:
        own.listening.audio(short + SILENCE)
        own.listening.audio(short + SILENCE)
        await own.until(lambda: bool(own.finals))
        assert [heard.text for heard in own.heard if heard.is_final] == ["something"]


@pytest.mark.asyncio
async def test_a_release_ends_the_turn_with_all_that_had_arrived(short: bytes) -> None:
    async with ear("what time is it", end=TurnEnd.RELEASE) as own:
        for piece in pieces(short):
            own.listening.audio(piece)
        await own.finish()
        assert own.finals == ["what time is it"]
        # But for less than a frame at the end and for silence at the beginning.
        assert len(own.recognizer.utterances[0]) == pytest.approx(len(short), abs=3_200)


@pytest.mark.asyncio
async def test_a_pause_of_two_seconds_stays_in_the_turn_of_a_held_key(short: bytes) -> None:
    async with ear("what time is it please", end=TurnEnd.RELEASE) as own:
        for piece in pieces(short + 2 * SILENCE + short):
            own.listening.audio(piece)
        await own.finish()
        assert own.finals == ["what time is it please"]
        assert len(own.recognizer.utterances) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("audio", [b"", SILENCE, pink_noise(1.5, 150)], ids=["nothing", "silence", "a fan"])
async def test_a_key_held_in_silence_is_no_turn(audio: bytes) -> None:
    async with ear("something", end=TurnEnd.RELEASE) as own:
        own.listening.audio(audio)
        await own.finish()
        assert own.heard == []


@pytest.mark.asyncio
async def test_a_sentence_that_was_not_ended_is_not_answered(short: bytes) -> None:
    async with ear("what time is it") as own:
        own.listening.audio(short)
        await own.finish()
        assert len(own.recognizer.utterances) == 1
        assert own.finals == []


@pytest.mark.asyncio
async def test_an_aborted_turn_is_forgotten(short: bytes) -> None:
    async with ear("what time is it", "what day is it", end=TurnEnd.RELEASE) as own:
        own.listening.audio(short)
        await own.until(lambda: bool(own.heard))
        await own.listening.abort()
        assert own.finals == []
        assert own.recognizer.finished == 0
        # The engine is free for the next one, who is a stranger to it.
        own.pool.give_back(await own.pool.lend())
        assert own.engines_made == 1
        assert own.recognizer.forgotten == 2


@pytest.mark.asyncio
async def test_it_can_be_ended_twice_and_before_it_began() -> None:
    pool = RecognizerPool(lambda: ScriptedRecognizer("what time is it"))
    early = Listening(pool, 16_000, TurnEnd.RELEASE, lambda _: None)
    async with asyncio.timeout(PATIENCE_S):
        await early.abort()
        starting = asyncio.create_task(early.start())
        await asyncio.sleep(0)
        await early.abort()
        await early.abort()
        await early.finish()
        assert await starting is False
    pool.close()


@pytest.mark.asyncio
async def test_it_has_begun_when_its_engine_is_there() -> None:
    loading, loaded = threading.Event(), threading.Event()

    def load() -> ScriptedRecognizer:
        loading.set()
        loaded.wait(PATIENCE_S)
        return ScriptedRecognizer("what time is it")

    pool = RecognizerPool(load)
    slow = Listening(pool, 16_000, TurnEnd.RELEASE, lambda _: None)
    starting = asyncio.create_task(slow.start())
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.to_thread(loading.wait, PATIENCE_S)
        assert not starting.done()
        loaded.set()
        assert await starting is True
        await slow.finish()
    pool.close()


@pytest.mark.asyncio
async def test_more_audio_than_a_minute_does_not_pile_up(short: bytes) -> None:
    recognizer = ScriptedRecognizer("much")
    pool = RecognizerPool(lambda: recognizer)
    heard: list[Heard] = []
    late = Listening(pool, 16_000, TurnEnd.RELEASE, heard.append)
    for _ in range(90):
        late.audio(short[-16_000:] + short[:16_000])
    async with asyncio.timeout(PATIENCE_S):
        assert await late.start()
        await late.finish()
    assert len(recognizer.utterances[0]) / 32_000 == pytest.approx(60, abs=1)
    assert [each.text for each in heard if each.is_final] == ["much"]
    pool.close()


@pytest.mark.asyncio
async def test_a_minute_is_not_the_most_that_can_be_said(sentence: bytes) -> None:
    async with ear("much", end=TurnEnd.RELEASE) as own:
        for _ in range(4):
            await own.take(sentence * 8)
        await own.finish()
        assert len(own.recognizer.utterances[0]) == pytest.approx(len(sentence) * 32, rel=0.01)


@pytest.mark.asyncio
@pytest.mark.parametrize(("rate", "size"), [(48_000, 1_920), (8_000, 320), (44_100, 1_764), (16_000, 333)])
async def test_any_rate_in_any_pieces_reaches_the_engine_as_it_wants_it(
    sentence: bytes, rate: int, size: int
) -> None:
    async with ear("said", end=TurnEnd.RELEASE, rate=rate) as own:
        for piece in pieces(resample(sentence, 16_000, rate), size):
            own.listening.audio(piece)
        await own.finish()
        (heard,) = own.recognizer.utterances
        assert len(heard) == pytest.approx(len(sentence), abs=4_000)
        _, likeness = align(sentence + bytes(len(heard)), bytes(heard))
        assert likeness > (0.9 if rate == 8_000 else 0.99)


@pytest.mark.asyncio
async def test_an_engine_that_fails_is_told_once_and_not_used_again(
    short: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with ear(recognizer=BrokenRecognizer("said"), end=TurnEnd.RELEASE) as own:
        own.listening.audio(short)
        await own.until(lambda: own.failures > 0)
        own.listening.audio(short)
        await own.finish()
        assert own.heard == []
        assert own.failures == 1
        assert "recognition failed" in caplog.text
        own.pool.give_back(await own.pool.lend())
        assert own.engines_made == 2


@pytest.mark.asyncio
async def test_an_engine_that_does_not_load_is_told() -> None:
    failures: list[str] = []
    failed = asyncio.Event()

    def note() -> None:
        failures.append("failed")
        failed.set()

    def create() -> ScriptedRecognizer:
        raise OSError("no model")

    pool = RecognizerPool(create)
    deaf = Listening(pool, 16_000, TurnEnd.SILENCE, lambda _: None, note)
    async with asyncio.timeout(PATIENCE_S):
        assert not await deaf.start()
        await failed.wait()
        await deaf.finish()
    assert failures == ["failed"]
    pool.close()


@pytest.mark.asyncio
async def test_a_turn_has_the_mark_its_utterance_was_given(short: bytes) -> None:
    async with ear("first words", "second words", "third words") as own:
        own.listening.audio(short + SILENCE)
        own.listening.mark(Mark("b"))
        own.listening.audio(short + SILENCE)
        own.listening.mark(Mark("c"))
        own.listening.audio(short + SILENCE)
        await own.until(lambda: len(own.finals) == 3)
        unmarked, second, third = (heard.marks for heard in own.heard if heard.is_final)
    assert unmarked == ()
    assert second + third == (Mark("b", 1), Mark("c", 1))


@pytest.mark.asyncio
async def test_nothing_of_a_released_utterance_is_left(short: bytes) -> None:
    async with ear("what time is it", end=TurnEnd.RELEASE) as own:
        own.listening.mark(Mark("a"))
        own.listening.audio(short + SILENCE + short)
        await own.finish()
        assert own.heard[-1].marks == (Mark("a", math.inf),)


@pytest.mark.asyncio
@pytest.mark.parametrize("size", [640, 1_000_000], ids=["frame by frame", "in one piece"])
async def test_turns_that_were_taken_of_an_utterance_are_passed_over(short: bytes, size: int) -> None:
    async with ear("third words") as own:
        own.listening.mark(Mark("a", 2))
        for piece in pieces(3 * (short + SILENCE), size):
            own.listening.audio(piece)
        await own.until(lambda: bool(own.finals))
        assert own.heard[-1] == Heard("third words", is_final=True, marks=(Mark("a", 3),))
        (heard,) = own.recognizer.utterances
        assert len(heard) / 32_000 == pytest.approx(len(short) / 32_000 + 0.5, abs=0.3)


@pytest.mark.asyncio
async def test_what_is_passed_over_does_not_run_into_what_is_heard(short: bytes) -> None:
    async with ear("second words") as own:
        own.listening.mark(Mark("a", 1))
        own.listening.audio(short)
        own.listening.mark(Mark("b"))
        own.listening.audio(short + SILENCE)
        await own.until(lambda: bool(own.finals))
        assert own.heard[-1] == Heard("second words", is_final=True, marks=(Mark("b", 1),))
        (heard,) = own.recognizer.utterances
        assert len(heard) / 32_000 == pytest.approx(len(short) / 32_000 + 0.5, abs=0.3)


@pytest.mark.asyncio
async def test_what_is_heard_does_not_run_into_what_is_passed_over(short: bytes) -> None:
    async with ear("a cough", "second words") as own:
        own.listening.audio(short)
        own.listening.mark(Mark("a", 1))
        own.listening.audio(2 * (short + SILENCE))
        await own.until(lambda: bool(own.finals))
        assert own.heard[-1] == Heard("second words", is_final=True, marks=(Mark("a", 2),))


@pytest.mark.asyncio
async def test_an_utterance_that_is_over_is_passed_over_until_the_next_one(short: bytes) -> None:
    async with ear("second words", end=TurnEnd.RELEASE) as own:
        own.listening.mark(Mark("a", math.inf))
        own.listening.audio(short)
        own.listening.audio(short)
        own.listening.mark(Mark("b"))
        own.listening.audio(short)
        await own.finish()
        assert own.heard[-1] == Heard("second words", is_final=True, marks=(Mark("b", math.inf),))
        assert len(own.recognizer.utterances[0]) == pytest.approx(len(short), abs=3_200)
