from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.settings.spinner import Spinner


def test_it_turns_only_while_it_can_be_seen(qtbot: QtBot, appearance: Appearance) -> None:
    spinner = Spinner(appearance)
    qtbot.addWidget(spinner)
    assert not spinner._clock.isActive()
    spinner.show()
    first = spinner.grab().toImage()
    qtbot.waitUntil(lambda: spinner.grab().toImage() != first)
    spinner.hide()
    assert not spinner._clock.isActive()


def test_where_motion_is_not_wanted_it_stands_still(qtbot: QtBot, appearance: Appearance) -> None:
    spinner = Spinner(appearance)
    qtbot.addWidget(spinner)
    spinner.show()
    appearance.wear(Looks(motion="reduced"))
    assert not spinner._clock.isActive()
    assert spinner.accessibleName() == "Please wait"
    spinner.hide()
    spinner.show()
    assert not spinner._clock.isActive()
    appearance.wear(Looks(motion="full"))
    assert spinner._clock.isActive()
    spinner.hide()
    appearance.wear(Looks())
    assert not spinner._clock.isActive()
