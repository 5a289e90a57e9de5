from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.protocol.server_messages import BotResponse, BotVoice
from app.server.answer import AHEAD_S, CHUNK_MS, Answer, Delivery
from app.server.speech_worker import SpeechWorker
from tests.audio.signals import level_db, tone
from tests.server.stand_ins import MuteVoice, ToneVoice, Wire

RATE = 16_000
TOLERANCE_S = 0.03


async def one_by_one(*pieces: str) -> AsyncIterator[str]:
    for piece in pieces:
        yield piece


@asynccontextmanager
async def answering(
    voice: ToneVoice,
    *,
    rate: int = RATE,
    has_voice: bool = True,
    prelude: bytes = b"",
    asked: bool = True,
    told: str = "",
) -> AsyncIterator[tuple[Answer, Wire]]:
    worker = SpeechWorker(lambda: voice)
    await worker.load()
    wire = Wire()
    delivery = Delivery(
        "m1", rate, has_voice=has_voice, is_interjection=not asked, prelude=prelude, told=told
    )
    try:
        yield Answer(delivery, wire.send, worker), wire
    finally:
        worker.close()


def seconds(chunks: list[BotVoice], rate: int = RATE) -> float:
    return sum(len(chunk.audio) for chunk in chunks) / 2 / rate


@pytest.mark.asyncio
async def test_words_are_streamed_and_the_last_message_has_them_all() -> None:
    async with answering(ToneVoice(0.1)) as (answer, wire):
        await answer.run(one_by_one("It is", "", " five", " o'clock."))
    said = [(each.chunk_index, each.text, each.partial, each.is_final) for each in wire.all(BotResponse)]
    assert said == [
        (0, "It is", "It is", False),
        (1, "It is five", " five", False),
        (2, "It is five o'clock.", " o'clock.", False),
        (3, "It is five o'clock.", "", True),
    ]
    assert {each.message_id for each in wire.all(BotResponse)} == {"m1"}
    assert answer.text == "It is five o'clock."


@pytest.mark.asyncio
async def test_the_voice_comes_in_numbered_chunks_and_the_last_one_says_so() -> None:
    async with answering(ToneVoice(0.55)) as (answer, wire):
        await answer.run(one_by_one("One. ", "Two."))
    chunks = wire.all(BotVoice)
    assert [chunk.chunk_index for chunk in chunks] == list(range(11))
    assert [chunk.is_final for chunk in chunks] == [False] * 10 + [True]
    assert {len(chunk.audio) for chunk in chunks} == {RATE * CHUNK_MS // 1_000 * 2}
    assert {(chunk.message_id, chunk.sample_rate) for chunk in chunks} == {("m1", RATE)}
    assert b"".join(chunk.audio for chunk in chunks) == tone(440, RATE, 0.55) * 2


@pytest.mark.asyncio
@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
async def test_the_voice_comes_at_the_rate_of_the_session(rate: int) -> None:
    async with answering(ToneVoice(0.72), rate=rate) as (answer, wire):
        await answer.run(one_by_one("One."))
    chunks = wire.all(BotVoice)
    assert seconds(chunks, rate) == pytest.approx(0.72, abs=0.01)
    assert {chunk.sample_rate for chunk in chunks} == {rate}
    assert all(len(chunk.audio) % 2 == 0 for chunk in chunks)
    assert level_db(b"".join(chunk.audio for chunk in chunks), rate, 440) == pytest.approx(-6.2, abs=0.5)


@pytest.mark.asyncio
@pytest.mark.parametrize("pieces", [["***"], [], ["🎉"]])
async def test_an_answer_without_a_sound_still_ends(pieces: list[str]) -> None:
    async with answering(MuteVoice()) as (answer, wire):
        await answer.run(one_by_one(*pieces))
    (chunk,) = wire.all(BotVoice)
    assert chunk.is_final
    assert len(chunk.audio) > 0
    assert wire.all(BotResponse)[-1].is_final


@pytest.mark.asyncio
async def test_no_voice_is_made_where_none_is_wanted() -> None:
    voice = ToneVoice()
    async with answering(voice, has_voice=False) as (answer, wire):
        await answer.run(one_by_one("One. ", "Two."))
    assert wire.all(BotVoice) == []
    assert voice.said == []
    assert answer.ends_at == 0.0


@pytest.mark.asyncio
async def test_what_sounds_before_the_words_comes_first() -> None:
    bell = tone(2_000, RATE, 0.25)
    async with answering(ToneVoice(0.3), prelude=bell, asked=False) as (answer, wire):
        await answer.run(one_by_one("Ring."))
    voice = b"".join(chunk.audio for chunk in wire.all(BotVoice))
    assert voice == bell + tone(440, RATE, 0.3)
    assert {message.is_interjection for message in wire.all(BotVoice)} == {True}
    assert {message.is_interjection for message in wire.all(BotResponse)} == {True}


@pytest.mark.asyncio
async def test_what_was_told_before_is_spoken_again_and_told_at_the_end() -> None:
    voice = ToneVoice(0.1)
    async with answering(voice, told="One. Tw") as (answer, wire):
        await answer.run(one_by_one("o.", " Three."))
    assert voice.said == ["One.", "Two.", "Three."]
    said = [(each.chunk_index, each.text, each.partial, each.is_final) for each in wire.all(BotResponse)]
    assert said == [
        (0, "One. Two.", "o.", False),
        (1, "One. Two. Three.", " Three.", False),
        (2, "One. Two. Three.", "", True),
    ]


@pytest.mark.asyncio
async def test_an_answer_that_was_told_to_its_end_is_told_in_one_message() -> None:
    async with answering(ToneVoice(0.1), told="One. Two.") as (answer, wire):
        await answer.run(one_by_one())
    (said,) = wire.all(BotResponse)
    assert (said.text, said.is_final, said.chunk_index) == ("One. Two.", True, 0)
    assert wire.all(BotVoice)[-1].is_final


@pytest.mark.asyncio
async def test_what_is_said_is_not_what_is_written() -> None:
    voice = ToneVoice(0.1)
    async with answering(voice) as (answer, wire):
        await answer.run(one_by_one("It is **five** now. See https://example.org/x."))
    assert voice.said == ["It is five now.", "See example.org"]
    assert wire.all(BotResponse)[-1].text == "It is **five** now. See https://example.org/x."


@pytest.mark.asyncio
async def test_the_first_sentence_is_heard_while_the_next_is_made() -> None:
    heard = asyncio.Event()

    async def thinking() -> AsyncIterator[str]:
        yield "One. "
        await heard.wait()
        yield "Two."

    async with answering(ToneVoice(0.5)) as (answer, wire), asyncio.TaskGroup() as group:
        group.create_task(answer.run(thinking()))
        await wire.until(BotVoice)
        assert not any(response.is_final for response in wire.all(BotResponse))
        heard.set()
    assert wire.all(BotResponse)[-1].text == "One. Two."


def furthest_ahead(wire: Wire) -> float:
    """Return how many seconds of audio at most lay before a client that plays what it has as it comes."""
    plays_until = furthest = 0.0
    for moment, message in wire.sent:
        if isinstance(message, BotVoice):
            plays_until = max(plays_until, moment) + seconds([message])
            furthest = max(furthest, plays_until - moment)
    return furthest


@pytest.mark.asyncio
async def test_the_voice_is_never_more_than_two_seconds_ahead() -> None:
    loop = asyncio.get_running_loop()
    async with answering(ToneVoice(4.0)) as (answer, wire):
        began = loop.time()
        await answer.run(one_by_one("Four seconds."))
        took = loop.time() - began
        assert answer.ends_at == pytest.approx(loop.time() + AHEAD_S, abs=0.3)
    assert seconds(wire.all(BotVoice)) == pytest.approx(4.0)
    assert AHEAD_S - 0.5 < furthest_ahead(wire) <= 2.0 + TOLERANCE_S
    # The beginning came as fast as it was made, the rest in real time.
    early = [
        message for moment, message in wire.sent if moment < began + 0.5 and isinstance(message, BotVoice)
    ]
    assert seconds(early) > 1.8
    assert took >= 1.9


@pytest.mark.asyncio
async def test_a_pause_to_think_is_not_made_up_for() -> None:
    async def thinking() -> AsyncIterator[str]:
        yield "One. "
        yield "Two"
        await asyncio.sleep(0.9)
        yield ". Three. Four. Five. Six. Seven. Eight. Nine."

    async with answering(ToneVoice(0.3)) as (answer, wire):
        await answer.run(thinking())
        assert answer.ends_at - asyncio.get_running_loop().time() == pytest.approx(AHEAD_S, abs=0.3)
    assert furthest_ahead(wire) <= 2.0 + TOLERANCE_S


@pytest.mark.asyncio
@pytest.mark.parametrize("chunks", [1, 20])
async def test_an_answer_that_is_cancelled_stops_at_once(chunks: int) -> None:
    async with answering(ToneVoice(4.0)) as (answer, wire):
        task = asyncio.create_task(answer.run(one_by_one("Four seconds.")))
        await wire.until(BotVoice, chunks)
        task.cancel()
        sent = len(wire.sent)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(wire.sent) == sent
        assert not any(chunk.is_final for chunk in wire.all(BotVoice))


@pytest.mark.asyncio
async def test_a_failure_ends_words_and_voice() -> None:
    async def falling() -> AsyncIterator[str]:
        yield "One. "
        raise RuntimeError("the replier fell over")

    async with answering(ToneVoice(4.0)) as (answer, wire):
        with pytest.raises(ExceptionGroup) as caught:
            await answer.run(falling())
        assert caught.group_contains(RuntimeError, match="fell over")
        assert not any(response.is_final for response in wire.all(BotResponse))
