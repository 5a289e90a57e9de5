"""The choice of where to talk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile
from app.ui.appearance import Appearance
from app.ui.first_run.place_step import PlaceStep
from tests.ui.settings.at_desk import at_desk, gone

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.asyncio


async def test_one_click_chooses_this_computer_and_goes_on(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.with_profiles(Profile("cloud-1", "", "estuary"), current="cloud-1")
        step = PlaceStep(appearance, it.desk)
        step.show()
        with qtbot.waitSignal(step.passed):
            QTest.mouseClick(step.here, LEFT)
        assert it.desk.profiles.current_id == "local"
        await gone(step)


async def test_an_account_is_asked_for_and_nothing_is_chosen_yet(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        step = PlaceStep(appearance, it.desk)
        step.show()
        with qtbot.waitSignal(step.account_wanted), qtbot.assertNotEmitted(step.passed):
            QTest.mouseClick(step.account, LEFT)
        assert it.desk.profiles.current_id == "local"
        assert len(it.desk.profiles.all) == 1
        await gone(step)
