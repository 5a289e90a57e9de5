"""The dots say where the person is, to the eye and to the ear, in any width."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.first_run.step_dots import StepDots

NAMES = ("Where to talk", "Microphone", "Talk key")


def picture(dots: StepDots, at: int, width: int) -> QImage:
    dots.resize(width, dots.sizeHint().height())
    dots.show_step(at)
    return dots.grab().toImage()


def test_each_step_has_its_words_and_its_picture(qtbot: QtBot, appearance: Appearance) -> None:
    dots = StepDots(appearance, NAMES)
    qtbot.addWidget(dots)
    pictures = [picture(dots, at, 600) for at in range(3)]
    assert all(one != other for one in pictures for other in pictures if one is not other)
    assert dots.accessibleName() == dots.words == "Step 3 of 3: Talk key"


def test_where_there_is_no_room_only_the_present_name_is_written(
    qtbot: QtBot, appearance: Appearance
) -> None:
    dots = StepDots(appearance, NAMES)
    qtbot.addWidget(dots)
    whole = dots.sizeHint().width()
    assert picture(dots, 0, whole) != picture(dots, 0, whole - 10).copy(0, 0, whole, dots.height())
    # With other names out of sight, nothing of them is drawn.
    other = StepDots(appearance, ("Where to talk", "A loudspeaker", "Something else"))
    qtbot.addWidget(other)
    for narrow in (whole - 10, dots.minimumSizeHint().width()):
        assert picture(dots, 0, narrow) == picture(other, 0, narrow)
    assert picture(dots, 0, whole - 10) != picture(dots, 0, dots.minimumSizeHint().width())
