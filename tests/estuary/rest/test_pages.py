from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.estuary.rest.pages import AllPages, whole


class Book:
    """Pages, and which of them were asked for."""

    def __init__(self, *pages: Sequence[str], is_endless: bool = False) -> None:
        self.pages = list(pages)
        self.is_endless = is_endless
        self.asked: list[tuple[int, int]] = []

    async def page_at(self, number: int, count: int) -> tuple[Sequence[str], bool]:
        self.asked.append((number, count))
        return self.pages[min(number, len(self.pages) - 1)], self.is_endless or number < len(self.pages) - 1


@pytest.mark.asyncio
async def test_all_pages_are_read_in_order() -> None:
    book = Book("ab", "cd", "e")
    assert [item async for item in AllPages(book.page_at)] == list("abcde")
    assert book.asked == [(0, 0), (1, 2), (2, 4)]


@pytest.mark.asyncio
async def test_a_page_is_fetched_only_when_it_is_needed() -> None:
    book = Book("ab", "cd")
    items = AllPages(book.page_at)
    assert [await anext(items), await anext(items)] == ["a", "b"]
    assert book.asked == [(0, 0)]


@pytest.mark.asyncio
async def test_an_empty_page_ends_it_whatever_it_says() -> None:
    assert [item async for item in AllPages(Book("ab", "", is_endless=True).page_at)] == ["a", "b"]
    assert [item async for item in AllPages(Book("").page_at)] == []


@pytest.mark.asyncio
async def test_a_server_that_repeats_its_page_for_ever_ends_it_too() -> None:
    book = Book("ab", "cd", is_endless=True)
    assert [item async for item in AllPages(book.page_at)] == list("abcd")
    assert len(book.asked) == 3


@pytest.mark.parametrize("value", [1, 7, 50])
def test_a_whole_number_in_range_is_taken(value: int) -> None:
    assert whole("limit", value, 1, 50) == value


@pytest.mark.parametrize("value", [0, -1, 51, 1.0, "7", True, None])
def test_any_other_is_refused_by_name(value: int) -> None:
    with pytest.raises(ValueError, match=r"^limit is .*: give a whole number, 1 to 50\.$"):
        whole("limit", value, 1, 50)


def test_a_range_may_be_open() -> None:
    assert whole("offset", 10**9, 0) == 10**9
    with pytest.raises(ValueError, match=r"offset is -1: give a whole number, 0 or more\."):
        whole("offset", -1, 0)
