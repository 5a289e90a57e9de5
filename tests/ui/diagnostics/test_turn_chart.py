"""The picture of the latest turns."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.estuary.turn_times import TurnTimes
from app.ui.appearance import Appearance
from app.ui.diagnostics.turn_chart import ROWS, TurnChart

SPOKEN = TurnTimes(1.0, 2.0, 2.5, 2.55, 2.8)
CUT_IN = TurnTimes(5.0, 6.0, 6.4, 6.5, 6.7, barge_in_onset=4.2, ducked=4.3, silent=4.8)


def _chart(qapp: QApplication, qtbot: QtBot) -> TurnChart:
    chart = TurnChart(Appearance(qapp))
    qtbot.addWidget(chart)
    chart.resize(600, 400)
    return chart


def _colors(chart: TurnChart) -> set[str]:
    image = chart.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_the_newest_turn_is_on_top_and_an_interruption_has_its_own_row(
    qapp: QApplication, qtbot: QtBot
) -> None:
    chart = _chart(qapp, qtbot)
    chart.show_turns((SPOKEN, CUT_IN))
    assert [(row.name, row.words) for row in chart.rows] == [
        ("Answer", "caption 400 ms, first text 500 ms, first audio 700 ms"),
        ("Interruption", "softer 100 ms, silent 600 ms"),
        ("Answer", "caption 500 ms, first text 550 ms, first audio 800 ms"),
    ]
    assert "Interruption: softer 100 ms, silent 600 ms" in chart.accessibleDescription()


def test_every_kind_of_moment_is_drawn_in_its_color(qapp: QApplication, qtbot: QtBot) -> None:
    chart = _chart(qapp, qtbot)
    theme = Appearance(qapp).theme
    kinds = {theme.accent.name(), theme.caution.name(), theme.beak.name(), theme.danger.name()}
    assert not _colors(chart) & kinds
    chart.show_turns((SPOKEN, CUT_IN))
    assert _colors(chart) >= kinds


def test_a_turn_that_nothing_followed_is_a_row_and_a_typed_one_is_none(
    qapp: QApplication, qtbot: QtBot
) -> None:
    chart = _chart(qapp, qtbot)
    chart.show_turns((TurnTimes(1.0, 2.0), TurnTimes(final_caption=3.0)))
    assert [(row.name, row.words) for row in chart.rows] == [("Answer", "nothing followed")]
    assert not chart.grab().isNull()


def test_only_so_many_turns_are_shown(qapp: QApplication, qtbot: QtBot) -> None:
    chart = _chart(qapp, qtbot)
    chart.show_turns(tuple(TurnTimes(at, at + 1, at + 1.5) for at in map(float, range(ROWS + 3))))
    assert len(chart.rows) == ROWS
    assert chart.sizeHint().height() > 200
