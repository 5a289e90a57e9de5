from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.audio.capture.recording import FLOOR_DB, Level
from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.settings.level_meter import LevelMeter


def test_it_rises_at_once_falls_slowly_and_comes_to_rest(qtbot: QtBot, appearance: Appearance) -> None:
    meter = LevelMeter(appearance)
    qtbot.addWidget(meter)
    meter.show()
    silent = meter.grab().toImage()
    meter.hear(Level(-10, -20))
    qtbot.waitUntil(lambda: meter.shown_db == -10)
    loud = meter.grab().toImage()
    assert loud != silent
    qtbot.waitUntil(lambda: -30 < meter.shown_db < -12)
    assert meter.is_moving
    qtbot.waitUntil(lambda: not meter.is_moving, timeout=15_000)
    QApplication.processEvents()
    assert meter.grab().toImage() == silent


def shows(meter: LevelMeter, level_db: float) -> bool:
    return meter.shown_db == level_db


def test_distortion_is_seen_by_its_colour(qtbot: QtBot, appearance: Appearance) -> None:
    meter = LevelMeter(appearance)
    qtbot.addWidget(meter)
    meter.resize(200, 12)
    meter.show()
    colors = {}
    for peak in (-50, -10, 0):
        meter.rest()
        meter.hear(Level(peak, peak - 10))
        qtbot.waitUntil(partial(shows, meter, peak))
        colors[peak] = meter.grab().toImage().pixelColor(8, 6).name()
    theme = appearance.theme
    assert colors == {-50: theme.quiet.name(), -10: theme.accent.name(), 0: theme.danger.name()}


def test_silence_and_what_cannot_be_seen_move_nothing(qtbot: QtBot, appearance: Appearance) -> None:
    meter = LevelMeter(appearance)
    qtbot.addWidget(meter)
    moving: list[bool] = []
    for is_shown, level_db in ((False, -10.0), (True, FLOOR_DB), (True, -10.0), (False, -10.0)):
        meter.setVisible(is_shown)
        meter.hear(Level(level_db, level_db - 10))
        moving.append(meter.is_moving)
        meter.rest()
    assert moving == [False, False, True, False]
    meter.show()
    meter.hear(Level(-10, -20))
    meter.hide()
    assert (meter.is_moving, meter.shown_db) == (False, FLOOR_DB)


def test_where_motion_is_not_wanted_it_moves_seldom_and_rests_no_later(
    qtbot: QtBot, appearance: Appearance
) -> None:
    meter = LevelMeter(appearance)
    qtbot.addWidget(meter)
    meter.show()
    appearance.wear(Looks(motion="reduced"))
    meter.hear(Level(-40, -50))
    qtbot.waitUntil(partial(shows, meter, -40))
    assert meter._clock.interval() >= 200
    qtbot.waitUntil(lambda: not meter.is_moving, timeout=6000)
    appearance.wear(Looks())
    assert meter._clock.interval() < 50
