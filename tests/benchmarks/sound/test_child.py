from __future__ import annotations

import pytest

from app.core.errors import UserError
from benchmarks.sound.child import Child

ECHO = "tests.benchmarks.sound.echoing"


def test_events_are_waited_for_and_kept() -> None:
    with Child(ECHO) as child:
        child.tell(a=1)
        child.tell(b=2)
        assert child.expect("b", 10) == {"b": 2}
        assert child.events == [{"a": 1}, {"b": 2}]
        child.tell(c=3)
        assert child.wait(lambda event: "d" in event, 0.2) is None
    assert not child.is_running
    assert child.events[-1] == {"c": 3}


def test_what_does_not_come_is_told() -> None:
    with Child(ECHO) as child, pytest.raises(UserError, match="did not say “a”"):
        child.expect("a", 0.1)


def test_a_process_that_ends_is_told() -> None:
    with Child(ECHO) as child:
        child.tell(end=True)
        with pytest.raises(UserError, match="echoing has ended"):
            child.expect("never", 10)
