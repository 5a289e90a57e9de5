from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile
from app.ui.appearance import Appearance
from app.ui.settings.connection_page import ConnectionPage
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

LEFT = Qt.MouseButton.LeftButton
HOME = Profile("home-1", "Home", "server", "https://voice.example.org")

pytestmark = pytest.mark.asyncio


def page_of(it: AtDesk, appearance: Appearance) -> ConnectionPage:
    page = ConnectionPage(appearance, it.desk, "Connection")
    page.resize(600, 700)
    page.show()
    return page


async def test_it_begins_with_the_one_in_use_and_shows_any_other(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        it.with_profiles(HOME, current="home-1")
        page = page_of(it, appearance)
        assert page.form.profile_id == "home-1"
        assert not page.use.isVisible()
        QTest.mouseClick(page.list.buttons["local"], LEFT)
        assert page.form.profile_id == "local"
        assert page.use.isVisible()
        assert not page.delete.isVisible()
        assert it.desk.profiles.current_id == "home-1"  # to look at one is not to talk with it
        QTest.mouseClick(page.use, LEFT)
        assert it.desk.profiles.current_id == "local"
        assert not page.use.isVisible()
        await gone(page)


@pytest.mark.parametrize(("at", "kind"), [(0, "local"), (1, "estuary"), (2, "server")])
async def test_a_new_one_is_made_and_its_name_can_be_written_at_once(
    qtbot: QtBot, appearance: Appearance, at: int, kind: str
) -> None:
    async with at_desk() as it:
        page = page_of(it, appearance)
        page.activateWindow()
        QTest.mouseClick(page.new, LEFT)
        assert page.menu.isVisible()
        page.menu.close()
        for _ in range(2):
            page.menu.actions()[at].trigger()
        first, second = it.desk.profiles.all[1:]
        assert first.kind == second.kind == kind
        assert len({first.id, second.id, "local"}) == len({first.title, second.title}) + 1 == 3
        assert page.form.profile_id == second.id
        assert page.form.rows["name"].editor.focused is page.focusWidget()
        assert it.desk.profiles.current_id == "local"
        await gone(page)


async def test_a_copy_is_another_profile_with_the_same_key(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.with_profiles(HOME)
        it.drawer.keys["home-1"] = "est_secret"
        page = page_of(it, appearance)
        page.show_profile("home-1")
        QTest.mouseClick(page.duplicate, LEFT)
        copy = it.desk.profiles.all[-1]
        assert copy.id != "home-1"
        assert (copy.name, copy.server_url) == ("Home (copy)", HOME.server_url)
        await until(lambda: it.drawer.keys.get(copy.id) == "est_secret")
        await gone(page)


async def test_one_is_deleted_with_its_key_after_a_question(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.with_profiles(HOME, current="home-1")
        it.drawer.keys["home-1"] = "est_secret"
        page = page_of(it, appearance)
        QTest.mouseClick(page.delete, LEFT)
        assert page.question.isVisible()
        assert "“Home”" in page.question.words.text()
        QTest.mouseClick(page.question.refused, LEFT)
        assert not page.question.isVisible()
        QTest.mouseClick(page.delete, LEFT)
        QTest.mouseClick(page.question.answered, LEFT)
        assert [profile.id for profile in it.desk.profiles] == ["local"]
        assert it.desk.profiles.current_id == page.form.profile_id == "local"
        await until(lambda: it.drawer.keys == {})
        await gone(page)


async def test_another_kind_has_other_fields_and_a_name_changes_in_the_list(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        it.with_profiles(HOME)
        page = page_of(it, appearance)
        page.show_profile("home-1")
        assert "allow_insecure" in page.form.rows
        page.form.rows["kind"].editor.edited.emit("estuary")
        await settle()
        assert "allow_insecure" not in page.form.rows
        assert it.desk.profiles.get("home-1").kind == "estuary"
        form = page.form
        page.form.rows["name"].editor.edited.emit("Cloud")
        assert page.form is form
        assert page.list.buttons["home-1"].text() == "Cloud"
        await gone(page)
