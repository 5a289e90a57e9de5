"""A character's portrait: its picture, or the initial of its name on a disc."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter

from app.ui.appearance import Appearance


def paint_avatar(painter: QPainter, box: QRectF, appearance: Appearance, picture: QIcon, name: str) -> None:
    """Draw who speaks into a square.

    Args:
        painter: What to draw with.
        box: The square.
        appearance: Where colours and fonts come from.
        picture: The character's; where it is empty, the initial stands.
        name: The character's.
    """
    if not picture.isNull():
        picture.paint(painter, box.toRect())
        return
    paint_initial(painter, box, appearance, name)


def paint_initial(painter: QPainter, box: QRectF, appearance: Appearance, name: str) -> None:
    """Draw the first letter of a name on a disc that fills a square; a question mark for no name."""
    tone = appearance.theme.soft
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone.ground)
    painter.drawEllipse(box)
    font = QFont(appearance.font(bold=True))
    font.setPixelSize(max(round(box.height() * 0.45), 1))
    painter.setFont(font)
    painter.setPen(tone.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name.strip()[:1].upper() or "?")
