"""A card is one large button with all of its words in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.first_run.place_card import PlaceCard
from app.ui.icons import Icon

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def place_card(qtbot: QtBot, appearance: Appearance) -> PlaceCard:
    card = PlaceCard(appearance, Icon.COMPUTER, "Here", "Many words about it. " * 5, "Recommended")
    qtbot.addWidget(card)
    card.resize(card.sizeHint())
    card.show()
    return card


def test_all_of_it_can_be_clicked_and_so_can_its_keys(qtbot: QtBot, place_card: PlaceCard) -> None:
    chosen: list[bool] = []
    place_card.clicked.connect(lambda: chosen.append(True))
    for corner in (QPoint(3, 3), QPoint(place_card.width() - 3, place_card.height() - 3)):
        QTest.mouseClick(place_card, LEFT, pos=corner)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(place_card, key)
    assert len(chosen) == 4


def test_it_is_higher_where_it_is_narrow_and_says_all_of_it_to_the_ear(place_card: PlaceCard) -> None:
    assert place_card.heightForWidth(200) > place_card.heightForWidth(400) > place_card.heightForWidth(800)
    assert place_card.accessibleName() == "Here, Recommended"
    assert place_card.accessibleDescription().startswith("Many words about it.")


def test_the_keyboard_and_another_direction_of_reading_can_be_seen(
    qtbot: QtBot, place_card: PlaceCard
) -> None:
    place_card.clearFocus()
    pictures = [place_card.grab().toImage()]
    place_card.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    pictures.append(place_card.grab().toImage())
    with qtbot.waitActive(place_card):
        place_card.activateWindow()
    place_card.setFocus()
    qtbot.waitUntil(place_card.hasFocus)
    pictures.append(place_card.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
