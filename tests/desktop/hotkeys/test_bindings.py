"""Which chord does what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import BadInput
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.bindings import Bindings
from app.desktop.hotkeys.chord import Chord
from app.desktop.hotkeys.virtual_keys import codes_on
from tests.desktop.hotkeys.test_chord import CHORDS


@given(st.dictionaries(st.sampled_from(Action), CHORDS))
def test_what_is_written_is_read_again(chords: dict[Action, Chord]) -> None:
    bindings = Bindings(chords)
    assert Bindings.parse(bindings.written()) == bindings
    assert set(bindings.written()) == {action.value for action in Action}


@given(st.dictionaries(st.sampled_from(Action), CHORDS))
def test_no_chord_is_bound_twice_and_each_loser_is_named(chords: dict[Action, Chord]) -> None:
    bindings = Bindings(chords)
    bound = bindings.unambiguous()
    assert len(set(bound.values())) == len(bound)
    assert set(bound.values()) == set(chords.values())
    assert {each.second for each in bindings.conflicts()} == set(chords) - set(bound)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_defaults_bind_every_action_to_a_chord_of_its_own(platform: str) -> None:
    defaults = Bindings.defaults(platform)
    assert set(defaults.chords) == set(Action)
    assert defaults.conflicts() == []
    assert [chord for chord in defaults.chords.values() if chord.unfit()] == []
    if platform != "linux":
        assert {chord.key for chord in defaults.chords.values()} <= set(codes_on(platform))


def test_a_conflict_is_said_with_both_actions() -> None:
    bindings = Bindings.parse({"mute": "Ctrl+Alt+M", "show_window": "Alt + Ctrl + m", "stop_speaking": ""})
    assert [str(each) for each in bindings.conflicts()] == [
        "Ctrl+Alt+M is “Mute the microphone” already. Choose another key for “Show the window”."
    ]
    assert bindings.unambiguous() == {Action.MUTE: Chord.parse("Ctrl+Alt+M")}


def test_an_unknown_action_is_named() -> None:
    with pytest.raises(BadInput, match="no hotkey for “dance”"):
        Bindings.parse({"dance": "Ctrl+Alt+D"})
