from __future__ import annotations

import asyncio
import functools
import logging
import time

import pytest

from app.estuary import listener as listener_module
from app.estuary.emitter import Emitter
from app.estuary.errors import EstuaryError
from app.estuary.events import EventName, SttResponse

pytestmark = pytest.mark.asyncio

HEARD = EventName.BOT_RESPONSE
ERROR = EventName.ERROR


async def test_each_listener_gets_its_events_in_order_and_is_awaited() -> None:
    emitter, slow, quick, running = Emitter(), list[int](), list[int](), 0

    async def listen_slowly(number: int) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0.002 if number % 2 else 0)
        slow.append(number)
        running -= 1

    async def listen(number: int) -> None:
        quick.append(number)

    emitter.on("bot_response", listen_slowly)
    emitter.on("bot_response", listen)
    for number in range(40):
        emitter.emit(HEARD, number)
    await asyncio.sleep(0.01)
    assert quick == list(range(40))
    assert len(slow) < 40
    await emitter.settle(5)
    assert slow == list(range(40))


async def test_a_plain_listener_is_called_at_once() -> None:
    emitter, heard = Emitter(), list[str]()
    emitter.on("bot_response", heard.append)
    emitter.emit(HEARD, "now")
    assert heard == ["now"]


async def test_whatever_can_be_awaited_is_awaited() -> None:
    emitter, heard = Emitter(), list[str]()

    async def listen(prefix: str, word: str) -> None:
        heard.append(prefix + word)

    class Listener:
        async def __call__(self, word: str) -> None:
            heard.append("object " + word)

    emitter.on("bot_response", functools.partial(listen, "partial "))
    emitter.on("bot_response", lambda word: listen("lambda ", word))
    emitter.on("bot_response", Listener())
    emitter.emit(HEARD, "x")
    await emitter.settle(5)
    assert heard == ["partial x", "lambda x", "object x"]


async def test_once_is_once_per_event() -> None:
    emitter, heard = Emitter(), list[str]()
    emitter.on("bot_response", heard.append, once=True)
    emitter.on("interrupt", heard.append, once=True)
    for event in (HEARD, HEARD, EventName.INTERRUPT, EventName.INTERRUPT):
        emitter.emit(event, event.value)
    assert heard == ["bot_response", "interrupt"]


async def test_off_takes_back_what_was_registered_for_that_event() -> None:
    emitter, heard = Emitter(), list[str]()
    listen = heard.append
    emitter.on("bot_response", listen)
    emitter.on("bot_response", listen)
    emitter.on("interrupt", listen)
    emitter.off("bot_response", listen)
    emitter.off("bot_response", print)
    emitter.emit(HEARD, "gone")
    emitter.emit(EventName.INTERRUPT, "there")
    assert heard == ["there"]


async def test_a_listener_may_come_and_go_while_events_are_delivered() -> None:
    emitter, heard = Emitter(), list[str]()

    def first(word: str) -> None:
        emitter.off("bot_response", first)
        emitter.on("bot_response", heard.append)

    emitter.on("bot_response", first)
    emitter.emit(HEARD, "one")
    emitter.emit(HEARD, "two")
    assert heard == ["two"]


@pytest.mark.parametrize(("name", "hint"), [("bot_respons", "bot_response"), ("zzz", "bot_response")])
async def test_a_wrong_name_is_an_error_at_registration(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        Emitter().on(name, print)
    with pytest.raises(ValueError, match=hint):
        Emitter().off(name, print)


async def test_what_cannot_be_called_is_an_error_at_registration() -> None:
    with pytest.raises(TypeError, match="bot_response"):
        Emitter().on("bot_response", "print")  # type: ignore[arg-type]


async def test_a_listener_that_raises_is_reported_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    emitter, heard, errors = Emitter(), list[str](), list[EstuaryError]()

    async def fail_later(word: str) -> None:
        raise KeyError(word)

    async def fail_as_cancelled(word: str) -> None:
        raise asyncio.CancelledError

    def fail_at_once(word: str) -> None:
        raise asyncio.CancelledError

    for listener in (fail_at_once, fail_later, fail_as_cancelled, heard.append):
        emitter.on("bot_response", listener)
    emitter.on("error", errors.append)
    emitter.emit(HEARD, "a")
    emitter.emit(HEARD, "b")
    await emitter.settle(5)
    assert heard == ["a", "b"]
    assert len(errors) == 6
    assert {error.details["event"] for error in errors} == {"bot_response"}
    assert "fail_later" in caplog.text


async def test_an_error_listener_that_raises_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    emitter = Emitter()

    def fail(_error: object) -> None:
        raise ValueError("even here")

    emitter.on("error", fail)
    emitter.emit(ERROR, EstuaryError("first"))
    assert "even here" in caplog.text


async def test_a_listener_that_blocks_the_loop_is_named(caplog: pytest.LogCaptureFixture) -> None:
    emitter = Emitter()

    def block(_word: str) -> None:
        time.sleep(0.12)

    emitter.on("bot_response", block)
    with caplog.at_level(logging.WARNING):
        emitter.emit(HEARD, "x")
    assert "block of bot_response blocked" in caplog.text


async def test_settling_cancels_what_never_ends_and_forgets_the_rest() -> None:
    emitter, began = Emitter(), list[int]()

    async def hang(number: int) -> None:
        began.append(number)
        await asyncio.Event().wait()

    emitter.on("bot_response", hang, once=True)
    emitter.on("interrupt", hang)
    for event in (HEARD, EventName.INTERRUPT, EventName.INTERRUPT):
        emitter.emit(event, 1)
    await emitter.settle(0.05)
    assert began == [1, 1]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_settling_from_within_a_listener_returns() -> None:
    emitter, settled = Emitter(), asyncio.Event()

    async def settle(_word: str) -> None:
        await emitter.settle(5)
        settled.set()

    emitter.on("bot_response", settle)
    emitter.emit(HEARD, "x")
    await asyncio.wait_for(settled.wait(), 1)
    await emitter.settle(5)


async def test_off_leaves_the_others() -> None:
    emitter, heard = Emitter(), list[str]()
    gone: list[str] = []
    listen = gone.append
    emitter.on("bot_response", listen)
    emitter.on("bot_response", heard.append)
    emitter.off("bot_response", listen)
    emitter.emit(HEARD, "there")
    assert (heard, gone) == (["there"], [])


@pytest.mark.parametrize(("event", "left"), [("bot_response", ["interrupt"]), (None, [])])
async def test_all_listeners_may_be_taken_back_at_once(event: str | None, left: list[str]) -> None:
    emitter, heard = Emitter(), list[str]()
    for name in ("bot_response", "bot_response", "interrupt"):
        emitter.on(name, heard.append)
    emitter.off_all(event)
    for each in (HEARD, EventName.INTERRUPT):
        emitter.emit(each, each.value)
    assert heard == left
    with pytest.raises(ValueError, match="interrupt"):
        emitter.off_all("interupt")


async def test_it_says_when_any_listener_is_full_and_when_none_is_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener_module, "FULL", 3)
    monkeypatch.setattr(listener_module, "_ROOM", 1)
    fullness: list[bool] = []
    emitter = Emitter(fullness.append)
    gates = [asyncio.Event(), asyncio.Event()]

    async def first(_number: int) -> None:
        await gates[0].wait()

    async def second(_number: int) -> None:
        await gates[1].wait()

    emitter.on("bot_response", first)
    emitter.on("bot_response", second)
    for number in range(10):
        emitter.emit(HEARD, number)
    assert fullness == [True]
    gates[0].set()
    await asyncio.sleep(0.01)
    assert fullness == [True]
    gates[1].set()
    await emitter.settle(5)
    assert fullness == [True, False]


async def test_of_captions_only_the_newest_waits_for_a_listener_that_is_behind() -> None:
    emitter, heard, goes_on = Emitter(), list[SttResponse](), asyncio.Event()

    async def listen(words: SttResponse) -> None:
        await goes_on.wait()
        heard.append(words)

    emitter.on("stt_response", listen)
    said = [SttResponse(text=str(number), is_final=number % 50 == 49) for number in range(200)]
    for words in said:
        emitter.emit(EventName.STT_RESPONSE, words)
    goes_on.set()
    await emitter.settle(5)
    assert [words for words in heard if words.is_final] == [words for words in said if words.is_final]
    assert len(heard) < 20


async def test_without_anybody_to_tell_a_full_listener_just_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener_module, "FULL", 3)
    emitter, heard = Emitter(), list[int]()

    async def listen(number: int) -> None:
        heard.append(number)

    emitter.on("bot_response", listen)
    for number in range(10):
        emitter.emit(HEARD, number)
    await emitter.settle(5)
    assert heard == list(range(10))


async def test_what_a_listener_was_given_before_it_was_taken_back_stays_its_own() -> None:
    emitter, heard = Emitter(), list[int]()

    async def listen(number: int) -> None:
        await asyncio.sleep(0)
        heard.append(number)

    emitter.on("bot_response", listen)
    emitter.emit(HEARD, 1)
    emitter.off("bot_response", listen)
    emitter.emit(HEARD, 2)
    await emitter.settle(5)
    assert heard == [1]
