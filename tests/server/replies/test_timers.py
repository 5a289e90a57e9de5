from __future__ import annotations

import asyncio

import pytest

from app.server.replies.interjection import Interjection
from app.server.replies.timers import LONGEST_SECONDS, MOST_AT_ONCE, TimerBook, TimerError

SOON = 0.01
"""Seconds a test waits for a ring."""

PATIENCE = 5.0
"""Seconds after which a ring is overdue."""


class Bell:
    """Collects what is announced and tells when as much has come as is awaited."""

    def __init__(self, awaited: int = 1) -> None:
        self.rung: list[Interjection] = []
        self._awaited = awaited
        self._all = asyncio.Event()

    def announce(self, interjection: Interjection) -> None:
        self.rung.append(interjection)
        if len(self.rung) == self._awaited:
            self._all.set()

    async def wait(self) -> list[Interjection]:
        async with asyncio.timeout(PATIENCE):
            await self._all.wait()
        return self.rung


@pytest.mark.asyncio
async def test_rings_once_for_its_player_and_is_gone() -> None:
    bell = Bell()
    book = TimerBook(bell.announce)
    started = asyncio.get_running_loop().time()
    book.start("heron", "anna", SOON)
    rung = await bell.wait()
    assert asyncio.get_running_loop().time() - started >= SOON
    assert rung == [Interjection("heron", "anna", "Your zero second timer is done.", rings=True)]
    assert book.remaining("heron", "anna") == []
    book.close()


@pytest.mark.asyncio
async def test_is_named_by_its_length_when_it_rings() -> None:
    bell = Bell()
    book = TimerBook(bell.announce)
    timer = book.start("heron", "anna", 600)
    book._ring("heron", "anna", timer)
    assert [interjection.text for interjection in bell.rung] == ["Your ten minute timer is done."]
    book.close()


@pytest.mark.asyncio
async def test_several_ring_in_the_order_they_are_due() -> None:
    bell = Bell(awaited=3)
    book = TimerBook(bell.announce)
    book.start("heron", "carl", 3 * SOON)
    book.start("heron", "anna", SOON)
    book.start("heron", "bert", 2 * SOON)
    assert [interjection.player_id for interjection in await bell.wait()] == ["anna", "bert", "carl"]
    book.close()


@pytest.mark.asyncio
async def test_remaining_lists_the_next_first_and_only_ones_own() -> None:
    book = TimerBook(Bell().announce)
    long, short = book.start("heron", "anna", 600), book.start("heron", "anna", 300)
    book.start("heron", "bert", 1)
    book.start("other", "anna", 1)
    running = book.remaining("heron", "anna")
    assert [timer for timer, _ in running] == [short, long]
    assert 299 < running[0][1] <= 300
    assert 599 < running[1][1] <= 600
    book.close()


@pytest.mark.asyncio
async def test_a_cancelled_timer_does_not_ring() -> None:
    bell = Bell()
    book = TimerBook(bell.announce)
    early = book.start("heron", "anna", SOON)
    book.start("heron", "bert", 3 * SOON)
    book.cancel("heron", "anna", early)
    book.cancel("heron", "anna", early)
    await bell.wait()
    assert [interjection.player_id for interjection in bell.rung] == ["bert"]
    book.close()


@pytest.mark.asyncio
async def test_nothing_rings_after_close() -> None:
    bell, witness = Bell(), asyncio.Event()
    book = TimerBook(bell.announce)
    book.start("heron", "anna", SOON)
    book.close()
    asyncio.get_running_loop().call_later(3 * SOON, witness.set)
    await witness.wait()
    assert bell.rung == []
    assert book.remaining("heron", "anna") == []


@pytest.mark.asyncio
@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
async def test_refuses_no_time_at_all(seconds: float) -> None:
    book = TimerBook(Bell().announce)
    with pytest.raises(TimerError, match=r"needs some time"):
        book.start("heron", "anna", seconds)


@pytest.mark.asyncio
async def test_runs_a_day_and_not_longer() -> None:
    book = TimerBook(Bell().announce)
    book.start("heron", "anna", LONGEST_SECONDS)
    with pytest.raises(TimerError, match=r"at most 24 hours"):
        book.start("heron", "anna", LONGEST_SECONDS + 1)
    assert len(book.remaining("heron", "anna")) == 1
    book.close()


@pytest.mark.asyncio
async def test_one_too_many_is_refused_and_another_player_is_not() -> None:
    book = TimerBook(Bell().announce)
    for _ in range(MOST_AT_ONCE):
        book.start("heron", "anna", 60)
    with pytest.raises(TimerError, match=r"already have 20"):
        book.start("heron", "anna", 60)
    book.start("heron", "bert", 60)
    assert len(book.remaining("heron", "anna")) == MOST_AT_ONCE
    book.close()


@pytest.mark.asyncio
async def test_those_of_a_character_end_with_it() -> None:
    book = TimerBook(Bell().announce)
    for character, player in (("heron", "anna"), ("heron", "bert"), ("ada", "anna")):
        book.start(character, player, 60)
    book.drop("heron")
    assert book.remaining("heron", "anna") == book.remaining("heron", "bert") == []
    assert len(book.remaining("ada", "anna")) == 1
    book.close()
