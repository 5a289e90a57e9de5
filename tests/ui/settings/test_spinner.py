from __future__ import annotations

from pytestqt.qtbot import QtBot

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
