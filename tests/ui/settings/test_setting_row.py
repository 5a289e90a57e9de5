from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile, Sound
from app.ui.appearance import Appearance
from app.ui.settings.binding import bound, bound_to_profile
from app.ui.settings.setting_row import SettingRow
from app.ui.settings.slider_box import SliderBox
from app.ui.settings.text_field import TextField
from tests.ui.settings.at_desk import at_desk, gone

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.asyncio


async def test_a_change_counts_at_once_and_can_be_taken_back(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        row = SettingRow(appearance, bound(it.desk, "sound.tail_ms"))
        row.show()
        assert isinstance(row.editor, SliderBox)
        assert not row.reset.isVisible()
        assert row.help.text().startswith("How long what is said")
        QTest.keyClick(row.editor.slider, Qt.Key.Key_End)
        assert it.desk.settings.sound.tail_ms == 1000
        assert row.reset.isVisible()
        assert row.reset.accessibleName() == "Reset to default: Listen on after release"
        QTest.mouseClick(row.reset, LEFT)
        assert it.desk.settings.sound.tail_ms == 200
        assert row.editor.number.text() == "200 ms"
        assert not row.reset.isVisible()
        it.desk.store.update(Sound, tail_ms=350)
        row.refresh()
        assert row.editor.number.text() == "350 ms"
        await gone(row)


async def test_what_cannot_be_taken_is_said_below_and_stays_as_it_was_written(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        it.with_profiles(Profile("home-1", "Home", "server"))
        row = SettingRow(appearance, bound_to_profile(it.desk, "home-1", "proxy"), can_reset=False)
        row.show()
        assert isinstance(row.editor, TextField)
        QTest.keyClicks(row.editor.line, "proxy")
        QTest.keyClick(row.editor.line, Qt.Key.Key_Return)
        assert row.problem.isVisible()
        assert row.problem.text() == "The proxy's address cannot be used. Write it as http://HOST:PORT."
        assert row.editor.line.text() == "proxy"
        assert it.desk.profiles.get("home-1").proxy == ""
        row.editor.line.setText("http://proxy:3128")
        QTest.keyClick(row.editor.line, Qt.Key.Key_Return)
        assert not row.problem.isVisible()
        assert not row.reset.isVisible()
        assert it.desk.profiles.get("home-1").proxy == "http://proxy:3128"
        await gone(row)
