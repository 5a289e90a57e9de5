from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from app.history.history_error import HistoryError, explained, is_damage

FILE = Path("/somewhere/local.sqlite3")


def error(code: int) -> sqlite3.OperationalError:
    raised = sqlite3.OperationalError("unable")
    raised.sqlite_errorcode = code
    return raised


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            sqlite3.SQLITE_FULL,
            r"^The disk is full, so the history in .*local\.sqlite3 is not written\. Make room",
        ),
        (sqlite3.SQLITE_BUSY, r"^Another program holds the history in .*\. Close it, or try again"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, r"^Another program holds the history"),
        (sqlite3.SQLITE_CORRUPT, r"^The history in .* is damaged\. Close all windows of Heron"),
        (sqlite3.SQLITE_READONLY, r"^The history in .* cannot be used \(unable\)\. Check the permissions"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence_with_the_next_step(code: int, sentence: str) -> None:
    with pytest.raises(HistoryError, match=sentence):
        raise explained(error(code), FILE)


def test_what_the_system_says_becomes_one_too() -> None:
    problem = explained(PermissionError(errno.EACCES, "Permission denied"), FILE)
    assert str(problem).startswith(f"The history in {FILE} cannot be used (Permission denied). Check")


def test_only_broken_content_is_damage() -> None:
    assert is_damage(error(sqlite3.SQLITE_CORRUPT))
    assert is_damage(error(sqlite3.SQLITE_CORRUPT | 1 << 8))
    assert is_damage(error(sqlite3.SQLITE_NOTADB))
    assert not is_damage(error(sqlite3.SQLITE_FULL))
    assert not is_damage(sqlite3.DatabaseError("without a code"))
