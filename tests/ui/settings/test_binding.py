from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import BadInput
from app.core.settings import Profile, setting_named
from app.ui.settings.binding import bound, bound_to_profile, in_words
from tests.ui.settings.at_desk import at_desk

pytestmark = pytest.mark.asyncio


async def test_a_setting_is_read_changed_and_put_back(qtbot: QtBot) -> None:
    async with at_desk() as it:
        tail = bound(it.desk, "sound.tail_ms")
        assert (tail.get(), tail.is_default) == (200, True)
        tail.set(300)
        assert (tail.get(), tail.is_default, it.desk.settings.sound.tail_ms) == (300, False, 300)
        with pytest.raises(BadInput):
            tail.set(-1)
        tail.reset()
        assert it.desk.settings.sound.tail_ms == 200


async def test_a_field_of_a_profile_is_changed_alone(qtbot: QtBot) -> None:
    async with at_desk() as it:
        it.with_profiles(Profile("home-1", "Home", "server"))
        name = bound_to_profile(it.desk, "home-1", "name")
        name.set(" Cottage ")
        assert it.desk.profiles.get("home-1") == Profile("home-1", "Cottage", "server")
        name.reset()
        assert name.get() == ""
        assert it.desk.profiles.current_id == "local"


async def test_a_proxy_with_a_password_does_not_come_into_the_settings(qtbot: QtBot) -> None:
    async with at_desk() as it:
        it.with_profiles(Profile("home-1", "Home", "server"))
        proxy = bound_to_profile(it.desk, "home-1", "proxy")
        with pytest.raises(BadInput, match="for anyone to read"):
            proxy.set("http://me:sesame@proxy:3128")
        proxy.set("http://proxy:3128")
        proxy.set("")
        assert it.desk.profiles.get("home-1").proxy == ""


async def test_a_share_is_shown_as_percent() -> None:
    assert in_words(setting_named("sound.volume")[1], 0.35) == "35 %"
    assert in_words(setting_named("sound.tail_ms")[1], 350) == "350 ms"
    assert in_words(setting_named("appearance.text_size")[1], 110) == "110 %"
