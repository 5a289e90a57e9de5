from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history.message import MessageState, from_ms, to_ms
from tests.history.samples import message


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(st.integers(min_value=0, max_value=4_000_000_000_000))
def test_a_moment_is_kept_to_the_millisecond(milliseconds: int) -> None:
    moment = from_ms(milliseconds)
    assert to_ms(moment) == milliseconds
    assert moment == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert from_ms(to_ms(there)) == there


def test_a_day_is_that_of_the_person(in_berlin: None) -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert message(1, created_at=from_ms(to_ms(late))).day == date(2026, 7, 1)


def test_what_was_not_heard_is_the_end() -> None:
    assert message(1, "abcdef", heard_chars=4).unheard == "ef"
    assert message(1, "abcdef", heard_chars=0).unheard == "abcdef"
    assert message(1, "abcdef").unheard == ""


def test_final_and_interrupted_words_change_no_more() -> None:
    settled = {state for state in MessageState if message(1, state=state).is_settled}
    assert settled == {MessageState.FINAL, MessageState.INTERRUPTED}
