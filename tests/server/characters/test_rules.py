from __future__ import annotations

import pytest

from app.server.characters import rules
from app.server.characters.rules import Rule, Unfit

PICTURE = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("rule", "value", "kept"),
    [
        (rules.line(10), " Ada\nB. ", "Ada B."),
        (rules.text(10), " a\nb ", "a\nb"),
        (rules.text(10), "  ", None),
        (rules.number(0.5, 2), 1, 1.0),
        (rules.number(0.5, 2), 0.5, 0.5),
        (rules.whole(1, 5), 5, 5),
        (rules.switch, False, False),
        (rules.one_of(["a"], "no {value}"), "a", "a"),
        (rules.avatar, PICTURE, PICTURE),
        (rules.avatar, "https://example.org/a.png", "https://example.org/a.png"),
        (rules.avatar, "", None),
        (rules.actions, [], []),
        (rules.actions, [{"name": "wave", "parameters": []}], [{"name": "wave", "parameters": []}]),
    ],
)
def test_what_fits_is_kept(rule: Rule, value: object, kept: object) -> None:
    assert rule(value) == kept


@pytest.mark.parametrize(
    ("rule", "value", "sentence"),
    [
        (rules.line(5), "  ", "This must not be empty."),
        (rules.line(5), "abcdef", "This is too long: at most 5 characters."),
        (rules.text(5), 5, "This must be text."),
        (rules.number(0.5, 2), 2.1, "This must be a number from 0.5 to 2."),
        (rules.number(0.5, 2), "1", "This must be a number from 0.5 to 2."),
        (rules.number(0, 2), True, "This must be a number from 0 to 2."),
        (rules.number(0, 2), float("nan"), "This must be a number from 0 to 2."),
        (rules.whole(1, 5), 1.5, "This must be a whole number from 1 to 5."),
        (rules.whole(0, 5), True, "This must be a whole number from 0 to 5."),
        (rules.switch, 1, "This must be true or false."),
        (rules.one_of(["a"], "There is no “{value}”."), "b", "There is no “b”."),
        (rules.one_of(["a"], "There is no “{value}”."), ["a"], "There is no “['a']”."),
        (rules.avatar, "javascript:alert(1)", "This must be an https address, or a PNG or JPEG picture as a data address."),  # noqa: E501
        (rules.avatar, "data:image/svg+xml;base64,AAAA", "This must be an https address, or a PNG or JPEG picture as a data address."),  # noqa: E501
        (rules.avatar, PICTURE + "A" * rules.LARGEST_AVATAR, "This is too long: at most 262144 characters."),
        (rules.actions, {}, "This must be a list of actions."),
        (rules.actions, ["wave"], "This must be a list of actions."),
        (rules.actions, [{"name": " "}], "Every action needs a name."),
        (rules.actions, [{"name": "wave"}] * 51, "These are too many actions: at most 50, and 64 KiB."),
        (rules.actions, [{"name": "x" * 70_000}], "These are too many actions: at most 50, and 64 KiB."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(rule: Rule, value: object, sentence: str) -> None:
    with pytest.raises(Unfit) as caught:
        rule(value)
    assert str(caught.value) == sentence
