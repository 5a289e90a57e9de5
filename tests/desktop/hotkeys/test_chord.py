"""Chords as they are written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import BadInput
from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.key_names import EXTRA_BUTTONS, LONE_MODIFIERS, NAMED_KEYS, key_named

KEYS = st.one_of(
    st.sampled_from(NAMED_KEYS),
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"]).map(key_named).filter(lambda name: name is not None),
    st.integers(1, 255).map(lambda code: f"Key {code}"),
)
CHORDS = st.one_of(
    st.builds(Chord, KEYS, st.frozensets(st.sampled_from(Modifier))),
    st.sampled_from([*LONE_MODIFIERS, *EXTRA_BUTTONS]).map(Chord),
)


@given(CHORDS)
def test_what_is_written_is_read_as_the_same_chord(chord: Chord) -> None:
    assert Chord.parse(str(chord)) == chord


@given(CHORDS, st.randoms(use_true_random=False))
def test_neither_case_nor_spaces_nor_order_matter(chord: Chord, chance: object) -> None:
    *held, key = str(chord).split("+")
    sloppy = " + ".join([*reversed([each.upper() for each in held]), key.lower() if len(key) > 1 else key])
    assert Chord.parse(f"  {sloppy} ") == chord


@given(CHORDS, st.sampled_from(["linux", "win32", "darwin"]))
def test_what_is_said_on_a_platform_is_understood_on_all(chord: Chord, platform: str) -> None:
    assert Chord.parse(chord.spoken(platform)) == chord


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space"),
        ("shift+control+a", "Ctrl+Shift+A"),
        ("Cmd+Option+Esc", "Alt+Super+Escape"),
        ("win+.", "Super+Period"),
        ("AltGr", "Right Alt"),
        ("right control", "Right Ctrl"),
        ("Left Command", "Left Super"),
        ("mouse 8", "Mouse 8"),
        ("ctrl+ö", "Ctrl+Ö"),
        ("f13", "F13"),
        ("ctrl+page up", "Ctrl+Page Up"),
        ("Key 191", "Key 191"),
    ],
)
def test_people_write_in_many_ways(text: str, written: str) -> None:
    assert str(Chord.parse(text)) == written


@pytest.mark.parametrize(
    "text", ["", "+", "Ctrl+", "Ctrl", "Ctrl+Alt", "Hyper+A", "Ctrl+AB", "Mouse 1", "Key 0"]
)
def test_what_is_no_chord_is_named_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(BadInput, match=r"is no hotkey\. Write it as Ctrl\+Alt\+Space, Right Ctrl or Mouse 8"):
        Chord.parse(text)


def test_a_lone_modifier_and_a_button_hold_nothing_else() -> None:
    for key in ("Right Ctrl", "Mouse 8"):
        with pytest.raises(BadInput, match=f"^{key} works alone only"):
            Chord(key, frozenset({Modifier.ALT}))
    with pytest.raises(BadInput, match="no key called “space”"):
        Chord("space")


def test_each_platform_has_its_words() -> None:
    chord = Chord.parse("Ctrl+Alt+Super+Space")
    assert chord.spoken("linux") == "Ctrl+Alt+Super+Space"
    assert chord.spoken("win32") == "Ctrl+Alt+Win+Space"
    assert chord.spoken("darwin") == "Ctrl+Option+Cmd+Space"
    assert Chord("Right Alt").spoken("darwin") == "Right Option"


@pytest.mark.parametrize(
    ("text", "is_fit"),
    [
        ("A", False),
        ("Shift+A", False),
        ("Space", False),
        ("Shift+Space", False),
        ("Escape", False),
        ("Keypad 5", False),
        ("Ctrl+A", True),
        ("F9", True),
        ("Pause", True),
        ("Right Ctrl", True),
        ("Mouse 9", True),
        ("Play", True),
        ("Key 191", True),
    ],
)
def test_a_key_that_every_program_needs_is_refused_in_words(text: str, is_fit: bool) -> None:
    why = Chord.parse(text).unfit()
    assert (why is None) is is_fit
    if why is not None:
        assert (
            why == f"{text} would be taken from every other program. Hold Ctrl, Alt or the logo key with it."
        )
