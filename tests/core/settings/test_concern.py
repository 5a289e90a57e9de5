from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from app.core.errors import BadInput
from app.core.settings.concern import Concern
from app.core.settings.setting import switch, whole_number


@dataclass(frozen=True, slots=True)
class Kettle(Concern):
    """Settings of a kettle."""

    NAME: ClassVar = "kettle"
    LABEL: ClassVar = "Kettle"

    is_on: bool = switch(False, label="On", description="Let it boil.")
    cups: int = whole_number(2, label="Cups", description="How many.", minimum=1, maximum=9)


def test_it_lists_its_settings() -> None:
    assert [(setting.key, setting.default) for setting in Kettle.settings()] == [
        ("kettle.is_on", False),
        ("kettle.cups", 2),
    ]


def test_it_cannot_be_made_with_a_wrong_value() -> None:
    assert Kettle(cups=9).cups == 9
    with pytest.raises(BadInput, match=r"^kettle.cups takes a whole number from 1 to 9, not 10\.$"):
        Kettle(cups=10)
