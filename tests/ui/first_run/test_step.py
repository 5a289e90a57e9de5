"""What all of the first steps have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.first_run.step import Step
from app.ui.theme import COLUMN_WIDTH


def test_its_words_follow_the_size_of_the_text_and_stay_readable_in_a_wide_window(
    qtbot: QtBot, qapp: QApplication
) -> None:
    appearance = Appearance(qapp)
    step = Step(appearance)
    qtbot.addWidget(step)
    step.say("Where do you want to talk?", "Choose where your character lives.")
    step.resize(2_000, 600)
    step.show()
    before = step.title.font().pointSizeF()
    assert step.title.width() == COLUMN_WIDTH
    appearance.wear(Looks(text_size=200))
    QApplication.processEvents()
    assert step.title.font().pointSizeF() == 2 * before
    appearance.wear(Looks())
    assert step.next_words == ""
