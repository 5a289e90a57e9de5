from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.server.wording import Wording, WordsFailed

PATIENCE_S = 5.0


class Pen:
    """Writes what it is given, when it is given it."""

    def __init__(self) -> None:
        self._ink: asyncio.Queue[str | None] = asyncio.Queue()

    def write(self, *pieces: str | None) -> None:
        for piece in pieces:
            self._ink.put_nowait(piece)

    async def pieces(self) -> AsyncIterator[str]:
        while (piece := await self._ink.get()) is not None:
            if piece == "blot":
                raise RuntimeError("the pen broke")
            yield piece


async def read(wording: Wording, told: str = "") -> list[str]:
    async with asyncio.timeout(PATIENCE_S):
        return [piece async for piece in wording.pieces(told)]


@pytest.mark.asyncio
async def test_words_can_be_read_while_they_grow_and_afterwards_by_anyone() -> None:
    pen, wording = Pen(), Wording()
    async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
        group.create_task(wording.take(pen.pieces()))
        pen.write("It is")
        early = wording.pieces()
        assert await anext(early) == "It is"
        assert (wording.text, wording.is_finished) == ("It is", False)
        beside = group.create_task(read(wording))
        await asyncio.sleep(0)
        pen.write("", " noon", None)
        assert [piece async for piece in early] == [" noon"]
    assert beside.result() == ["It is", " noon"]
    assert await read(wording) == ["It is", " noon"]
    assert (wording.text, wording.is_finished, wording.is_over) == ("It is noon", True, False)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("told", "rest"), [("", ["It", " is", " noon"]), ("It is", [" noon"]), ("It is noon", [])]
)
async def test_what_was_told_is_not_read_again(told: str, rest: list[str]) -> None:
    pen, wording = Pen(), Wording()
    pen.write("It", " is", " noon", None)
    await wording.take(pen.pieces())
    assert await read(wording, told) == rest


@pytest.mark.asyncio
async def test_words_may_be_there_from_the_start() -> None:
    wording = Wording.of("Your tea is ready.")
    assert wording.is_finished
    assert await read(wording) == ["Your tea is ready."]
    assert wording.message_id != Wording.of("Your tea is ready.").message_id


@pytest.mark.asyncio
async def test_words_that_break_off_are_told_as_far_as_they_go_to_every_reader(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pen, wording = Pen(), Wording()
    pen.write("Well,", "blot")
    await wording.take(pen.pieces())
    for _ in range(2):
        pieces = wording.pieces()
        assert await anext(pieces) == "Well,"
        with pytest.raises(WordsFailed):
            await anext(pieces)
    assert wording.is_finished
    assert wording.has_failed
    assert len(caplog.records) == 1


@pytest.mark.asyncio
async def test_words_that_nobody_wants_stay_as_they_are() -> None:
    pen, wording = Pen(), Wording()
    cuts: list[str] = []
    wording.on_cut = lambda: cuts.append("cut")
    task = asyncio.create_task(wording.take(pen.pieces()))
    pen.write("It is")
    pieces = wording.pieces()
    assert await anext(pieces) == "It is"
    wording.cut()
    assert (wording.text, wording.is_finished, wording.is_over) == ("It is", True, True)
    assert [piece async for piece in pieces] == []
    pen.write(" noon", None)
    async with asyncio.timeout(PATIENCE_S):
        await task
    assert await read(wording) == ["It is"]
    assert not wording.has_failed
    assert cuts == ["cut"]
