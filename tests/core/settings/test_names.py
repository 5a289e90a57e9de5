from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.settings.names import join_names, split_names

# What a device may be called: printable, with no space around it.
NAMES = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1).map(
    str.strip
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" , ,", ()),
        ("USB", ("USB",)),
        ("USB Headset, Built-in Audio ", ("USB Headset", "Built-in Audio")),
        ("HDA Intel: ALC257 Analog (hw:0,0), USB", ("HDA Intel: ALC257 Analog (hw:0,0)", "USB")),
        ('"Left, and right", USB', ("Left, and right", "USB")),
        ('"Say ""cheese"", now"', ('Say "cheese", now',)),
        ('22" Monitor, 24" Monitor', ('22" Monitor', '24" Monitor')),
        ('"Good" one, USB', ('"Good" one', "USB")),
        ("Half (open, USB", ("Half (open", "USB")),
        ('""', ()),
    ],
)
def test_names_are_separated_by_commas(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_a_name_is_put_in_quotes_where_it_must_be() -> None:
    assert join_names(["USB Headset", "Analog (hw:0,0)"]) == "USB Headset, Analog (hw:0,0)"
    assert join_names(["Left, and right", 'The 22" one']) == '"Left, and right", The 22" one'


@given(st.lists(NAMES.filter(bool)))
def test_what_is_joined_is_split_again(names: list[str]) -> None:
    assert split_names(join_names(names)) == tuple(names)
