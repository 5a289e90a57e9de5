"""The window is as lively as the system, or as the person says."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.motion import SystemMotion
from tests.ui.open_window import settle, until

pytestmark = pytest.mark.asyncio


class System:
    """A system that says whether it wants less motion, and is only asked in threads."""

    def __init__(self) -> None:
        self.is_reduced = False
        self.asked_in: list[threading.Thread] = []

    def __call__(self) -> bool:
        self.asked_in.append(threading.current_thread())
        return self.is_reduced


async def test_it_is_asked_at_the_start_and_whenever_the_person_comes_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    appearance, system = Appearance(qapp), System()
    motion = SystemMotion(qapp, appearance, system)
    motion.start()
    await until(lambda: len(system.asked_in) == 1)
    await settle()
    assert not appearance.is_still
    system.is_reduced = True
    for state in (Qt.ApplicationState.ApplicationInactive, Qt.ApplicationState.ApplicationActive):
        qapp.applicationStateChanged.emit(state)
    await until(lambda: appearance.is_still)
    assert len(system.asked_in) == 2
    assert threading.main_thread() not in system.asked_in
    await motion.close()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    await settle()
    assert len(system.asked_in) == 2


async def test_what_the_person_chose_comes_before_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp, looks=Looks(motion="full"))
    told: list[bool] = []
    appearance.changed.connect(lambda: told.append(appearance.is_still))
    appearance.follow_motion(is_reduced=True)
    assert told == []
    assert not appearance.is_still
    appearance.wear(Looks())
    assert told == [True]
    assert not qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    appearance.follow_motion(is_reduced=False)
    assert told == [True, False]
    appearance.wear(Looks(motion="reduced"))
    assert told == [True, False, True]
    appearance.wear(Looks())


async def test_one_that_was_never_started_can_be_closed(qtbot: QtBot, qapp: QApplication) -> None:
    system = System()
    await SystemMotion(qapp, Appearance(qapp), system).close()
    assert system.asked_in == []
