"""What a person has chosen or written."""

from __future__ import annotations

import sys

import pytest

from app.core.errors import BadInput
from app.core.settings.hotkeys import GlobalKeys
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chosen import chosen, read_hotkey


def test_nothing_chosen_is_what_is_usual_here() -> None:
    found = chosen(GlobalKeys())
    assert found.bindings == Bindings.defaults(sys.platform)
    assert found.mistakes == {}


def test_what_cannot_be_understood_is_no_key_and_is_told() -> None:
    found = chosen(GlobalKeys(mute="Strg+Q", stop_speaking="", hold_to_talk="Right Ctrl"))
    assert Action.MUTE not in found.bindings.chords
    assert Action.STOP_SPEAKING not in found.bindings.chords
    assert str(found.bindings.chords[Action.HOLD_TO_TALK]) == "Right Ctrl"
    assert found.mistakes.keys() == {Action.MUTE}
    assert "Strg+Q" in found.mistakes[Action.MUTE]


@pytest.mark.parametrize("text", ["", "  ", "off", "None"])
def test_words_for_no_key(text: str) -> None:
    assert read_hotkey(text) == ""


def test_a_chord_is_kept_in_one_way_of_writing() -> None:
    assert read_hotkey("alt + CTRL+ q") == "Ctrl+Alt+Q"


@pytest.mark.parametrize("text", ["q", "Strg+Q", "Ctrl+Mouse 8"])
def test_what_is_no_hotkey_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        read_hotkey(text)
