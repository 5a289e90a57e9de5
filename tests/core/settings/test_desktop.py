from __future__ import annotations

from app.core.settings.desktop import START_AT_LOGIN, Desktop
from app.core.settings.settings import setting_named


def test_nothing_is_started_unasked() -> None:
    assert not Desktop().start_at_login


def test_its_name_is_that_of_the_setting() -> None:
    concern, setting = setting_named(START_AT_LOGIN)
    assert (concern, setting.name) == (Desktop, "start_at_login")
