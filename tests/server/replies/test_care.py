from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.server.replies.care import Care
from app.server.replies.replier import Prompt
from app.server.replies.words import words_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def answer(text: str) -> str | None:
    return Care().answer(Prompt(text, "anna", "default", NOW), words_of(text))


@pytest.mark.parametrize("text", ["I want to kill myself.", "i wish to die", "i am thinking of suicide"])
def test_someone_in_danger_is_told_where_help_is(text: str) -> None:
    said = answer(text)
    assert said is not None
    assert "emergency number" in said


@pytest.mark.parametrize("text", ["kill the timer", "how do i end my subscription", "i am dying to know"])
def test_everything_else_is_left_to_the_others(text: str) -> None:
    assert answer(text) is None
