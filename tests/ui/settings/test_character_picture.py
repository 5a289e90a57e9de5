from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from app.core.errors import UserError
from app.ui.settings import character_picture
from app.ui.settings.character_picture import SIDE, image_in, picture_of, round_pixmap
from tests.ui.settings.pictures import photograph, plain


def test_a_picture_becomes_a_square_of_its_middle(qapp: QApplication, tmp_path: Path) -> None:
    address = picture_of(plain(tmp_path / "a.png"))
    assert address.startswith("data:image/png;base64,")
    image = image_in(address)
    assert image is not None
    assert (image.width(), image.height()) == (SIDE, SIDE)
    assert image.pixelColor(9, 9).name() == "#7a2a5a"


def test_a_small_picture_stays_as_it_is(qapp: QApplication, tmp_path: Path) -> None:
    image = image_in(picture_of(plain(tmp_path / "a.bmp", width=40, height=90)))
    assert image is not None
    assert (image.width(), image.height()) == (40, 40)


def test_a_photograph_becomes_a_small_jpeg(qapp: QApplication, tmp_path: Path) -> None:
    address = picture_of(photograph(tmp_path / "a.png"))
    assert address.startswith("data:image/jpeg;base64,")
    assert len(address) < 100_000
    assert image_in(address) is not None


def test_what_is_no_picture_is_refused_in_a_sentence(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(UserError, match=r"^a\.txt is no picture that Heron can read\. Choose a PNG"):
        picture_of(tmp_path / "a.txt")
    with pytest.raises(UserError, match=r"^gone\.png cannot be read \(No such file"):
        picture_of(tmp_path / "gone.png")
    monkeypatch.setattr(character_picture, "LARGEST_FILE", 10)
    with pytest.raises(UserError, match="is no picture"):
        picture_of(plain(tmp_path / "b.png"))


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://example.org/a.png",
        "data:image/png;base64,###",
        "data:image/png;base64,AAAA",
        "data:,",
    ],
)
def test_what_holds_no_picture_is_none(qapp: QApplication, address: str | None) -> None:
    assert image_in(address) is None


def test_a_disc_has_nothing_in_its_corners(qapp: QApplication) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    disc = round_pixmap(image, 20, 2.0)
    assert (disc.width(), disc.devicePixelRatio()) == (40, 2.0)
    drawn = disc.toImage()
    assert drawn.pixelColor(0, 0).alpha() == 0
    assert drawn.pixelColor(20, 20) == QColor(Qt.GlobalColor.red)
