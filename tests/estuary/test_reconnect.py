from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.network_watch import NetworkWatch
from app.estuary.reconnect import Backoff, Reconnector

FAILURE = EstuaryError("down", ErrorCode.CONNECTION_FAILED)
REFUSAL = EstuaryError("go away", ErrorCode.AUTH_FAILED, is_terminal=True)


@given(attempt=st.integers(1, 10_000), fraction=st.floats(0, 1))
def test_a_wait_is_never_longer_than_its_share_of_the_cap(attempt: int, fraction: float) -> None:
    delay = Backoff(base_s=1, cap_s=30).delay(attempt, fraction)
    assert 0 <= delay <= 30 * fraction
    assert delay <= 2.0 ** min(attempt - 1, 64)


def test_the_longest_wait_doubles_up_to_the_cap() -> None:
    backoff = Backoff(base_s=0.5, cap_s=5)
    assert [backoff.delay(number, 1.0) for number in range(1, 7)] == [0.5, 1, 2, 4, 5, 5]
    assert backoff.delay(3, 0.25) == 0.5


class Attempts:
    """What a reconnector does, and what comes of it."""

    def __init__(self, *outcomes: Exception | None, attempts: int = 3) -> None:
        self.outcomes = list[Exception | None](outcomes)
        self.numbers: list[int] = []
        self.given_up: list[EstuaryError] = []
        self.over = asyncio.Event()
        self.reconnector = Reconnector(
            Backoff(attempts=attempts),
            on_attempt=self._begin,
            attempt=self._attempt,
            on_given_up=self._give_up,
        )

    def _begin(self, number: int) -> None:
        self.numbers.append(number)
        self.reconnector.hurry()

    async def _attempt(self) -> None:
        outcome = self.outcomes.pop(0)
        if outcome is not None:
            raise outcome
        self.over.set()

    def _give_up(self, error: EstuaryError) -> None:
        self.given_up.append(error)
        self.over.set()

    async def run(self) -> None:
        self.reconnector.start()
        self.reconnector.start()
        await asyncio.wait_for(self.over.wait(), 2)
        await asyncio.sleep(0)


@pytest.mark.asyncio
async def test_it_tries_until_it_succeeds() -> None:
    attempts = Attempts(FAILURE, FAILURE, None)
    await attempts.run()
    assert (attempts.numbers, attempts.given_up) == ([1, 2, 3], [])
    assert not attempts.reconnector.is_running


@pytest.mark.asyncio
async def test_it_gives_up_after_the_last_attempt() -> None:
    attempts = Attempts(FAILURE, FAILURE, FAILURE, None)
    await attempts.run()
    assert (attempts.numbers, attempts.given_up) == ([1, 2, 3], [FAILURE])
    assert not attempts.reconnector.is_running


@pytest.mark.asyncio
async def test_a_mistake_is_an_attempt_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    attempts = Attempts(KeyError("oops"), None)
    await attempts.run()
    assert (attempts.numbers, attempts.given_up) == ([1, 2], [])
    assert "an attempt to reconnect failed" in caplog.text
    attempts = Attempts(KeyError("oops"), attempts=1)
    await attempts.run()
    assert [error.code for error in attempts.given_up] == [ErrorCode.CONNECTION_FAILED]


@pytest.mark.asyncio
async def test_it_ends_at_a_refusal() -> None:
    attempts = Attempts(FAILURE, REFUSAL, None)
    await attempts.run()
    assert (attempts.numbers, attempts.given_up) == ([1, 2], [REFUSAL])


@pytest.mark.asyncio
async def test_it_counts_anew_when_it_is_started_again() -> None:
    attempts = Attempts(FAILURE, None, None)
    await attempts.run()
    attempts.over.clear()
    await attempts.run()
    assert attempts.numbers == [1, 2, 1]


@pytest.mark.asyncio
async def test_where_no_attempt_is_allowed_it_gives_up_at_once() -> None:
    attempts = Attempts(None, attempts=0)
    await attempts.run()
    assert [error.code for error in attempts.given_up] == [ErrorCode.CONNECTION_FAILED]
    assert (attempts.numbers, len(attempts.outcomes)) == ([], 1)


@pytest.mark.asyncio
async def test_what_is_lost_again_just_after_an_attempt_succeeded_is_restored_again() -> None:
    attempts = Attempts(None, None)
    attempts.reconnector.start()
    await asyncio.wait_for(attempts.over.wait(), 2)
    attempts.over.clear()
    attempts.reconnector.start()  # in the very next moment
    await asyncio.wait_for(attempts.over.wait(), 2)
    assert (attempts.numbers, attempts.outcomes) == ([1, 1], [])
    await attempts.reconnector.stop()


@pytest.mark.asyncio
async def test_an_attempt_that_does_not_care_to_be_cancelled_is_not_the_next_ones_success() -> None:
    trying, goes_on = asyncio.Event(), asyncio.Event()
    outcomes: list[EstuaryError] = []

    async def attempt() -> None:
        trying.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await goes_on.wait()

    reconnector = Reconnector(
        Backoff(base_s=0), on_attempt=lambda _: None, attempt=attempt, on_given_up=outcomes.append
    )
    reconnector.start()
    await trying.wait()
    stopping = asyncio.create_task(reconnector.stop())
    await asyncio.sleep(0)
    reconnector.start()
    goes_on.set()
    await stopping
    assert reconnector.is_running
    await reconnector.stop()
    assert outcomes == []


@pytest.mark.asyncio
async def test_an_attempt_may_cancel_it() -> None:
    attempted = asyncio.Event()

    async def attempt() -> None:
        reconnector.cancel()
        attempted.set()

    reconnector = Reconnector(
        Backoff(base_s=0),
        on_attempt=lambda _: reconnector.hurry(),
        attempt=attempt,
        on_given_up=lambda _: None,
    )
    reconnector.start()
    await attempted.wait()
    await reconnector.stop()
    assert not reconnector.is_running


class Looks:
    """A network that goes and comes as the test says."""

    def __init__(self) -> None:
        self.way: tuple[str | None, ...] = (None,)

    def look(self) -> tuple[str | None, ...]:
        return self.way


@pytest.mark.asyncio
@pytest.mark.parametrize("way", ["hurry", "network"])
async def test_it_tries_at_once_when_there_is_reason_to(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)
    waits: asyncio.Queue[int] = asyncio.Queue()
    tried: asyncio.Queue[None] = asyncio.Queue()
    looks = Looks()

    async def attempt() -> None:
        tried.put_nowait(None)
        raise FAILURE

    reconnector = Reconnector(
        Backoff(base_s=1_000, cap_s=1_000),
        on_attempt=waits.put_nowait,
        attempt=attempt,
        on_given_up=lambda _: None,
        watch=NetworkWatch(looks.look, every_s=0.005),
    )
    reconnector.hurry()  # before it runs this means nothing
    reconnector.start()
    async with asyncio.timeout(2):
        for number in (1, 2):
            assert await waits.get() == number
            await asyncio.sleep(0.02)
            assert tried.empty()
            if way == "hurry":
                reconnector.hurry()
            else:
                looks.way = (f"192.0.2.{number}",)
            await tried.get()
    await reconnector.stop()


@pytest.mark.asyncio
async def test_news_that_come_during_an_attempt_make_the_next_one_follow_at_once() -> None:
    failing, tried = asyncio.Event(), asyncio.Event()
    count = 0

    async def attempt() -> None:
        nonlocal count
        count += 1
        if count == 1:
            reconnector.hurry()
            failing.set()
            raise FAILURE
        tried.set()

    delays = iter([0.0, 1.0])
    backoff = Backoff(base_s=1_000, cap_s=1_000)
    reconnector = Reconnector(backoff, on_attempt=print, attempt=attempt, on_given_up=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("random.random", lambda: next(delays))
        reconnector.start()
        await asyncio.wait_for(tried.wait(), 2)
    await reconnector.stop()
    assert failing.is_set()


@pytest.mark.asyncio
@pytest.mark.parametrize("way", ["cancel", "stop"])
async def test_once_stopped_it_tries_nothing_and_tells_nothing(way: str) -> None:
    attempts = Attempts(None)
    attempts.reconnector.start()
    if way == "cancel":
        attempts.reconnector.cancel()
    await attempts.reconnector.stop()
    assert not attempts.reconnector.is_running
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert (attempts.outcomes, attempts.given_up) == ([None], [])


@pytest.mark.asyncio
async def test_stopping_ends_the_attempt_that_is_being_made() -> None:
    trying, ended = asyncio.Event(), asyncio.Event()

    async def attempt() -> None:
        trying.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    reconnector = Reconnector(
        Backoff(base_s=0), on_attempt=lambda _: None, attempt=attempt, on_given_up=lambda _: None
    )
    reconnector.start()
    await trying.wait()
    await reconnector.stop()
    assert ended.is_set()
    await reconnector.stop()
