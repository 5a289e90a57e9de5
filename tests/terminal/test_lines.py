from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.terminal.lines import TypedLines

pytestmark = pytest.mark.asyncio


@contextmanager
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Yield where to write what a person types."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        try:
            yield writing
        finally:
            os.close(writing)


async def next_of(lines: TypedLines) -> str | None:
    async with asyncio.timeout(5):
        return await lines.next()


async def test_lines_come_as_they_are_typed_and_then_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with typing(monkeypatch) as keyboard:
        lines = TypedLines()
        os.write(keyboard, "Grüße\r\n\n  two words ".encode())
        assert await next_of(lines) == "Grüße"
        assert await next_of(lines) == ""
        os.write(keyboard, b"more\n")
        assert await next_of(lines) == "  two words more"
        waiting = asyncio.create_task(next_of(lines))
        await asyncio.sleep(0)
        assert not waiting.done()
        os.write(keyboard, b"last")
    assert await waiting == "last"
    assert await next_of(lines) is None


async def test_what_is_no_text_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with typing(monkeypatch) as keyboard:
        lines = TypedLines()
        os.write(keyboard, b"\xff\xfe\n")
        assert await next_of(lines) is None
