from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from app.core.settings.kinds import Choice, Kind, Names, Number, Offer, Switch, Text, Value

SWITCH = Switch()
WHOLE = Number(0, 1000, "ms", is_whole=True)
SHARE = Number(0.0, 1.0)
CHOICE = Choice((("push_to_talk", "Push to talk"), ("dark", "Dark")))
TEXT = Text("nothing")
MICROPHONES = Names(Offer.MICROPHONES, "the system's default")


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        (SWITCH, True, True),
        (SWITCH, False, False),
        (SWITCH, 1, None),
        (SWITCH, "on", None),
        (SWITCH, None, None),
        (WHOLE, 0, 0),
        (WHOLE, 1000, 1000),
        (WHOLE, 1001, None),
        (WHOLE, -1, None),
        (WHOLE, 300.0, None),
        (WHOLE, True, None),
        (WHOLE, "300", None),
        (WHOLE, 10**400, None),
        (SHARE, 0.25, 0.25),
        (SHARE, 1, 1.0),
        (SHARE, 1.01, None),
        (SHARE, -0.01, None),
        (SHARE, float("nan"), None),
        (SHARE, float("inf"), None),
        (SHARE, 10**400, None),
        (SHARE, False, None),
        (CHOICE, "dark", "dark"),
        (CHOICE, "Dark", None),
        (CHOICE, "", None),
        (CHOICE, 1, None),
        (CHOICE, ["dark"], None),
        (TEXT, "", ""),
        (TEXT, " a b ", "a b"),
        (TEXT, "a\nb", None),
        (TEXT, "a" * 1001, None),
        (TEXT, 3, None),
        (MICROPHONES, (), ()),
        (MICROPHONES, ["USB", "Built-in"], ("USB", "Built-in")),
        (MICROPHONES, "USB", None),
        (MICROPHONES, ["USB", 3], None),
        (MICROPHONES, ["USB", " "], None),
        (MICROPHONES, ["USB\n"], None),
        (MICROPHONES, ["\udcff"], None),
        (MICROPHONES, None, None),
    ],
)
def test_it_takes_what_is_of_its_kind(kind: Kind, value: object, found: Value | None) -> None:
    checked = kind.checked(value)
    assert (checked, type(checked)) == (found, type(found))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (SWITCH, "on", True),
        (SWITCH, "Yes", True),
        (SWITCH, "TRUE", True),
        (SWITCH, "1", True),
        (SWITCH, "off", False),
        (SWITCH, "no", False),
        (SWITCH, "false", False),
        (SWITCH, "0", False),
        (SWITCH, "maybe", None),
        (SWITCH, "", None),
        (WHOLE, "300", 300),
        (WHOLE, "300 ms", 300),
        (WHOLE, "300ms", 300),
        (WHOLE, "-5", -5),
        (WHOLE, "0.5", None),
        (WHOLE, "ms", None),
        (WHOLE, "9" * 5000, None),
        (SHARE, "0.5", 0.5),
        (SHARE, "1", 1.0),
        (SHARE, "loud", None),
        (CHOICE, "DARK", "dark"),
        (CHOICE, "push-to-talk", "push_to_talk"),
        (CHOICE, "push to talk", "push_to_talk"),
        (CHOICE, "grey", None),
        (TEXT, "a b", "a b"),
        (MICROPHONES, "USB, Built-in", ("USB", "Built-in")),
        (MICROPHONES, "", ()),
    ],
)
def test_it_reads_what_a_person_writes(kind: Kind, text: str, value: Value | None) -> None:
    parsed = kind.parsed(text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (SWITCH, True, "on"),
        (SWITCH, False, "off"),
        (WHOLE, 300, "300 ms"),
        (SHARE, 1.0, "1"),
        (SHARE, 0.25, "0.25"),
        (CHOICE, "push_to_talk", "push_to_talk"),
        (TEXT, "", "nothing"),
        (TEXT, "a b", "a b"),
        (MICROPHONES, (), "the system's default"),
        (MICROPHONES, ("USB", "a, b"), 'USB, "a, b"'),
    ],
)
def test_it_shows_a_value_as_a_person_reads_it(kind: Kind, value: Value, shown: str) -> None:
    assert kind.shown(value) == shown
    assert not value or kind.checked(kind.parsed(shown)) == value


def test_it_says_what_it_takes() -> None:
    assert SWITCH.takes == "on or off"
    assert WHOLE.takes == "a whole number from 0 to 1000 ms"
    assert SHARE.takes == "a number from 0 to 1"
    assert CHOICE.takes == "push_to_talk or dark"
    assert TEXT.takes == "a line of at most 1000 characters"
    assert MICROPHONES.takes == "names, separated by commas"


def test_a_choice_knows_what_a_person_calls_it() -> None:
    assert CHOICE.label("push_to_talk") == "Push to talk"
    assert CHOICE.label("unknown") == "unknown"


def test_a_kind_stays_as_it_was_declared() -> None:
    with pytest.raises(FrozenInstanceError):
        WHOLE.maximum = 5  # type: ignore[misc]
