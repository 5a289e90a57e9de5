"""What a call tells of a reply as it is spoken through a real speaker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from app.audio.devices import portaudio
from app.conversation.line import Line
from tests.conversation.spoken_reply import WORDS, speaking, until
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def card() -> Iterator[None]:
    with SoundCard() as card, card.applied():
        portaudio.refresh()
        yield


def is_heard(least: int) -> Callable[[Line], bool]:
    return lambda line: (line.heard_chars or 0) >= least


async def test_a_reply_is_heard_word_by_word_and_in_the_end_all_of_it() -> None:
    async with speaking(1.5) as (_, conversation, seen):
        await until(conversation, is_heard(1))
        await until(conversation, lambda line: line.heard_chars is None)
        parts = [line.heard_chars for line in seen if line.heard_chars is not None]
        assert parts[0] == 0
        assert parts == sorted(parts)
        assert 8 <= len(parts) <= 20  # 10 a second
        assert max(parts) > len(WORDS) * 0.8
        assert seen[-1].heard_chars is None
        assert not seen[-1].is_interrupted


async def test_a_reply_that_is_stopped_is_cut_where_it_was_heard() -> None:
    async with speaking(5.0) as (_, conversation, _seen):
        await until(conversation, is_heard(15))
        await conversation.interrupt()
        cut = (await until(conversation, lambda line: line.is_interrupted)).heard_chars
        assert cut is not None
        assert 15 <= cut <= 30
        await asyncio.sleep(0.3)
        assert conversation.state.lines[-1].heard_chars == cut


async def test_a_reply_is_cut_when_voice_is_closed_in_the_middle_of_it() -> None:
    async with speaking(5.0) as (_, conversation, seen):
        await until(conversation, is_heard(5))
    assert seen[-1].is_interrupted
    assert 5 <= (seen[-1].heard_chars or 0) < 40
