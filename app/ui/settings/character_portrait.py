"""A character's face: its picture on a disc, or the initial of its name."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.estuary.rest import Character
from app.ui.appearance import Appearance
from app.ui.avatar import paint_initial
from app.ui.settings.character_picture import image_in, round_pixmap


class CharacterPortrait(QWidget):
    """Shows one character.

    Args:
        appearance: Where colours and sizes come from.
        height: Its diameter in lines of text.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, height: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._character = Character()
        self._picture: QPixmap | None = None
        self._height = height
        appearance.changed.connect(self._fit)
        self._fit()

    @property
    def has_picture(self) -> bool:
        """Whether it shows more than an initial."""
        return self._picture is not None

    def show_character(self, character: Character) -> None:
        """Show another character, or another picture of this one."""
        if character.avatar != self._character.avatar:
            self._picture = pixmap_of(character, self.width(), self.devicePixelRatioF())
        self._character = character
        self.update()

    def _fit(self) -> None:
        """Be as large as the text makes it."""
        side = self._appearance.em(self._height)
        self.setFixedSize(QSize(side, side))
        self._picture = pixmap_of(self._character, side, self.devicePixelRatioF())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_portrait(painter, QRectF(self.rect()), self._appearance, self._character, self._picture)


def pixmap_of(character: Character, side: int, ratio: float) -> QPixmap | None:
    """Return a character's picture as a disc of ``side`` logical pixels; None when it has none at hand."""
    image = image_in(character.avatar)
    return None if image is None else round_pixmap(image, side, ratio)


def paint_portrait(
    painter: QPainter, box: QRectF, appearance: Appearance, character: Character, picture: QPixmap | None
) -> None:
    """Draw a character into a square: its picture, or its initial where there is none."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    if picture is not None:
        painter.drawPixmap(box.toRect(), picture)
        return
    paint_initial(painter, box, appearance, character.name)
