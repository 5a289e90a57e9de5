from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary.reconnect import Backoff
from app.estuary.rest.answer import Answer
from app.estuary.rest.no_answer import NoAnswer
from app.estuary.rest.request import Request
from app.estuary.rest.retry import Retry, seconds_of

GET = Request("GET", "/x")
POST = Request("POST", "/x")
RETRY = Retry(Backoff(base_s=1.0, cap_s=10.0, attempts=3))
LOST = NoAnswer("lost", is_passing=True)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("outcome", [Answer(500), Answer(502), Answer(503), Answer(504), LOST])
def test_what_passes_is_tried_three_times_more(method: str, outcome: Answer | NoAnswer) -> None:
    delays = [RETRY.delay(Request(method, "/x"), outcome, attempt, 1.0) for attempt in (1, 2, 3, 4)]
    assert delays == [1.0, 2.0, 4.0, None]


@pytest.mark.parametrize("outcome", [Answer(503), LOST])
def test_what_does_harm_twice_is_not_tried_twice(outcome: Answer | NoAnswer) -> None:
    assert RETRY.delay(POST, outcome, 1, 0.5) is None


@pytest.mark.parametrize("outcome", [Answer(status) for status in (301, 400, 401, 404, 429, 501, 505)])
def test_what_does_not_pass_is_not_tried_again(outcome: Answer) -> None:
    assert RETRY.delay(GET, outcome, 1, 0.5) is None


def test_a_lasting_failure_is_not_tried_again() -> None:
    assert RETRY.delay(GET, NoAnswer("no TLS", is_passing=False), 1, 0.5) is None


@pytest.mark.parametrize(
    ("retry_after", "delay"), [("3", 3.0), ("0", 0.5), ("3600", 10.0), ("nonsense", 0.5)]
)
def test_the_server_may_ask_for_a_longer_wait_up_to_the_cap(retry_after: str, delay: float) -> None:
    assert RETRY.delay(GET, Answer(503, retry_after=retry_after), 1, 0.5) == delay


@given(attempt=st.integers(1, 3), fraction=st.floats(0, 1))
def test_by_default_no_wait_is_longer_than_the_cap(attempt: int, fraction: float) -> None:
    delay = Retry().delay(GET, Answer(503, retry_after="99999"), attempt, fraction)
    assert delay == Retry().backoff.cap_s


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("1.5", 0.0),
        ("120", 120.0),
        ("9" * 400, float("inf")),
        ("Thu, 01 Jan 1970 00:16:50 GMT", 10.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 99 Foo 1970", 0.0),
    ],
)
def test_a_retry_after_header_is_seconds_or_a_date(header: str | None, seconds: float) -> None:
    assert seconds_of(header, now=1000.0) == seconds


@given(st.text())
def test_no_retry_after_header_breaks_it(header: str) -> None:
    assert seconds_of(header) >= 0
