from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from app.conversation.state import State
from app.ui.face import Face
from app.ui.settings.character_picture import picture_of
from tests.ui.settings.pictures import plain


def icon(color: str) -> QIcon:
    pixmap = QPixmap(16, 16)
    pixmap.fill(color)
    return QIcon(pixmap)


def middle(picture: QIcon) -> str:
    return picture.pixmap(16, 16).toImage().pixelColor(8, 8).name()


def test_heron_has_its_own_picture_and_nobody_else(qapp: QApplication) -> None:
    face = Face(icon("#112233"))
    assert middle(face.of("Heron")) == "#112233"
    assert face.of("Ada").isNull()
    assert Face().of("Heron").isNull()


def test_a_character_has_its_picture_until_it_has_none(qapp: QApplication, tmp_path: Path) -> None:
    face = Face(icon("#112233"))
    face.show_state(State(character_name="Ada", character_picture=picture_of(plain(tmp_path / "a.png"))))
    assert middle(face.of("Ada")) == "#7a2a5a"
    assert middle(face.of("Heron")) == "#112233"
    assert face.of("Bob").isNull()
    face.show_state(State(character_name="Ada"))
    assert face.of("Ada").isNull()


def test_heron_may_be_given_another_one(qapp: QApplication, tmp_path: Path) -> None:
    face = Face(icon("#112233"))
    face.show_state(State(character_picture=picture_of(plain(tmp_path / "a.png"))))
    assert middle(face.of("Heron")) == "#7a2a5a"
    face.show_state(State(character_picture="data:image/png;base64,AAAA"))
    assert middle(face.of("Heron")) == "#112233"
