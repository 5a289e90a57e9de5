from __future__ import annotations

import logging

import pytest

from app.core.audio_format import DEFAULT_RATE
from app.core.settings.advanced import Advanced


def test_its_words_are_numbers_to_the_program() -> None:
    assert Advanced().rate == DEFAULT_RATE
    assert Advanced(sample_rate="48000").rate == 48_000
    assert Advanced().level == logging.INFO


@pytest.mark.parametrize("setting", Advanced.settings(), ids=lambda setting: setting.name)
def test_each_option_has_a_meaning(setting: object) -> None:
    for option, _ in Advanced.settings()[0].kind.options:  # type: ignore[union-attr]
        assert 8_000 <= Advanced(sample_rate=option).rate <= 48_000
    levels = [Advanced(log_level=option).level for option, _ in Advanced.settings()[1].kind.options]  # type: ignore[union-attr]
    assert levels == sorted(levels, reverse=True)
