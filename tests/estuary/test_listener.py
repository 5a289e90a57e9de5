"""One listener: in order, awaited, at its own pace, and never in the way of others."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable
from functools import partial

import pytest

from app.estuary import listener as module
from app.estuary.listener import Callback, Listener

pytestmark = pytest.mark.asyncio


class Heard:
    """What a slow listener has heard, and what its `Listener` told."""

    def __init__(self) -> None:
        self.events: list[object] = []
        self.failures: list[BaseException] = []
        self.fullness: list[bool] = []
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def listen(self, event: object) -> None:
        await self.goes_on.wait()
        self.events.append(event)

    def listener(self, callback: Callback | None = None) -> Listener:
        return Listener(
            "bot_response",
            callback or self.listen,
            self.failures.append,
            is_stale=lambda event: isinstance(event, str),
            on_full=self.fullness.append,
        )


@pytest.fixture
def heard() -> Heard:
    return Heard()


async def test_a_plain_function_is_called_at_once(heard: Heard) -> None:
    listener = heard.listener(heard.events.append)
    listener.call(1)
    assert heard.events == [1]
    assert listener.task is None
    await listener.settle(1)


async def test_a_coroutine_function_is_awaited_for_one_event_after_the_other(heard: Heard) -> None:
    running = 0

    async def listen(number: int) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0.002 if number % 2 else 0)
        heard.events.append(number)
        running -= 1

    listener = heard.listener(listen)
    for number in range(20):
        listener.call(number)
    assert heard.events == []
    await listener.settle(5)
    assert heard.events == list(range(20))
    assert (listener.task, heard.failures) == (None, [])


async def test_a_function_that_returns_something_to_await_is_called_at_once_and_that_is_awaited(
    heard: Heard,
) -> None:
    called: list[int] = []

    def begin(number: int) -> Awaitable[None] | int:
        called.append(number)
        return heard.listen(number) if number else 0

    listener = heard.listener(begin)
    for number in (1, 0, 2):
        listener.call(number)
    assert (called, heard.events) == ([1, 0, 2], [])
    await listener.settle(5)
    assert heard.events == [1, 2]


async def test_what_it_raises_is_told_and_the_next_event_comes(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(error: BaseException) -> None:
        raise error

    def fail_at_once(error: BaseException) -> None:
        raise error

    errors = [ValueError("one"), asyncio.CancelledError(), KeyError("two")]
    for callback in (fail, fail_at_once):
        listener = heard.listener(callback)
        for error in errors:
            listener.call(error)
        await listener.settle(5)
    assert heard.failures == errors * 2
    assert "fail_at_once of bot_response failed" in caplog.text


async def test_a_function_that_blocks_is_named(heard: Heard, caplog: pytest.LogCaptureFixture) -> None:
    def block(seconds: float) -> None:
        time.sleep(seconds)

    listener = heard.listener(block)
    with caplog.at_level(logging.WARNING):
        listener.call(0.0)
        assert caplog.text == ""
        listener.call(0.12)
    assert "block of bot_response blocked the event loop" in caplog.text


async def test_an_object_without_a_name_is_called_by_its_looks(heard: Heard) -> None:
    class Callable_:  # noqa: N801
        def __call__(self, event: object) -> None:
            heard.events.append(event)

        def __repr__(self) -> str:
            return "<my listener>"

    listener = heard.listener(Callable_())
    listener.call(1)
    assert (listener.name, heard.events) == ("<my listener>", [1])


# A listener that is behind


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FULL", 10)
    monkeypatch.setattr(module, "_ROOM", 3)
    monkeypatch.setattr(module, "_BEHIND", 2)


@pytest.mark.usefixtures("small")
async def test_it_says_when_too_much_waits_and_when_there_is_room_again(heard: Heard) -> None:
    heard.goes_on.clear()
    listener = heard.listener()
    for number in range(9):
        listener.call(number)
    await asyncio.sleep(0)
    assert heard.fullness == []
    for number in range(9, 15):
        listener.call(number)
    assert heard.fullness == [True]
    heard.goes_on.set()
    await listener.settle(5)
    assert heard.fullness == [True, False]
    assert heard.events == list(range(15))


@pytest.mark.usefixtures("small")
async def test_only_what_the_next_event_makes_worthless_is_left_out(heard: Heard) -> None:
    heard.goes_on.clear()
    listener = heard.listener()
    for event in (0, "a", "b", "c", "d", 1, 2, "e", "f", 3):
        listener.call(event)
    heard.goes_on.set()
    await listener.settle(5)
    assert heard.events == [0, "a", 1, 2, 3]


@pytest.mark.usefixtures("small")
async def test_a_listener_that_keeps_up_gets_everything(heard: Heard) -> None:
    listener = heard.listener()
    for event in "abcdefghij":
        listener.call(event)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await listener.settle(5)
    assert "".join(map(str, heard.events)) == "abcdefghij"


async def test_without_a_judge_nothing_is_left_out_and_nobody_is_told(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FULL", 10)
    listener = Listener("bot_response", heard.listen, heard.failures.append)
    for number in range(50):
        listener.call(str(number))
    await listener.settle(5)
    assert heard.events == [str(number) for number in range(50)]


# Its end


async def test_what_never_ends_is_cancelled_and_what_waits_is_forgotten(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    heard.goes_on.clear()
    listener = heard.listener()
    awaited = heard.listener(partial(lambda listen, event: listen(event), heard.listen))
    for each in (listener, awaited):
        for number in range(5):
            each.call(number)
    await asyncio.gather(listener.settle(0.02), awaited.settle(0.02))
    assert (listener.task, awaited.task, heard.events, heard.failures) == (None, None, [], [])
    assert "was cancelled" in caplog.text
    heard.goes_on.set()
    listener.call("again")
    await listener.settle(1)
    assert heard.events == ["again"]


@pytest.mark.usefixtures("small")
async def test_a_full_listener_that_is_cancelled_is_full_no_more(heard: Heard) -> None:
    heard.goes_on.clear()
    listener = heard.listener()
    for number in range(20):
        listener.call(number)
    await asyncio.sleep(0)
    await listener.settle(0.01)
    assert heard.fullness == [True, False]


async def test_it_does_not_wait_for_itself(heard: Heard) -> None:
    async def settle(_event: object) -> None:
        await listener.settle(5)
        heard.events.append("settled")

    listener = heard.listener(settle)
    listener.call(1)
    await listener.settle(5)
    assert heard.events == ["settled"]
