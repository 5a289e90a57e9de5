from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.state import Severity
from app.ui.appearance import Appearance
from app.ui.settings.trial import Trial
from app.ui.theme import contrast


def test_the_button_begins_and_breaks_off(qtbot: QtBot, appearance: Appearance) -> None:
    trial = Trial(appearance, "Test it")
    qtbot.addWidget(trial)
    trial.show()
    assert (trial.button.text(), trial.is_busy, trial.sentence.isVisible()) == ("Test it", False, False)
    trial.begin("Testing.")
    assert (trial.button.text(), trial.is_busy, trial.sentence.text()) == ("Cancel", True, "Testing.")
    assert trial.spinner.isVisible()
    trial.end("It works.", Severity.INFO)
    assert (trial.button.text(), trial.is_busy) == ("Test it", False)
    assert trial.sentence.accessibleName() == "It works."


@pytest.mark.parametrize("severity", [None, *Severity])
def test_every_outcome_can_be_read(qtbot: QtBot, appearance: Appearance, severity: Severity | None) -> None:
    trial = Trial(appearance, "Test it")
    qtbot.addWidget(trial)
    trial.end("So it went.", severity)
    ink = trial.sentence.palette().color(trial.sentence.foregroundRole())
    assert contrast(ink, appearance.theme.surface) >= 4.5
