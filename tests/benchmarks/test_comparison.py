from __future__ import annotations

from collections import Counter

import pytest

from app.core.errors import UserError
from benchmarks.comparison import Comparison, percentile, turns

NAMES = ("a", "b", "c")


def test_everyone_takes_part_in_every_round() -> None:
    assert all(sorted(turns(NAMES, number)) == sorted(NAMES) for number in range(7))


def test_two_rounds_in_a_row_run_in_opposite_directions() -> None:
    assert turns(NAMES, 0) == ["a", "b", "c"]
    assert turns(NAMES, 1) == ["a", "c", "b"]


def test_over_six_rounds_everyone_has_every_place_equally_often() -> None:
    places = Counter(place for number in range(6) for place in enumerate(turns(NAMES, number)))
    assert set(places.values()) == {2}


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (100, 100), (0, 1)])
def test_a_percentile_is_one_of_the_values(percent: float, expected: float) -> None:
    assert percentile(range(100, 0, -1), percent) == expected


def test_a_percentile_of_few_values_is_the_largest() -> None:
    assert percentile([3.0, 1.0], 99) == 3.0


def test_the_ratio_compares_within_rounds() -> None:
    comparison = Comparison()
    for ours, theirs in ((1.0, 2.0), (30.0, 40.0), (5.0, 5.0)):  # the machine was slow in the second round
        comparison.add("ours", {"ms": ours})
        comparison.add("theirs", {"ms": theirs})
    assert comparison.ratio("ms", "ours", "theirs") == 0.75
    assert comparison.median("ms", "ours") == 5.0


def test_a_figure_that_is_lost_in_the_noise_is_not_divided_by() -> None:
    comparison = Comparison()
    comparison.add("ours", {"cpu": 1.0})
    comparison.add("theirs", {"cpu": -0.1})
    with pytest.raises(UserError, match="cpu of theirs is lost in the noise"):
        comparison.ratio("cpu", "ours", "theirs")
