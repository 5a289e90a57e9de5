from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.flow import Flow


class Row:
    """Three buttons of a hundred pixels."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.buttons = [QPushButton(self.widget) for _ in range(3)]
        for button in self.buttons:
            button.setFixedSize(100, 30)
        self.flow = Flow(*self.buttons)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.flow)
        column.addStretch(1)

    def places(self, width: int) -> list[tuple[int, int]]:
        self.widget.resize(width, 200)
        self.widget.show()
        return [(button.x(), button.y()) for button in self.buttons]


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    return Row(qtbot)


def test_buttons_go_on_in_the_next_line(row: Row) -> None:
    assert row.places(400) == [(0, 0), (108, 0), (216, 0)]
    assert row.places(220) == [(0, 0), (108, 0), (0, 38)]
    assert row.places(120) == [(0, 0), (0, 38), (0, 76)]
    assert (row.flow.sizeHint().width(), row.flow.minimumSize().width()) == (316, 100)


def test_they_begin_at_the_right_where_people_read_from_there(row: Row) -> None:
    row.widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert row.places(220) == [(120, 0), (12, 0), (120, 38)]


def test_what_is_hidden_takes_no_room(row: Row) -> None:
    row.buttons[1].hide()
    assert row.places(220)[2] == (108, 0)


def test_a_layout_gives_away_what_it_holds(row: Row) -> None:
    assert row.flow.count() == 3
    assert row.flow.itemAt(3) is None
    assert row.flow.takeAt(9) is None
    item = row.flow.takeAt(0)
    assert item is not None
    assert item.widget() is row.buttons[0]
    assert row.flow.count() == 2
