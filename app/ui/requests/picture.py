"""A picture as it is sent: small enough for the network and for any server, and a JPEG without a past."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from app.core.errors import UserError
from app.core.translation import translate
from app.ui.settings.character_picture import encoded, read_picture

LONGEST_SIDE: Final = 1280
"""Pixels of the longer side: text on a screen can still be read."""

LARGEST: Final = 600_000
"""Bytes: as base64 in one message they stay below the million that servers take by default."""

MIME_TYPE: Final = "image/jpeg"

_QUALITIES: Final = (85, 70, 55, 40)
_SHRINK: Final = 0.7
"""What is left of the sides of a picture that is too large even at the lowest quality."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to send.

    Attributes:
        content: The JPEG file.
        image: What is on it, read back from the file: exactly what the character gets.
    """

    content: bytes
    image: QImage

    @property
    def size(self) -> QSize:
        """Its width and height in pixels."""
        return self.image.size()


def picture_of(image: QImage) -> Picture:
    """Return an image as it is sent. Takes a moment: to be called in a thread.

    Raises:
        UserError: There is nothing on it, or it cannot be written.
    """
    image.setDevicePixelRatio(1.0)
    side = min(LONGEST_SIDE, max(image.width(), image.height()))
    while side > 0:
        flat = _flat(_within(image, side))
        for quality in _QUALITIES:
            content = encoded(flat, "JPEG", quality)
            if 0 < len(content) <= LARGEST:
                return Picture(content, QImage.fromData(QByteArray(content)))
        side = int(side * _SHRINK)
    raise UserError(translate("Picture", "The picture cannot be made ready. Choose another one."))


def picture_in(file: Path) -> Picture:
    """Return a picture file as it is sent, without what else stood in it. To be called in a thread.

    Raises:
        UserError: It is no picture that can be read.
    """
    return picture_of(read_picture(file))


def _within(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    return image.scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _flat(image: QImage) -> QImage:
    """Return what is on the image and nothing else: on white, and without the texts that a file may hold."""
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    return ground
