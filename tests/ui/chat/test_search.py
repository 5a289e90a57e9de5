"""Words looked for in the history."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.line import Line
from app.ui.chat import search
from app.ui.chat.search import LineSearch, Search
from tests.ui.chat.chat_parts import character, person
from tests.ui.open_window import settle, until


class Shelf:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def search(self, words: str) -> Sequence[int]:
        self.asked.append(words)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return [1, 2]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WAIT_MS", 1)


@pytest.mark.asyncio
async def test_lines_are_found_in_either_case_oldest_first(qtbot: QtBot) -> None:
    lines = (person(1, "My BIKE (red)"), character(2, "behind"), person(3, "a bike"), person(4, "straße"))
    source = LineSearch(lambda: lines)
    assert await source.search("bike") == [1, 3]
    assert await source.search("(r bi") == [1]
    assert await source.search("STRASSE") == []
    assert await source.search(".*") == []


@pytest.mark.asyncio
async def test_a_long_history_leaves_the_loop_its_turns(qtbot: QtBot) -> None:
    lines: tuple[Line, ...] = tuple(person(number, f"line {number}") for number in range(1, 20_001))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    assert await LineSearch(lambda: lines).search("line 19999") == [19999]
    counting.cancel()
    assert turns >= 15


@pytest.mark.asyncio
async def test_only_the_last_words_are_looked_for(qtbot: QtBot) -> None:
    shelf, found = Shelf(), []
    searching = Search(shelf)
    searching.found.connect(lambda words, numbers: found.append((words, numbers)))
    for words in ("b", "bi", "bik"):
        searching.look_for(words)
    await until(lambda: shelf.asked == ["bik"])
    searching.look_for("bike")
    await until(lambda: shelf.asked == ["bik", "bike"])
    shelf.gate.set()
    await until(lambda: found == [("bike", (1, 2))])
    await settle()
    assert len(found) == 1
    searching.look_for("")
    assert found[1:] == [("", ())]


@pytest.mark.asyncio
async def test_a_search_that_is_stopped_finds_nothing(qtbot: QtBot) -> None:
    shelf, found = Shelf(), []
    searching = Search(shelf)
    searching.found.connect(lambda words, _numbers: found.append(words))
    searching.look_for("bike")
    await until(lambda: bool(shelf.asked))
    searching.stop()
    shelf.gate.set()
    await settle()
    assert found == []


@pytest.mark.asyncio
async def test_a_search_that_fails_says_so(qtbot: QtBot) -> None:
    failed: list[Exception] = []
    shelf = Shelf()
    shelf.error = OSError("the disk is gone")
    shelf.gate.set()
    searching = Search(shelf)
    searching.failed.connect(failed.append)
    searching.look_for("bike")
    await until(lambda: failed == [shelf.error])
