"""What can be sent to us after an error that nobody foresaw."""

from __future__ import annotations

from pathlib import Path

from app import __version__
from app.conversation.error_report import LONGEST_MESSAGE, MOST_FRAMES, error_report


def _caught(depth: int, message: str) -> Exception:
    def fall(left: int) -> None:
        secret = "est_secret_in_a_variable"
        if left:
            fall(left - 1)
        raise KeyError(f"{message} {secret[:0]}")

    try:
        try:
            fall(depth)
        except Exception as first:
            raise RuntimeError("the second") from first
    except RuntimeError as error:
        return error
    raise AssertionError


def test_it_says_where_and_how_and_nothing_secret() -> None:
    report = error_report(_caught(1, "api_key=abc"))
    assert f"Heron: {__version__}" in report
    assert "builtins.RuntimeError: the second" in report
    assert "tests/conversation/test_error_report.py:" in report
    assert "in fall" in report
    for hidden in ("abc", "est_secret", str(Path(__file__).parents[2])):
        assert hidden not in report


def test_it_is_not_endless() -> None:
    report = error_report(_caught(10 * MOST_FRAMES, "word " * LONGEST_MESSAGE))
    assert report.count(" in fall") <= MOST_FRAMES
    assert max(map(len, report.splitlines())) < LONGEST_MESSAGE + 100


def test_an_error_that_is_its_own_cause_is_told_once() -> None:
    error = ValueError("again")
    other = TypeError("and again")
    error.__context__, other.__context__ = other, error
    assert error_report(error).count("again") == 2
