from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.core.errors import BadInput
from app.core.settings.kinds import Names, Number, Offer, Switch
from app.core.settings.setting import Setting, declared_in, names, number, switch, whole_number


@dataclass(frozen=True, slots=True)
class Kettle:
    """Settings of a kettle."""

    is_on: bool = switch(False, label="On", description="Let it boil.")
    cups: int = whole_number(2, label="Cups", description="How many.", minimum=1, maximum=9, unit="cups")
    heat: float = number(0.5, label="Heat", description="How hot.", minimum=0, maximum=1)
    places: tuple[str, ...] = names(
        label="Places", description="Where it stands.", offer=Offer.SPEAKERS, empty="anywhere"
    )


def test_a_field_is_its_default_and_a_declaration() -> None:
    assert Kettle() == Kettle(is_on=False, cups=2, heat=0.5, places=())
    assert declared_in(Kettle, "kettle") == (
        Setting("kettle.is_on", "On", "Let it boil.", False, Switch()),
        Setting("kettle.cups", "Cups", "How many.", 2, Number(1, 9, "cups", is_whole=True)),
        Setting("kettle.heat", "Heat", "How hot.", 0.5, Number(0, 1)),
        Setting("kettle.places", "Places", "Where it stands.", (), Names(Offer.SPEAKERS, "anywhere")),
    )
    assert [setting.name for setting in declared_in(Kettle, "kettle")] == ["is_on", "cups", "heat", "places"]


def test_a_value_is_checked_read_and_shown_as_its_kind_says() -> None:
    _, cups, heat, places = declared_in(Kettle, "kettle")
    assert cups.parsed(" 3 cups ") == cups.checked(3) == 3
    assert heat.checked(1) == 1.0
    assert places.checked(["kitchen"]) == places.parsed("kitchen") == ("kitchen",)
    assert (cups.shown(3), places.shown(())) == ("3 cups", "anywhere")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (12, "kettle.cups takes a whole number from 1 to 9 cups, not 12."),
        ("two", 'kettle.cups takes a whole number from 1 to 9 cups, not "two".'),
        (None, "kettle.cups takes a whole number from 1 to 9 cups, not null."),
        ([1] * 99, f"kettle.cups takes a whole number from 1 to 9 cups, not [{'1, ' * 19}1…."),
        (object, "kettle.cups takes a whole number from 1 to 9 cups, not \"<class 'object'>\"."),
    ],
)
def test_a_wrong_value_is_a_sentence(value: object, sentence: str) -> None:
    cups = declared_in(Kettle, "kettle")[1]
    with pytest.raises(BadInput) as caught:
        cups.checked(value)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", ["12", "two"])
def test_a_wrong_text_is_a_sentence(text: str) -> None:
    cups = declared_in(Kettle, "kettle")[1]
    with pytest.raises(BadInput) as caught:
        cups.parsed(text)
    assert str(caught.value) == f"kettle.cups takes a whole number from 1 to 9 cups, not “{text}”."
