"""The clock around a link: what it sends when, and when it calls a connection dead. All times are short."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import cast

import pytest
import pytest_asyncio

from app.estuary import heartbeat, pulse
from app.estuary.heartbeat import Heartbeat
from app.estuary.wire import Wire
from app.protocol.client_messages import Authenticate
from app.protocol.connection import ClientConnection

pytestmark = pytest.mark.asyncio

PING_S, PONG_S = 0.2, 0.2
"""Rhythm of the server: the first ping after 0.2 s, and as long to answer it."""

MARGIN_S = 0.05
"""A quarter of `PONG_S`."""


class Line:
    """The end of a wire: it notes when something was sent, and answers pings as it is told."""

    def __init__(self, greeting: str) -> None:
        self.pongs: list[float] = []
        self.pings: list[float] = []
        self.deaths: list[tuple[str, float]] = []
        self.answered = 0
        self.answers = False
        self.protocol = ClientConnection(Authenticate())
        self.heart = Heartbeat(self.protocol, on_dead=self._died, on_answer=self._answer_came)
        self._news = asyncio.Event()
        self.read(greeting)
        self.began = now()

    def read(self, frame: str) -> None:
        """Take a frame as a link does."""
        self.protocol.receive(frame)
        for answer in self.protocol.frames_to_send():
            if answer.startswith("3"):
                self.put(answer)
        self.heart.heard()

    def start(self) -> None:
        self.heart.start(cast("Wire", self))

    def put(self, text: str) -> None:
        assert text.startswith("3")
        self.pongs.append(now())
        self._news.set()

    def ping(self, token: bytes) -> None:
        self.pings.append(now())
        self._news.set()
        if self.answers:
            asyncio.get_running_loop().call_soon(self.heart.answered, token)

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    def _died(self, reason: str) -> None:
        self.deaths.append((reason, now()))
        self._news.set()

    def _answer_came(self) -> None:
        self.answered += 1


def now() -> float:
    return asyncio.get_running_loop().time()


def greeting(ping_s: float = PING_S, pong_s: float = PONG_S) -> str:
    return f'0{{"sid":"x","pingInterval":{ping_s * 1_000:g},"pingTimeout":{pong_s * 1_000:g}}}'


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "IDLE_S", 0.1)
    monkeypatch.setattr(pulse, "BUSY_S", 0.02)
    monkeypatch.setattr(pulse, "DEAD_S", 0.2)
    monkeypatch.setattr(pulse, "STALL_S", 0.05)
    monkeypatch.setattr(heartbeat, "_FIRST_PING_S", 0.01)
    monkeypatch.setattr(heartbeat, "_LATE_LOOP_S", 0.02)


@pytest_asyncio.fixture
async def line() -> AsyncIterator[Line]:
    """Return a line whose server pings rarely."""
    made = Line(greeting(25, 20))
    yield made
    made.heart.stop()


@pytest_asyncio.fixture
async def lively() -> AsyncIterator[Line]:
    """Return a line whose server pings often, and that answers no ping of ours."""
    made = Line(greeting())
    yield made
    made.heart.stop()


# Pings


async def test_a_quiet_connection_is_pinged_now_and_then(line: Line) -> None:
    line.answers = True
    line.start()
    await line.until(lambda: len(line.pings) >= 4)
    gaps = [after - before for before, after in zip(line.pings, line.pings[1:], strict=False)]
    assert min(gaps) > 0.09
    assert line.answered >= 3
    assert line.deaths == []
    assert 0.0 < line.heart.round_trip_s < 0.1


async def test_while_audio_is_sent_it_is_pinged_more_often(line: Line) -> None:
    line.answers = True
    line.start()
    await line.until(lambda: line.pings)
    for _ in range(10):
        line.heart.beat()
        await asyncio.sleep(0.01)
    assert 3 <= len(line.pings) <= 7


async def test_before_it_begins_and_after_it_ends_nothing_is_sent(line: Line) -> None:
    line.heart.stop()
    line.heart.beat()
    line.heart.rest()
    line.heart.wake()
    line.start()
    line.heart.stop()
    line.heart.beat()
    await asyncio.sleep(0.15)
    assert (line.pings, line.pongs, line.deaths) == ([], [], [])


async def test_what_is_sent_would_only_wait_while_a_ping_is_not_answered(line: Line) -> None:
    line.answers = True
    line.start()
    await line.until(lambda: line.pings)
    await asyncio.sleep(0)
    line.answers = False
    await line.until(lambda: len(line.pings) >= 2)
    assert not line.heart.is_stalled()
    await asyncio.sleep(0.06)
    assert line.heart.is_stalled()
    line.heart.heard()
    assert not line.heart.is_stalled()


# Death


async def test_a_server_that_answers_pings_no_more_is_dead(line: Line) -> None:
    line.answers = True
    line.start()
    await line.until(lambda: line.pings)
    await asyncio.sleep(0)
    line.answers = False
    silent_since = line.pings[-1]
    await line.until(lambda: line.deaths)
    ((reason, at),) = line.deaths
    assert reason == "the server fell silent"
    assert 0.28 < at - silent_since < 0.6


async def test_a_server_that_never_answers_pings_is_dead_when_its_own_is_overdue(lively: Line) -> None:
    lively.start()
    await asyncio.sleep(0.3)
    lively.read("2")
    heard_at = now()
    await lively.until(lambda: lively.deaths)
    assert 0.39 < lively.deaths[0][1] - heard_at < 0.7
    assert len(lively.deaths) == 1


async def test_a_server_that_names_no_times_and_answers_no_ping_is_never_dead() -> None:
    line = Line(greeting(0, 0))
    line.start()
    await asyncio.sleep(0.6)
    assert line.deaths == []
    assert len(line.pings) > 3
    line.heart.stop()


async def test_frames_that_lay_unread_while_the_loop_was_blocked_keep_it_alive(lively: Line) -> None:
    lively.start()
    await asyncio.sleep(0)
    time.sleep(0.6)  # noqa: ASYNC251 - a listener that blocks
    await asyncio.sleep(0.001)
    lively.read('42/sdk,["voice_started",{}]')
    await asyncio.sleep(0.1)
    assert lively.deaths == []


# While reading rests


async def test_pings_are_answered_unread_when_they_must_have_come(lively: Line) -> None:
    lively.start()
    lively.heart.rest()
    lively.heart.rest()
    await lively.until(lambda: len(lively.pongs) >= 3)
    due = lively.began
    for at in lively.pongs:
        due += PING_S + MARGIN_S
        assert due - 0.001 <= at < due + 0.1
        due = at
    assert lively.deaths == []
    lively.heart.wake()
    for _ in range(3):
        lively.read("2")
    assert len(lively.pongs) == 3
    lively.read("2")
    assert len(lively.pongs) == 4


async def test_the_next_ping_is_counted_from_the_last_pong_not_from_what_came_since(lively: Line) -> None:
    lively.start()
    for _ in range(6):
        await asyncio.sleep(0.03)
        lively.read('42/sdk,["voice_started",{}]')
    lively.heart.rest()
    await lively.until(lambda: lively.pongs)
    assert lively.pongs[0] - lively.began < PING_S + PONG_S - 0.05


async def test_a_ping_that_was_read_after_all_is_not_answered_twice(lively: Line) -> None:
    lively.start()
    lively.heart.rest()
    await asyncio.sleep(0.1)
    lively.read("2")  # it lay behind the frame at which reading stopped
    read_at = now()
    await lively.until(lambda: len(lively.pongs) >= 2)
    assert lively.pongs[1] - read_at > PING_S


async def test_a_server_that_names_no_interval_gets_no_pong_unasked_and_is_not_called_dead() -> None:
    line = Line(greeting(0, 0.2))
    line.answers = True
    line.start()
    line.heart.rest()
    await asyncio.sleep(0.5)
    assert (line.pongs, line.deaths) == ([], [])
    line.heart.wake()
    await line.until(lambda: line.deaths)
    line.heart.stop()


async def test_once_awake_it_goes_by_what_is_read_again(line: Line) -> None:
    line.answers = True
    line.start()
    await line.until(lambda: line.pings)
    line.heart.rest()
    await asyncio.sleep(0.5)
    assert len(line.pings) > 1, "writing finds out that the server is gone"
    assert line.deaths == []
    assert not line.heart.is_stalled()
    pings = len(line.pings)
    line.heart.wake()
    assert len(line.pings) == pings + 1
    await asyncio.sleep(0)
    line.answers = False
    await line.until(lambda: line.deaths)
    line.heart.stop()
