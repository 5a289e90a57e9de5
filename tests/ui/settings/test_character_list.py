from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.estuary.rest import Character
from app.ui.appearance import Appearance
from app.ui.settings.character_list import CharacterList
from app.ui.settings.character_picture import picture_of
from tests.ui.settings.pictures import plain

HERON, ADA = Character(id="default", name="Heron"), Character(id="a", name="Ada", tagline="A tutor")


@pytest.fixture
def shown(qtbot: QtBot, appearance: Appearance) -> CharacterList:
    shown = CharacterList(appearance)
    qtbot.addWidget(shown)
    shown.resize(200, 200)
    shown.show()
    shown.show_characters([HERON, ADA], "default", "a")
    return shown


def told(shown: CharacterList) -> list[str]:
    chosen: list[str] = []
    shown.chosen.connect(chosen.append)
    return chosen


def accessible(shown: CharacterList) -> list[str]:
    model = shown.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


def test_a_screen_reader_hears_who_is_there_and_who_is_talked_to(shown: CharacterList) -> None:
    assert shown.names == ["Heron", "Ada"]
    assert accessible(shown) == ["Heron", "Ada, A tutor, you talk to this character"]


def test_the_arrows_choose(shown: CharacterList) -> None:
    chosen = told(shown)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert chosen == ["a", "default"]


def test_a_click_chooses(shown: CharacterList) -> None:
    chosen = told(shown)
    place = shown.visualRect(shown.model().index(1, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["a"]


def test_what_is_shown_anew_is_no_choice(shown: CharacterList) -> None:
    chosen = told(shown)
    shown.show_characters([HERON, ADA, Character(id="b", name="Byron")], "b", "")
    assert (shown.currentIndex().row(), chosen) == (2, [])
    shown.show_characters([Character(id="b", name="Lord Byron")], "b", "")
    assert (shown.names, shown.currentIndex().row(), chosen) == (["Lord Byron"], 0, [])
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert chosen == []


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_face_is_where_a_line_begins(
    shown: CharacterList, tmp_path: Path, direction: Qt.LayoutDirection
) -> None:
    ada = Character(id="a", name="Ada", avatar=picture_of(plain(tmp_path / "a.png")))
    shown.setLayoutDirection(direction)
    shown.show_characters([ada], "", "")
    image = shown.viewport().grab().toImage()
    row = shown.visualRect(shown.model().index(0, 0)).center().y()
    painted = [x for x in range(image.width()) if image.pixelColor(x, row).name() == "#7a2a5a"]
    is_left = max(painted) < image.width() / 2
    assert is_left is (direction is Qt.LayoutDirection.LeftToRight)


def test_a_new_picture_is_seen(shown: CharacterList, tmp_path: Path) -> None:
    def colors() -> set[str]:
        image = shown.viewport().grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(60) for y in range(image.height())}

    for color in ("#7a2a5a", "#2a7a5a"):
        ada = Character(id="a", name="Ada", avatar=picture_of(plain(tmp_path / "a.png", color)))
        shown.show_characters([HERON, ada], "default", "")
        assert color in colors()
