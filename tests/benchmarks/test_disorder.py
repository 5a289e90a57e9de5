from __future__ import annotations

import pytest

from benchmarks.disorder import disorder


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ([0, 2, 4, 6], 0),
        ([0, 2, 6], 1),
        ([], 4),
        ([0, 2, 2, 4, 6], 1),
        ([0, 2, 4, 5, 6], 1),
        ([0, 4, 2, 6], 1),
        ([6, 0, 2, 4], 3),
        ([0, 6, 2], 2),
    ],
    ids=["in order", "one lost", "all lost", "one twice", "one from nowhere", "two swapped", "late", "both"],
)
def test_disorder_is_what_was_lost_repeated_invented_or_late(received: list[int], expected: int) -> None:
    assert disorder([0, 2, 4, 6], received) == expected
