from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QImage

from app.core.errors import UserError
from app.ui.requests.picture import LARGEST, LONGEST_SIDE, picture_in, picture_of
from tests.ui.settings.pictures import plain


def noise(width: int, height: int) -> QImage:
    pixels = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


@pytest.mark.parametrize(
    ("size", "sent"),
    [
        ((640, 480), (640, 480)),
        ((2560, 1440), (1280, 720)),
        ((1440, 2560), (720, 1280)),
        ((1, 4000), (1, 1280)),
    ],
)
def test_it_is_no_larger_than_it_must_be(size: tuple[int, int], sent: tuple[int, int]) -> None:
    image = QImage(QSize(*size), QImage.Format.Format_RGB32)
    image.fill(QColor("#7a2a5a"))
    image.setDevicePixelRatio(2.0)
    picture = picture_of(image)
    assert picture.size == QSize(*sent)
    assert picture.content.startswith(b"\xff\xd8")
    assert QImage.fromData(QByteArray(picture.content)).size() == picture.size
    for x, y in ((0, 0), (sent[0] - 1, sent[1] - 1)):
        assert QColor(picture.image.pixel(x, y)).red() == pytest.approx(0x7A, abs=4)


def test_even_noise_fits_into_a_message() -> None:
    picture = picture_of(noise(LONGEST_SIDE, LONGEST_SIDE))
    assert LARGEST / 3 < len(picture.content) <= LARGEST


def test_what_can_be_seen_through_is_white() -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    assert QColor(picture_of(image).image.pixel(50, 50)) == QColor("white")


def test_nothing_is_no_picture() -> None:
    with pytest.raises(UserError, match="Choose another"):
        picture_of(QImage())


def test_a_file_is_sent_without_what_else_stood_in_it(tmp_path: Path) -> None:
    image = noise(60, 40)
    image.setText("Comment", "taken at home")
    file = tmp_path / "a.png"
    assert image.save(str(file))
    assert b"taken at home" in file.read_bytes()
    picture = picture_in(file)
    assert picture.size == QSize(60, 40)
    assert b"taken at home" not in picture.content
    assert picture_in(plain(tmp_path / "b.jpg")).size == QSize(600, 400)


def test_a_file_that_is_no_picture_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_text("no picture")
    with pytest.raises(UserError, match=r"a\.png"):
        picture_in(file)
    with pytest.raises(UserError, match=r"b\.png"):
        picture_in(tmp_path / "b.png")
