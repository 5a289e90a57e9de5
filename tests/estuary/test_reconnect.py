from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary.errors import ErrorCode, EstuaryError
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

    def __init__(self, *outcomes: EstuaryError | None) -> None:
        self.outcomes = list(outcomes)
        self.numbers: list[int] = []
        self.given_up: list[EstuaryError] = []
        self.over = asyncio.Event()
        self.reconnector = Reconnector(
            Backoff(base_s=0, attempts=3),
            on_attempt=self.numbers.append,
            attempt=self._attempt,
            on_given_up=self._give_up,
        )

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
