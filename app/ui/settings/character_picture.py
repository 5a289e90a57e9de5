"""A character's picture: from a file to what the server keeps, and from there to the screen."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter, QPainterPath, QPixmap

from app.core.errors import UserError
from app.core.translation import translate

SIDE: Final = 256
"""Side of the picture that is kept, in pixels: sharp at twice the largest size it is shown in."""

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes of a picture file that is read."""

_LARGEST_PNG: Final = 60_000
"""Bytes above which a picture without transparency is kept as JPEG: a photograph."""

_QUALITY: Final = 88
_PREFIX: Final = "data:image/"


def picture_of(path: Path) -> str:
    """Return a picture file as a ``data:`` address: the middle square, `SIDE` pixels a side. Takes a moment.

    Raises:
        UserError: It is no picture that can be read.
    """
    return _address(_square(read_picture(path)))


def read_picture(path: Path) -> QImage:
    """Return what is in a picture file, the right way up. Takes a moment.

    Raises:
        UserError: It is no picture that can be read.
    """
    try:
        is_huge = path.stat().st_size > LARGEST_FILE
    except OSError as error:
        text = translate("CharacterPicture", "{file} cannot be read ({why}). Choose another picture.")
        raise UserError(text.format(file=path.name, why=error.strerror)) from error
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = QImage() if is_huge else reader.read()
    if image.isNull():
        text = translate(
            "CharacterPicture", "{file} is no picture that Heron can read. Choose a PNG or JPEG file."
        )
        raise UserError(text.format(file=path.name))
    return image


def image_in(address: str | None) -> QImage | None:
    """Return the picture that a ``data:`` address holds; None for any other, and for a broken one."""
    if not address or not address.startswith(_PREFIX):
        return None
    try:
        content = base64.b64decode(address.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        return None
    image = QImage.fromData(QByteArray(content))
    return None if image.isNull() else image


def round_pixmap(image: QImage, side: int, ratio: float) -> QPixmap:
    """Return a picture cut to a disc.

    Args:
        image: The picture.
        side: The diameter in logical pixels.
        ratio: Pixels per logical pixel.
    """
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    disc = QPainterPath()
    disc.addEllipse(QRectF(0, 0, pixels, pixels))
    painter.setClipPath(disc)
    painter.drawImage(QRectF(0, 0, pixels, pixels), image)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _square(image: QImage) -> QImage:
    side = min(image.width(), image.height())
    middle = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    if side <= SIDE:
        return middle
    return middle.scaled(
        QSize(SIDE, SIDE), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _address(image: QImage) -> str:
    content, kind = encoded(image, "PNG"), "png"
    if len(content) > _LARGEST_PNG and not image.hasAlphaChannel():
        content, kind = encoded(image, "JPEG"), "jpeg"
    return f"{_PREFIX}{kind};base64,{base64.b64encode(content).decode()}"


def encoded(image: QImage, kind: str, quality: int = _QUALITY) -> bytes:
    """Return an image as a file of a kind: ``PNG``, or ``JPEG`` with a quality of 0 to 100."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if kind == "JPEG":
        writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
