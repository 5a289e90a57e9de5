from __future__ import annotations

import sys

import pytest

from app.core.settings.hotkeys import GlobalKeys, usual_hotkeys


def test_each_key_is_a_setting_whose_default_is_the_platforms() -> None:
    defaults = {setting.name: setting.default for setting in GlobalKeys.settings()}
    assert defaults == usual_hotkeys(sys.platform)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_platforms_have_keys_for_the_same_and_not_the_same_keys(platform: str) -> None:
    assert usual_hotkeys(platform).keys() == usual_hotkeys("linux").keys()
    assert usual_hotkeys(platform) != usual_hotkeys("linux")


def test_no_key_is_said_in_words() -> None:
    assert {setting.shown("") for setting in GlobalKeys.settings()} == {"none"}
