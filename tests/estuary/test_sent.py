from __future__ import annotations

import asyncio

import pytest

from app.estuary.sent import Sent


@pytest.mark.asyncio
async def test_it_may_be_awaited_as_often_as_one_likes_and_takes_no_turn_of_the_loop() -> None:
    turns: list[str] = []
    asyncio.get_running_loop().call_soon(turns.append, "a turn")
    sent = Sent()
    for _ in range(3):
        await sent
    assert turns == []
    assert list(await asyncio.gather(sent, sent)) == [None, None]


def test_it_may_be_left_alone() -> None:
    assert Sent() is not None
