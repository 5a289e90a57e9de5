from __future__ import annotations

from dataclasses import fields

import pytest

from app.core.errors import BadInput
from app.core.settings.cues import Cues
from app.core.settings.profiles import Profiles
from app.core.settings.settings import (
    CONCERNS,
    REMEMBERED,
    Settings,
    all_settings,
    kept_settings,
    setting_named,
)
from app.core.settings.sound import Sound


def test_each_concern_has_a_field_of_its_name() -> None:
    found = {entry.name: type(getattr(Settings(), entry.name)) for entry in fields(Settings)}
    assert found.pop("profiles") is Profiles
    assert found == {concern.NAME: concern for concern in (*CONCERNS, *REMEMBERED)}


def test_what_is_remembered_is_kept_and_not_shown() -> None:
    shown, kept = list(all_settings()), list(kept_settings())
    assert kept[: len(shown)] == shown
    assert {concern for concern, _ in kept[len(shown) :]} == set(REMEMBERED)
    for _, setting in kept[len(shown) :]:
        with pytest.raises(BadInput):
            setting_named(setting.key)


def test_all_settings_are_declared_for_a_person() -> None:
    keys = [setting.key for _, setting in all_settings()]
    assert len(keys) == len(set(keys)) == sum(len(concern.settings()) for concern in CONCERNS)
    for concern, setting in all_settings():
        assert setting.key == f"{concern.NAME}.{setting.name}"
        assert setting.label[0].isupper()
        assert not setting.label.endswith(".")
        assert setting.description[0].isupper()
        assert setting.description.endswith(".")
        assert setting.checked(setting.default) == setting.default
    assert all(concern.LABEL for concern in CONCERNS)


def test_a_setting_is_found_by_its_name() -> None:
    concern, setting = setting_named("sound.tail_ms")
    assert (concern, setting.default) == (Sound, 200)
    assert setting_named("cues.error")[0] is Cues


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("sound.tail", "Did you mean sound.tail_ms?"),
        ("tail-ms", "Did you mean sound.tail_ms?"),
        ("sond.tail_ms", "Did you mean sound.tail_ms?"),
        ("Volume", "Did you mean sound.volume?"),
        ("cues", "Did you mean cues.listening_on or cues.listening_off or cues.error?"),
        ("", "“heron settings” lists all there are."),
        ("colour", "“heron settings” lists all there are."),
    ],
)
def test_a_name_that_is_none_is_a_sentence_with_those_that_are_alike(key: str, advice: str) -> None:
    with pytest.raises(BadInput) as caught:
        setting_named(key)
    assert str(caught.value) == f"There is no setting “{key}”. {advice}"
