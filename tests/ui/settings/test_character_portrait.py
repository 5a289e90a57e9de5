from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.estuary.rest import Character
from app.ui.appearance import Appearance
from app.ui.settings.character_picture import picture_of
from app.ui.settings.character_portrait import CharacterPortrait
from tests.ui.settings.pictures import plain


def test_a_picture_is_shown_or_the_initial(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> None:
    portrait = CharacterPortrait(appearance, 4)
    qtbot.addWidget(portrait)
    middle = portrait.width() // 2
    portrait.show_character(Character(name="Ada"))
    had_picture = [portrait.has_picture]
    initial = portrait.grab().toImage()
    assert initial.pixelColor(middle, 4).name() == appearance.theme.soft.ground.name()
    portrait.show_character(Character(name="Ada", avatar=picture_of(plain(tmp_path / "a.png"))))
    had_picture.append(portrait.has_picture)
    assert portrait.grab().toImage().pixelColor(middle, middle).name() == "#7a2a5a"
    portrait.show_character(Character(name="Ada", avatar="https://example.org/a.png"))
    had_picture.append(portrait.has_picture)
    assert had_picture == [False, True, False]


def test_one_without_a_name_has_a_face_too(qtbot: QtBot, appearance: Appearance) -> None:
    portrait = CharacterPortrait(appearance, 4)
    qtbot.addWidget(portrait)
    portrait.show_character(Character(name=" "))
    image = portrait.grab().toImage()
    colors = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert len(colors) > 3
