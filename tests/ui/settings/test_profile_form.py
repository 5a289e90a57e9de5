"""A profile in full, and the test of its connection against real servers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile
from app.ui.appearance import Appearance
from app.ui.settings.profile_form import FIELDS, NETWORK, ProfileForm
from app.ui.settings.profile_form import KEY as KEY_FIELD
from tests.estuary.peer_server import KEY, PeerServer
from tests.ui.open_window import until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.asyncio


def form_of(it: AtDesk, appearance: Appearance, profile: Profile) -> ProfileForm:
    it.with_profiles(profile)
    form = ProfileForm(appearance, it.desk, profile)
    form.show()
    return form


async def test_each_kind_has_the_fields_that_mean_something(qtbot: QtBot, appearance: Appearance) -> None:
    names = {setting.name for setting in Profile.settings()}
    assert {name for fields in (*FIELDS.values(), *NETWORK.values()) for name in fields} == names | {
        KEY_FIELD
    }
    async with at_desk() as it:
        here = ProfileForm(appearance, it.desk, it.desk.profiles.current)
        assert set(here.rows) == {"name", "character_id", "player_id"}
        assert here.key is None
        own = form_of(it, appearance, Profile("home-1", "Home", "server"))
        assert set(own.rows) == names
        assert own.key is not None
        await gone(here)
        await gone(own)


async def test_a_field_counts_when_it_is_left(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        form = form_of(it, appearance, Profile("home-1", "Home", "server"))
        line = form.rows["server_url"].editor.focused
        QTest.keyClicks(line, "https://voice.example.org")
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert it.desk.profiles.get("home-1").server_url == "https://voice.example.org"
        assert form.fits(it.desk.profiles.get("home-1"))
        assert not form.fits(Profile("home-1", "Home", "estuary"))
        await gone(form)


async def test_the_test_says_who_answers(qtbot: QtBot, appearance: Appearance) -> None:
    async with PeerServer() as server, at_desk() as it:
        it.drawer.keys["home-1"] = KEY
        form = form_of(it, appearance, Profile("home-1", "Home", "server", server.url))
        QTest.mouseClick(form.trial.button, LEFT)
        assert form.trial.is_busy
        assert form.trial.sentence.text() == f"Connecting to {server.url}."
        await until(lambda: not form.trial.is_busy, 10)
        assert form.trial.sentence.text().startswith(f"The character answers at {server.url} (")
        await gone(form)


@pytest.mark.parametrize(
    ("key", "url", "said"),
    [
        (None, "http://127.0.0.1:9", "“Home” needs an API key."),
        (KEY, "", "The server's address is missing."),
        (KEY, "http://10.0.0.1", "http://10.0.0.1 is plain http to another machine"),
        (KEY, "http://127.0.0.1:9", "No connection to http://127.0.0.1:9: nothing listens there."),
        ("est_wrong", None, "refused: "),
    ],
)
async def test_the_test_says_the_exact_failure(
    qtbot: QtBot, appearance: Appearance, key: str | None, url: str | None, said: str
) -> None:
    async with PeerServer() as server, at_desk() as it:
        if key is not None:
            it.drawer.keys["home-1"] = key
        address = server.url if url is None else url
        form = form_of(it, appearance, Profile("home-1", "Home", "server", address))
        QTest.mouseClick(form.trial.button, LEFT)
        await until(lambda: not form.trial.is_busy, 10)
        assert said in form.trial.sentence.text()
        assert "est_wrong" not in form.trial.sentence.text()
        await gone(form)


async def test_the_test_is_broken_off_by_its_button_and_when_the_page_is_left(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    async with at_desk() as it:
        it.drawer.locked = True
        form = form_of(it, appearance, Profile("home-1", "Home", "server", "http://127.0.0.1:9"))
        for leave in (form.trial.button.click, form.leave):
            QTest.mouseClick(form.trial.button, LEFT)
            await until(lambda: it.drawer.asked != [])
            leave()
            await until(lambda: not form.trial.is_busy)
            assert form.trial.sentence.text() == "The test was broken off."
            it.drawer.asked.clear()
        await gone(form)
