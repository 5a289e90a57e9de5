"""Lists that come in pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Generic, Self, TypeVar

T = TypeVar("T")

PageAt = Callable[[int, int], Awaitable[tuple[Sequence[T], bool]]]
"""Gets the number of a page, from 0, and how many items come before it. Returns what is on it, and whether
another follows."""


class AllPages(AsyncIterator[T], Generic[T]):
    """What is on all pages, one item after the other; each page is fetched when it is needed.

    It ends at a page that says so, that is empty, or that is the one before it once more. Unlike an
    asynchronous generator it leaves nothing to be closed when its reader stops in the middle.

    Args:
        page_at: Fetches a page. What it raises comes out of the loop.
    """

    def __init__(self, page_at: PageAt[T]) -> None:
        self._page_at = page_at
        self._page: Sequence[T] = ()
        self._place = 0
        self._number = 0
        self._count = 0
        self._has_more = True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        if self._place == len(self._page):
            await self._turn()
        item = self._page[self._place]
        self._place += 1
        return item

    async def _turn(self) -> None:
        """Go on to the next page, which is not empty."""
        if not self._has_more:
            raise StopAsyncIteration
        page, self._has_more = await self._page_at(self._number, self._count)
        if not page or page == self._page:
            self._has_more = False
            raise StopAsyncIteration
        self._page = page
        self._place = 0
        self._number += 1
        self._count += len(page)


def whole(name: str, value: int, lowest: int, highest: int | None = None) -> int:
    """Return an argument that is a whole number in its range.

    Raises:
        ValueError: It is none, or outside; the message names it.
    """
    is_in_range = type(value) is int and value >= lowest and (highest is None or value <= highest)
    if not is_in_range:
        span = f"{lowest} or more" if highest is None else f"{lowest} to {highest}"
        raise ValueError(f"{name} is {value!r}: give a whole number, {span}.")
    return value
