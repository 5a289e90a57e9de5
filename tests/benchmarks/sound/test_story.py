from __future__ import annotations

import random

from benchmarks.sound.story import LONGEST, story


def test_a_story_is_as_long_as_was_asked_for_and_fits_into_a_line() -> None:
    assert 150 < len(story(random.Random(1), 15)) < 400
    assert LONGEST - 300 < len(story(random.Random(1), 3_600)) <= LONGEST


def test_each_seed_tells_another() -> None:
    assert story(random.Random(1), 10) == story(random.Random(1), 10)
    assert story(random.Random(1), 10) != story(random.Random(2), 10)
