"""What X11 and Wayland call the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desktop.hotkeys.key_names import LONE_MODIFIERS, NAMED_KEYS, key_named
from app.desktop.hotkeys.keysyms import keysym_name, keysyms_of, name_of_keysym


@pytest.mark.parametrize("name", [*NAMED_KEYS, *LONE_MODIFIERS])
def test_every_key_is_found_by_each_of_its_keysyms(name: str) -> None:
    assert keysyms_of(name)
    assert {name_of_keysym(number) for number in keysyms_of(name)} == {name}
    assert keysym_name(name)


@given(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"]).map(key_named).filter(lambda name: name is not None)
)
def test_letters_are_found_by_their_keysym(name: str) -> None:
    (number,) = keysyms_of(name)
    found = name_of_keysym(number)
    assert found is not None
    assert found.lower() == name.lower() or found == name.lower()


@pytest.mark.parametrize(
    ("name", "number", "word"),
    [
        ("A", 0x61, "a"),
        ("7", 0x37, "7"),
        ("Ö", 0xF6, "U00F6"),
        ("Ж", 0x01000436, "U0436"),
        ("F1", 0xFFBE, "F1"),
        ("F24", 0xFFD5, "F24"),
        ("Page Up", 0xFF55, "Prior"),
        ("Right Ctrl", 0xFFE4, "Control_R"),
        ("Keypad 7", 0xFFB7, "KP_7"),
    ],
)
def test_some_by_name(name: str, number: int, word: str) -> None:
    assert keysyms_of(name)[0] == number
    assert keysym_name(name) == word


def test_a_key_without_a_name_has_none() -> None:
    assert keysyms_of("Key 94") == ()
    assert keysym_name("Key 94") is None
    assert name_of_keysym(0) is None
    assert name_of_keysym(0x1008FF02) is None  # brightness
